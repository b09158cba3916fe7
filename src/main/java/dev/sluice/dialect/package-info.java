/** All that differs by engine or version: reading, impact, writing, probes. */
@NullMarked
package dev.sluice.dialect;

import org.jspecify.annotations.NullMarked;
