package dev.sluice.cli;

import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.PlanSettings.Mark;
import dev.sluice.release.DataChanges;
import dev.sluice.release.ReleaseSettings;

/**
 * What a team decides once about its plans.
 *
 * @param mark when Flyway's history gets its rows
 * @param dataChanges where statements go that change rows in place
 */
record PlanningSettings(Mark mark, DataChanges dataChanges) {
  static final PlanningSettings DEFAULTS =
      new PlanningSettings(PlanSettings.DEFAULTS.mark(), ReleaseSettings.DEFAULTS.dataChanges());
}
