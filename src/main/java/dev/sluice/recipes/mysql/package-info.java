/** The ways that MySQL and MariaDB have of changing a table while it is used. */
@NullMarked
package dev.sluice.recipes.mysql;

import org.jspecify.annotations.NullMarked;
