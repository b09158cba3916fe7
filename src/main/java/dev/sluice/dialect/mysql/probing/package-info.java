/** Questions to the catalog of MySQL and MariaDB, as SQL text. */
@NullMarked
package dev.sluice.dialect.mysql.probing;

import org.jspecify.annotations.NullMarked;
