@NullMarked
package dev.sluice.dialect.mysql.refusal;

import org.jspecify.annotations.NullMarked;
