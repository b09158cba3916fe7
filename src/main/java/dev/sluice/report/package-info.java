/** Results as text and JSON. Decides nothing: what it shows was decided on the floors below. */
@NullMarked
package dev.sluice.report;

import org.jspecify.annotations.NullMarked;
