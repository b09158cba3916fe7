/** Changes as PostgreSQL's SQL text: the only place that quotes. */
@NullMarked
package dev.sluice.dialect.postgresql.writing;

import org.jspecify.annotations.NullMarked;
