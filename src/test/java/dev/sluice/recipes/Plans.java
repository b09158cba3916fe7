package dev.sluice.recipes;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Directives;
import dev.sluice.plan.Decisions;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Release;
import dev.sluice.release.Releases;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.QualifiedName;
import java.time.LocalDate;
import java.util.Map;

/** Plans made of SQL text, and their laws, which hold for every plan that a test makes. */
final class Plans {

  /** As much as a test that does not speak of sizes needs: no step blocks for long. */
  static final Statistics SMALL = sizes(1000, 100_000);

  private Plans() {}

  /** Every table of the tests has that size. */
  static Statistics sizes(long rows, long bytes) {
    Map<QualifiedName, Statistics.Size> all = new java.util.HashMap<>();
    for (String table : java.util.List.of("items", "orders", "customers", "parents", "events")) {
      all.put(QualifiedName.of("public", table), new Statistics.Size(rows, bytes));
    }
    return new Statistics(all);
  }

  static Plan plan(String applied, String... pending) {
    return plan(SMALL, applied, pending);
  }

  static Plan plan(Statistics statistics, String applied, String... pending) {
    return plan(statistics, Releases.of(applied, pending));
  }

  static Plan plan(Statistics statistics, Release release) {
    Dialect dialect = Releases.DIALECT;
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
}
