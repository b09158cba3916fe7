/** Tests of MySQL and MariaDB behind the door. */
@NullMarked
package dev.sluice.dialect.mysql;

import org.jspecify.annotations.NullMarked;
