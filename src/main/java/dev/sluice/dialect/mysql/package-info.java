/** MySQL and MariaDB behind the door of {@link dev.sluice.dialect.Dialect}. */
@NullMarked
package dev.sluice.dialect.mysql;

import org.jspecify.annotations.NullMarked;
