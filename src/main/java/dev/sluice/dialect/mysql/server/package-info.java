/** What is asked of a running MySQL or MariaDB, and what its errors mean, as text. */
@NullMarked
package dev.sluice.dialect.mysql.server;

import org.jspecify.annotations.NullMarked;
