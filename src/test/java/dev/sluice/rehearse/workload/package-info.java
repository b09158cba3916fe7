/** Workloads are read as written, and what they measure is what happened. */
@NullMarked
package dev.sluice.rehearse.workload;

import org.jspecify.annotations.NullMarked;
