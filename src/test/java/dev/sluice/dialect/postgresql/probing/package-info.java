@NullMarked
package dev.sluice.dialect.postgresql.probing;

import org.jspecify.annotations.NullMarked;
