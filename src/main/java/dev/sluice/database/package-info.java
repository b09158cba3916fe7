/**
 * Connections, sessions, locks of runners and what the server knows about itself: the only JDBC.
 */
@NullMarked
package dev.sluice.database;

import org.jspecify.annotations.NullMarked;
