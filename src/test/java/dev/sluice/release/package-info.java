/** Releases, made of SQL text. */
@NullMarked
package dev.sluice.release;

import org.jspecify.annotations.NullMarked;
