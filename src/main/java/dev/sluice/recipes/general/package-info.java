/** What the ways of all engines share. */
@NullMarked
package dev.sluice.recipes.general;

import org.jspecify.annotations.NullMarked;
