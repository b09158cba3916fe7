/**
 * A release carried out before it counts: on a real server of its own, with rows in its tables and
 * both versions of the application at work.
 */
@NullMarked
package dev.sluice.rehearse;

import org.jspecify.annotations.NullMarked;
