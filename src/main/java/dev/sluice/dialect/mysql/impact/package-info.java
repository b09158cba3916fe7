/** What a change costs on MySQL and MariaDB: so far the worst that can be, of everything. */
@NullMarked
package dev.sluice.dialect.mysql.impact;

import org.jspecify.annotations.NullMarked;
