@NullMarked
package dev.sluice.dialect.postgresql.reading;

import org.jspecify.annotations.NullMarked;
