/** Measures what docs claim about time and memory; see bench/README.md. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
