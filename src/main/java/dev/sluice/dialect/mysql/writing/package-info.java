/** Changes into statements of MySQL and MariaDB: the only place that quotes. */
@NullMarked
package dev.sluice.dialect.mysql.writing;

import org.jspecify.annotations.NullMarked;
