/** The library's door. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
