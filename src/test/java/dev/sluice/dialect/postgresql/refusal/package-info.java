@NullMarked
package dev.sluice.dialect.postgresql.refusal;

import org.jspecify.annotations.NullMarked;
