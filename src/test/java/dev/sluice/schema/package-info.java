/** The fold, held against the catalog of a real server. */
@NullMarked
package dev.sluice.schema;

import org.jspecify.annotations.NullMarked;
