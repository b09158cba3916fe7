@NullMarked
package dev.sluice.dialect.mysql.writing;

import org.jspecify.annotations.NullMarked;
