/** What PostgreSQL refuses on a schema, whatever rows are there. */
@NullMarked
package dev.sluice.dialect.postgresql.refusal;

import org.jspecify.annotations.NullMarked;
