/**
 * PostgreSQL statements read into changes: first with the full grammar, then, for what that
 * refuses, with JSqlParser.
 */
@NullMarked
package dev.sluice.dialect.postgresql.reading;

import org.jspecify.annotations.NullMarked;
