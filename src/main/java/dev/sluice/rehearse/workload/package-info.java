/**
 * The statements that an application version sends, read from a file, sent by workers over JDBC,
 * and what came of each: how often, how long, which errors.
 */
@NullMarked
package dev.sluice.rehearse.workload;

import org.jspecify.annotations.NullMarked;
