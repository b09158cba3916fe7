@NullMarked
package dev.sluice.settings;

import org.jspecify.annotations.NullMarked;
