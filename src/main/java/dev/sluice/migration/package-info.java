/**
 * Flyway's migrations as values, and the ports through which they and their history are reached.
 */
@NullMarked
package dev.sluice.migration;

import org.jspecify.annotations.NullMarked;
