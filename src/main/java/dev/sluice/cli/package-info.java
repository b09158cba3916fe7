/** The command line: commands, settings file, exit codes, the only one who speaks to a terminal. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
