/** What was begun and done, kept in the database that it was done to. */
@NullMarked
package dev.sluice.journal;

import org.jspecify.annotations.NullMarked;
