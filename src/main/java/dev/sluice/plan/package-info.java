/** A release as an ordered list of steps: pure data and one fold. */
@NullMarked
package dev.sluice.plan;

import org.jspecify.annotations.NullMarked;
