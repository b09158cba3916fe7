@NullMarked
package dev.sluice.dialect.postgresql.writing;

import org.jspecify.annotations.NullMarked;
