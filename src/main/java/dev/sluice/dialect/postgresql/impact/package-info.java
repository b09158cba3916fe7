/** What changes cost on PostgreSQL: locks, work, volatility and changes of type. */
@NullMarked
package dev.sluice.dialect.postgresql.impact;

import org.jspecify.annotations.NullMarked;
