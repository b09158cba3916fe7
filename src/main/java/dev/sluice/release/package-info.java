/**
 * What goes out together: each change where it stands, its kind and phase, and what depends on
 * what.
 */
@NullMarked
package dev.sluice.release;

import org.jspecify.annotations.NullMarked;
