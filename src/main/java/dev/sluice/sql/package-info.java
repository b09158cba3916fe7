/** Text and places: sources, locations, statements and names. Quoting and semicolons, no DDL. */
@NullMarked
package dev.sluice.sql;

import org.jspecify.annotations.NullMarked;
