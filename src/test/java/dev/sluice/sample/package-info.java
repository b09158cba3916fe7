/** The sample's story holds on a real server. */
@NullMarked
package dev.sluice.sample;

import org.jspecify.annotations.NullMarked;
