package dev.sluice.history.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.history.TrialDatabase;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Each step on a connection of its own, naively. */
record MysqlSteps(ServerDatabase database) implements TrialDatabase.Steps {

  @Override
  public void step(Step step) throws SQLException {
    try (Connection connection = database.connect()) {
      // What waits for a lock here waits for itself.
      execute(connection, "SET lock_wait_timeout = 2", step.id());
      if (step.session().searchPath().isPresent()) {
        execute(connection, "USE " + step.session().searchPath().get(), step.id());
      }
      for (String parameter : step.session().parameters()) {
        execute(connection, parameter, step.id());
      }
      holds(connection, step.conditions(), "condition of " + step.id());
      switch (step.action()) {
        case Action.Ddl ddl -> {
          for (String sql : ddl.sql()) {
            execute(connection, sql, step.id());
          }
        }
        case Action.Backfill backfill -> backfill(connection, backfill, step.id());
        case Action.Verify verify -> {
          holds(connection, verify.conditions(), step.id());
          if (verify.samples().isPresent()) {
            ask(connection, verify.samples().get());
          }
        }
        case Action.Deploy deploy -> {}
        case Action.RecordHistory history -> {}
        case Action.Manual manual -> {}
      }
      holds(connection, step.doneWhen().stream().toList(), "after " + step.id());
    }
  }

  private static void backfill(Connection connection, Action.Backfill backfill, String when)
      throws SQLException {
    String sql =
        backfill
            .change()
            .map(set -> "UPDATE " + backfill.table() + " SET " + set + " WHERE " + backfill.where())
            .orElse("DELETE FROM " + backfill.table() + " WHERE " + backfill.where());
    execute(connection, sql, when);
    if (!backfill.once()) {
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.executeUpdate(sql)).as("%s, a second time: %s", when, sql).isZero();
      }
    }
  }

  private static void holds(Connection connection, List<Condition> conditions, String when) {
    for (Condition condition : conditions) {
      assertThat(ask(connection, condition.sql()))
          .as("%s: %s", when, condition.sql())
          .isEqualTo(condition.expect());
    }
  }

  @Override
  public void works(List<String> statements, String when) throws SQLException {
    try (Connection connection = database.connect()) {
      List<String> counters = counters(connection);
      connection.setAutoCommit(false);
      try {
        for (String sql : statements) {
          execute(connection, sql, when);
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        for (String back : counters) {
          execute(connection, back, when);
        }
      }
    }
  }

  /** What sets each counter to where it stands: what they hand out is not taken back. */
  private static List<String> counters(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseProductName().equals("MySQL")) {
      // It shows what it knew a day ago.
      execute(connection, "SET information_schema_stats_expiry = 0", "counters");
    }
    List<String> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT concat('ALTER TABLE `', table_name, '` AUTO_INCREMENT = ', auto_increment)"
                    + " FROM information_schema.tables WHERE table_schema = database()"
                    + " AND auto_increment IS NOT NULL AND table_type = 'BASE TABLE'")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  private static void execute(Connection connection, String sql, String when) {
    try {
      MysqlHistory.execute(connection, sql);
    } catch (SQLException e) {
      throw new AssertionError(when + ": " + e.getMessage() + "\n" + sql, e);
    }
  }

  private static String ask(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new AssertionError(e.getMessage() + "\n" + query, e);
    }
  }

  @Override
  public void close() {}
}
