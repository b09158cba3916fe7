/** Where the schema that migrations make and the one that a database has differ. */
@NullMarked
package dev.sluice.drift;

import org.jspecify.annotations.NullMarked;
