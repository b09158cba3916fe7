/** Questions to PostgreSQL's catalog as SQL text. */
@NullMarked
package dev.sluice.dialect.postgresql.probing;

import org.jspecify.annotations.NullMarked;
