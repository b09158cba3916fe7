/**
 * Statements of MySQL and MariaDB into changes. What defines objects is read clause by clause, and
 * whole or not at all; queries, rows and bodies go through the engines' grammars, then JSqlParser.
 */
@NullMarked
package dev.sluice.dialect.mysql.reading;

import org.jspecify.annotations.NullMarked;
