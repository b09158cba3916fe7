/**
 * Flyway behind the ports of {@code dev.sluice.migration}: its settings, its files, its history.
 * The only package that imports Flyway, whose internals it uses at one pinned version.
 */
@NullMarked
package dev.sluice.flyway;

import org.jspecify.annotations.NullMarked;
