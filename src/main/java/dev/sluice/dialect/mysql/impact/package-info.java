/** What changes cost on MySQL and MariaDB: algorithms, locks, work and changes of type. */
@NullMarked
package dev.sluice.dialect.mysql.impact;

import org.jspecify.annotations.NullMarked;
