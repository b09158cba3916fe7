/**
 * The vocabulary: every change a statement can make, and the objects known so far, folded forward.
 */
@NullMarked
package dev.sluice.schema;

import org.jspecify.annotations.NullMarked;
