@NullMarked
package dev.sluice.dialect.mysql.impact;

import org.jspecify.annotations.NullMarked;
