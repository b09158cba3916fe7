/** What MySQL and MariaDB refuse, whatever rows are there. */
@NullMarked
package dev.sluice.dialect.mysql.refusal;

import org.jspecify.annotations.NullMarked;
