@NullMarked
package dev.sluice.migration;

import org.jspecify.annotations.NullMarked;
