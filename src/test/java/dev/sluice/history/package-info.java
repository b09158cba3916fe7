/** Whole migration histories on a real server, statement by statement, against what Sluice says. */
@NullMarked
package dev.sluice.history;

import org.jspecify.annotations.NullMarked;
