@NullMarked
package dev.sluice.rewrite;

import org.jspecify.annotations.NullMarked;
