package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs steps one after the other on a real server, naively, and asks what each promises. */
public final class Walk implements AutoCloseable {

  private final Connection connection;
  private final boolean strict;
  private final HeldLocks locks;

  /** Of a release where every step has something to do. */
  Walk(Postgres.Database database) throws SQLException {
    this(database, true);
  }

  /**
   * @param strict whether no step finds its work done
   */
  public Walk(Postgres.Database database, boolean strict) throws SQLException {
    this.strict = strict;
    connection = database.connect();
    locks = new HeldLocks(connection);
  }

  public void step(Step step) throws SQLException {
    connection.setAutoCommit(true);
    surroundings(step);
    for (Condition condition : step.conditions()) {
      assertThat(ask(condition.sql()))
          .as("condition of %s: %s", step.id(), condition.sql())
          .isEqualTo(condition.expect());
    }
    if (strict) {
      doneIs(step, false);
    }
    switch (step.action()) {
      case Action.Ddl ddl -> run(ddl, step);
      case Action.Backfill backfill -> {
        String sql = backfill.statement();
        execute(sql, step.id());
        if (!backfill.once()) {
          assertThat(executeUpdate(sql)).as("%s, a second time: %s", step.id(), sql).isZero();
        }
      }
      case Action.Verify verify -> {
        for (Condition condition : verify.conditions()) {
          assertThat(ask(condition.sql()))
              .as("%s: %s", step.id(), condition.sql())
              .isEqualTo(condition.expect());
        }
        if (verify.samples().isPresent()) {
          ask(verify.samples().get());
        }
      }
      case Action.Deploy deploy -> {}
      case Action.RecordHistory history -> {}
      case Action.Manual manual -> {}
    }
    doneIs(step, true);
  }

  private void surroundings(Step step) throws SQLException {
    execute("RESET ALL", step.id());
    if (step.session().searchPath().isPresent()) {
      execute("SET search_path TO " + step.session().searchPath().get(), step.id());
    }
    for (String parameter : step.session().parameters()) {
      execute(parameter, step.id());
    }
  }

  private void doneIs(Step step, boolean is) throws SQLException {
    if (step.doneWhen().isPresent()) {
      Condition done = step.doneWhen().get();
      assertThat(ask(done.sql()).equals(done.expect()))
          .as("%s, %s it is done: %s", step.id(), is ? "after" : "before", done.sql())
          .isEqualTo(is);
    }
  }

  /**
   * Takes back all that can be, the last step first, as an abort does. Returns whether nothing
   * stays.
   */
  boolean undo(List<Step> steps) throws SQLException {
    boolean all = true;
    for (Step step : steps.reversed()) {
      connection.setAutoCommit(true);
      surroundings(step);
      connection.setAutoCommit(!(step.action() instanceof Action.Ddl ddl) || !ddl.transactional());
      boolean undone = !step.undo().isEmpty() || step.reversible() == Reversible.YES;
      try {
        for (String sql : step.undo()) {
          execute(sql, "undo of " + step.id());
        }
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
      } catch (AssertionError e) {
        if (step.reversible() != Reversible.UNTIL_WRITTEN) {
          throw e;
        }
        undone = false;
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
      }
      all &= undone;
    }
    connection.setAutoCommit(true);
    return all;
  }

  /** That the statements work now; what they write is taken back. */
  public void works(List<String> statements, String when) throws SQLException {
    connection.setAutoCommit(true);
    execute("RESET ALL", when);
    List<String> sequences = sequences();
    connection.setAutoCommit(false);
    try {
      for (String sql : statements) {
        execute(sql, when);
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
      for (String back : sequences) {
        execute(back, when);
      }
    }
  }

  /** What sets each sequence to where it stands: what they hand out is not taken back. */
  private List<String> sequences() throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT format('SELECT setval(%L, %s, %L)', quote_ident(schemaname) || '.' ||"
                    + " quote_ident(sequencename), coalesce(last_value, start_value),"
                    + " last_value IS NOT NULL) FROM pg_sequences")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  private void run(Action.Ddl ddl, Step step) throws SQLException {
    connection.setAutoCommit(!ddl.transactional());
    for (String sql : ddl.sql()) {
      execute(sql, step.id());
    }
    if (ddl.transactional()) {
      locks.areAsSaid(step);
      connection.commit();
      connection.setAutoCommit(true);
    } else {
      locks.rewritesAreAsSaid(step);
    }
  }

  private void execute(String sql, String when) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(when + ": " + e.getMessage() + "\n" + sql, e);
    }
  }

  private int executeUpdate(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private String ask(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new AssertionError(e.getMessage() + "\n" + query, e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
