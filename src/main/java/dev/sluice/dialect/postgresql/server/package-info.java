/** What is asked of a running PostgreSQL, and what its errors mean. */
@NullMarked
package dev.sluice.dialect.postgresql.server;

import org.jspecify.annotations.NullMarked;
