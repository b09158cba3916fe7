@NullMarked
package dev.sluice.flyway;

import org.jspecify.annotations.NullMarked;
