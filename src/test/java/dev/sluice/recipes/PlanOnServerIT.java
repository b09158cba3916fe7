package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of all cases, run on a real PostgreSQL. */
class PlanOnServerIT {

  static Stream<PlanCase> plannable() {
    return PlanCase.all().filter(c -> c.planned().runnable());
  }

  @ParameterizedTest
  @MethodSource("plannable")
  void thePlanEndsWhereTheFilesEnd(PlanCase one) throws SQLException {
    Postgres.Database plain = applied(one);
    Plainly.run(one.release().migrations(), plain);
    Postgres.Database planned = applied(one);
    Plan plan = one.planned();
    try (Walk walk = new Walk(planned)) {
      walk.works(one.old(), "the old version before the release");
      boolean newVersion = false;
      for (Step step : plan.steps()) {
        walk.step(step);
        newVersion |= step.phase() == Phase.ROLLING;
        if (step.phase() == Phase.PRE_DEPLOY || step.phase() == Phase.ROLLING) {
          walk.works(one.old(), "the old version after " + step.id());
        }
        if (newVersion) {
          walk.works(one.fresh(), "the new version after " + step.id());
        }
      }
    }
    assertThat(catalog(planned)).isEqualTo(catalog(plain));
    assertThat(TableRows.of(planned, one.volatileColumns()))
        .isEqualTo(TableRows.of(plain, one.volatileColumns()));
  }

  @ParameterizedTest
  @MethodSource("plannable")
  void preDeployIsTakenBackWithoutATrace(PlanCase one) throws SQLException {
    Postgres.Database database = applied(one);
    String before = catalog(database);
    List<Step> steps =
        one.planned().steps().stream().filter(s -> s.phase() == Phase.PRE_DEPLOY).toList();
    try (Walk walk = new Walk(database)) {
      for (Step step : steps) {
        walk.step(step);
      }
      boolean all = walk.undo(steps);
      walk.works(one.old(), "the old version after all was taken back");
      if (all) {
        assertThat(catalog(database)).isEqualTo(before);
      }
    }
  }

  private static String catalog(Postgres.Database database) throws SQLException {
    return String.join("\n", Catalog.of(database.dataSource()));
  }

  private static Postgres.Database applied(PlanCase one) throws SQLException {
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(one.applied());
    return database;
  }
}
