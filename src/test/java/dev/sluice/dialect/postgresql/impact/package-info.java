@NullMarked
package dev.sluice.dialect.postgresql.impact;

import org.jspecify.annotations.NullMarked;
