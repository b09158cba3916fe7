/** Safe ways of doing one kind of change each, and the list of them. */
@NullMarked
package dev.sluice.recipes;

import org.jspecify.annotations.NullMarked;
