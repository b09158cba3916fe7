/** Sluice's own settings as text with origins, read into each package's own small record. */
@NullMarked
package dev.sluice.settings;

import org.jspecify.annotations.NullMarked;
