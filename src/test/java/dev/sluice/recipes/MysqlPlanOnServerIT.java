package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.sql.Statement;
import dev.sluice.testing.MysqlCatalog;
import dev.sluice.testing.MysqlRows;
import dev.sluice.testing.RealServer;
import dev.sluice.testing.ServerDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of all cases of MySQL and MariaDB, run on real servers. */
class MysqlPlanOnServerIT {

  record On(PlanCase one, RealServer server) {
    Plan plan() {
      return one.planned(server.dialect());
    }

    List<Migration> migrations() {
      return one.release(server.dialect()).migrations();
    }

    ServerDatabase applied() throws SQLException {
      ServerDatabase database = server.freshDatabase();
      database.execute(
          "ALTER DATABASE `" + database.name() + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
      run(Plans.migrations(one.applied()), database);
      return database;
    }

    @Override
    public String toString() {
      return one + " on " + server;
    }
  }

  static Stream<On> plannable() {
    return PlanCase.ofMysql()
        .flatMap(c -> Stream.of(RealServer.values()).map(s -> new On(c, s)))
        .filter(on -> on.plan().runnable());
  }

  @ParameterizedTest
  @MethodSource("plannable")
  void thePlanEndsWhereTheFilesEnd(On on) throws SQLException {
    ServerDatabase plain = on.applied();
    run(on.migrations(), plain);
    ServerDatabase planned = on.applied();
    MysqlWalk walk = new MysqlWalk(planned);
    walk.works(on.one.old(), "the old version before the release");
    boolean newVersion = false;
    for (Step step : on.plan().steps()) {
      walk.step(step);
      newVersion |= step.phase() == Phase.ROLLING;
      if (step.phase() == Phase.PRE_DEPLOY || step.phase() == Phase.ROLLING) {
        walk.works(on.one.old(), "the old version after " + step.id());
      }
      if (newVersion) {
        walk.works(on.one.fresh(), "the new version after " + step.id());
      }
    }
    assertThat(catalog(planned)).isEqualTo(catalog(plain));
    assertThat(MysqlRows.of(planned)).isEqualTo(MysqlRows.of(plain));
  }

  @ParameterizedTest
  @MethodSource("plannable")
  void preDeployIsTakenBackWithoutATrace(On on) throws SQLException {
    ServerDatabase database = on.applied();
    String before = catalog(database);
    List<Step> steps =
        on.plan().steps().stream().filter(s -> s.phase() == Phase.PRE_DEPLOY).toList();
    MysqlWalk walk = new MysqlWalk(database);
    for (Step step : steps) {
      walk.step(step);
    }
    boolean all = walk.undo(steps);
    walk.works(on.one.old(), "the old version after all was taken back");
    if (all) {
      assertThat(catalog(database)).isEqualTo(before);
    }
  }

  private static String catalog(ServerDatabase database) throws SQLException {
    return String.join("\n", MysqlCatalog.of(database));
  }

  /** As Flyway runs them: a file in one session. */
  private static void run(List<Migration> migrations, ServerDatabase database) throws SQLException {
    for (Migration migration : migrations) {
      database.execute(migration.statements().stream().map(Statement::sql).toArray(String[]::new));
    }
  }
}
