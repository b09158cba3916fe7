/** What the readers of all engines share. */
@NullMarked
package dev.sluice.dialect.reading;

import org.jspecify.annotations.NullMarked;
