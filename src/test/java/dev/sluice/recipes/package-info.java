/** Laws of recipes, from SQL text to steps, and on a real server. */
@NullMarked
package dev.sluice.recipes;

import org.jspecify.annotations.NullMarked;
