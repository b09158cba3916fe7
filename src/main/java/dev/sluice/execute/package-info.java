/**
 * Runs a plan: each step once, under locks that nobody waits long for, and every step journaled.
 */
@NullMarked
package dev.sluice.execute;

import org.jspecify.annotations.NullMarked;
