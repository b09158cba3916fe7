package dev.sluice.cli;

import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.PlanSettings.Mark;

/**
 * What a team decides once about its plans.
 *
 * @param mark when Flyway's history gets its rows
 */
record PlanningSettings(Mark mark) {
  static final PlanningSettings DEFAULTS = new PlanningSettings(PlanSettings.DEFAULTS.mark());
}
