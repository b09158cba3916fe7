package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Runs steps one after the other on a real MySQL or MariaDB, naively, and asks what each promises.
 * That the server takes the ALGORITHM and LOCK of a statement proves what the step says of them.
 */
final class MysqlWalk {

  private final ServerDatabase database;

  MysqlWalk(ServerDatabase database) {
    this.database = database;
  }

  void step(Step step) throws SQLException {
    try (Connection connection = session(step)) {
      for (Condition condition : step.conditions()) {
        assertThat(ask(connection, condition.sql()))
            .as("condition of %s: %s", step.id(), condition.sql())
            .isEqualTo(condition.expect());
      }
      doneIs(connection, step, false);
      switch (step.action()) {
        case Action.Ddl ddl -> run(connection, ddl, step);
        case Action.Backfill backfill -> {
          assertThat(backfill.key()).as("%s has a key", step.id()).isNotEmpty();
          execute(connection, backfill.statement(), step.id());
          if (!backfill.once()) {
            assertThat(executeUpdate(connection, backfill.statement()))
                .as("%s, a second time: %s", step.id(), backfill.statement())
                .isZero();
          }
        }
        case Action.Verify verify -> {
          for (Condition condition : verify.conditions()) {
            assertThat(ask(connection, condition.sql()))
                .as("%s: %s", step.id(), condition.sql())
                .isEqualTo(condition.expect());
          }
          if (verify.samples().isPresent()) {
            ask(connection, verify.samples().get());
          }
        }
        case Action.Deploy deploy -> {}
        case Action.RecordHistory history -> {}
        case Action.Manual manual -> {}
      }
      doneIs(connection, step, true);
    }
  }

  private Connection session(Step step) throws SQLException {
    Connection connection = database.connect();
    for (String parameter : step.session().parameters()) {
      execute(connection, parameter, step.id());
    }
    return connection;
  }

  private static void doneIs(Connection connection, Step step, boolean is) throws SQLException {
    if (step.doneWhen().isPresent()) {
      Condition done = step.doneWhen().get();
      assertThat(ask(connection, done.sql()).equals(done.expect()))
          .as("%s, %s it is done: %s", step.id(), is ? "after" : "before", done.sql())
          .isEqualTo(is);
    }
  }

  private static void run(Connection connection, Action.Ddl ddl, Step step) throws SQLException {
    connection.setAutoCommit(!ddl.transactional());
    for (String sql : ddl.sql()) {
      execute(connection, sql, step.id());
    }
    if (ddl.transactional()) {
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /** Takes back all that can be, the last step first. Returns whether nothing stays. */
  boolean undo(List<Step> steps) throws SQLException {
    boolean all = true;
    for (Step step : steps.reversed()) {
      boolean undone = !step.undo().isEmpty() || step.reversible() == Reversible.YES;
      try (Connection connection = session(step)) {
        for (String sql : step.undo()) {
          execute(connection, sql, "undo of " + step.id());
        }
      } catch (AssertionError e) {
        if (step.reversible() != Reversible.UNTIL_WRITTEN) {
          throw e;
        }
        undone = false;
      }
      all &= undone;
    }
    return all;
  }

  /** That the statements work now; what they write is taken back. */
  void works(List<String> statements, String when) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try {
        for (String sql : statements) {
          execute(connection, sql, when);
        }
      } finally {
        connection.rollback();
      }
    }
  }

  private static void execute(Connection connection, String sql, String when) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(when + ": " + e.getMessage() + "\n" + sql, e);
    }
  }

  private static int executeUpdate(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
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
}
