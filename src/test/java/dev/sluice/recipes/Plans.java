package dev.sluice.recipes;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Decisions;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Release;
import dev.sluice.release.Releases;
import dev.sluice.schema.Statistics;
import java.time.LocalDate;
import java.util.List;

/** Plans of releases, and their laws, which hold for every plan that a test makes. */
final class Plans {

  private Plans() {}

  /** Nothing is known of sizes. */
  static Plan plan(String applied, String... pending) {
    return plan(Statistics.NONE, Releases.of(applied, pending));
  }

  static Plan plan(Statistics statistics, Release release) {
    return plan(Releases.DIALECT, statistics, release);
  }

  static Plan plan(Dialect dialect, Statistics statistics, Release release) {
    Planner planner = new Planner(dialect, Recipes.all(dialect.engine()), PlanSettings.DEFAULTS);
    Order order =
        new Order(
            release,
            statistics,
            s -> new Decisions(Directives.of(s.migration()).of(s.statement())),
            LocalDate.of(2026, 11, 21));
    Plan plan = planner.plan(order);
    PlanLaws.check(plan, planner.plan(order));
    return plan;
  }

  /** One migration of that text. */
  static List<Migration> migrations(String text) {
    return Releases.migrations(List.of(text)).all();
  }
}
