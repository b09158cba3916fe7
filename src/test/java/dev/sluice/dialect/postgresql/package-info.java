@NullMarked
package dev.sluice.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
