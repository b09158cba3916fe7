/** Tests of reading MySQL and MariaDB. */
@NullMarked
package dev.sluice.dialect.mysql.reading;

import org.jspecify.annotations.NullMarked;
