/** A migration as files that plain Flyway runs, one phase after the other. */
@NullMarked
package dev.sluice.rewrite;

import org.jspecify.annotations.NullMarked;
