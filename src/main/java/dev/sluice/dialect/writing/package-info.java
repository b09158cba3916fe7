/** What the writers of all engines share. */
@NullMarked
package dev.sluice.dialect.writing;

import org.jspecify.annotations.NullMarked;
