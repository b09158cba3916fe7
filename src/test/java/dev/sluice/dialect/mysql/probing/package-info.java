@NullMarked
package dev.sluice.dialect.mysql.probing;

import org.jspecify.annotations.NullMarked;
