/** PostgreSQL 12 to 18. */
@NullMarked
package dev.sluice.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
