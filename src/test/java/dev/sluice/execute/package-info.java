@NullMarked
package dev.sluice.execute;

import org.jspecify.annotations.NullMarked;
