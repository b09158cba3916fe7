/** The ways that PostgreSQL has of changing a table while it is used. */
@NullMarked
package dev.sluice.recipes.postgresql;

import org.jspecify.annotations.NullMarked;
