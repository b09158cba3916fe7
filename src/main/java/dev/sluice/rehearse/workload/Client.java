package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Workload.BoundSql;
import dev.sluice.rehearse.workload.Workload.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * One user of the application: draws values, sends calls, remembers what it kept. The connection
 * may change between two calls, and so may the application's version. For one thread.
 */
public final class Client {

  private final Draws draws;

  /**
   * @param seed of all that is drawn
   * @param rows what {@code rows} means in the workload
   */
  public Client(long seed, long rows) {
    this.draws = new Draws(seed, rows);
  }

  /** Told before and after each round trip to the server, failed ones included. */
  interface Watch {
    void begins();

    void ends();
  }

  /** Whether all that {@code call} draws from what was kept is there. */
  public boolean serves(Call call) {
    return draws.serves(call);
  }

  /** The next call, by weight, of those that can be served; empty where none can. */
  Optional<Call> next(Workload workload) {
    return draws.next(workload);
  }

  /** Sends each call once, in the workload's order: how a database is filled. */
  public void sendAll(Connection connection, Workload workload) throws SQLException {
    for (Call call : workload.calls()) {
      send(connection, call);
    }
  }

  /**
   * Sends {@code call} over a connection in autocommit mode, and leaves it so.
   *
   * @throws SQLException the first error; what the call did is rolled back then
   */
  public void send(Connection connection, Call call) throws SQLException {
    send(connection, call, Unwatched.INSTANCE);
  }

  void send(Connection connection, Call call, Watch watch) throws SQLException {
    Map<String, Object> values = draws.values(call);
    try {
      if (call.isTransaction()) {
        sendTransaction(connection, call, values, watch);
      } else {
        execute(connection, call.statements().getFirst(), call, values, watch);
      }
    } catch (SQLException e) {
      draws.giveBack(call, values);
      throw e;
    }
    draws.keep(call, values);
  }

  private static void sendTransaction(
      Connection connection, Call call, Map<String, Object> values, Watch watch)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (BoundSql statement : call.statements()) {
        // An earlier statement that found no row leaves nothing to ask for: the call ends early.
        if (!values.keySet().containsAll(statement.parameters())) {
          break;
        }
        execute(connection, statement, call, values, watch);
      }
      watch.begins();
      try {
        connection.commit();
      } finally {
        watch.ends();
      }
    } catch (SQLException e) {
      rollback(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
  }

  private static void rollback(Connection connection, SQLException reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // A connection that is gone rolls back by itself; the reason is what went wrong.
      reason.addSuppressed(e);
    }
  }

  private static void execute(
      Connection connection, BoundSql sql, Call call, Map<String, Object> values, Watch watch)
      throws SQLException {
    watch.begins();
    try (PreparedStatement statement = connection.prepareStatement(sql.sql())) {
      int index = 1;
      for (String parameter : sql.parameters()) {
        statement.setObject(index++, values.get(parameter));
      }
      if (statement.execute()) {
        try (ResultSet rows = statement.getResultSet()) {
          read(rows, call, values);
        }
      }
    } finally {
      watch.ends();
    }
  }

  /** Reads all rows, as an application would, and keeps of the first what the call asks for. */
  private static void read(ResultSet rows, Call call, Map<String, Object> values)
      throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (boolean first = true; rows.next(); first = false) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = rows.getObject(i);
        String name = columns.getColumnLabel(i);
        if (first && value != null && call.parameters().get(name) instanceof Draw.Returned) {
          values.put(name, value);
        }
      }
    }
  }

  private enum Unwatched implements Watch {
    INSTANCE;

    @Override
    public void begins() {}

    @Override
    public void ends() {}
  }
}
