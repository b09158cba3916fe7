/** Whole histories on MySQL and MariaDB: what Sluice says of each statement, and what it does. */
@NullMarked
package dev.sluice.history.mysql;

import org.jspecify.annotations.NullMarked;
