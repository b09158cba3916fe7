/** A rehearsal as one page: no scripts, nothing loaded from elsewhere, readable on a phone. */
@NullMarked
package dev.sluice.report.html;

import org.jspecify.annotations.NullMarked;
