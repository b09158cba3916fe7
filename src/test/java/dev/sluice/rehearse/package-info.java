/** The demo's own server, the sample as it is packed, and a whole release on both. */
@NullMarked
package dev.sluice.rehearse;

import org.jspecify.annotations.NullMarked;
