package dev.sluice.database;

import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, held until it is closed. Each statement is its own transaction, except inside
 * {@link #transaction}. Used by one thread; only {@link #cancel} may come from another.
 *
 * <p>All methods throw {@link SqlFailure} where the server refuses or is gone.
 */
public final class Session implements AutoCloseable {

  private final Connection connection;
  private final Server server;
  private final Consumer<Connection> discard;
  private volatile @Nullable Statement running;
  private boolean spoilt;
  private boolean lost;
  private volatile boolean cancelled;

  Session(Connection connection, Server server, Consumer<Connection> discard) {
    this.connection = connection;
    this.server = server;
    this.discard = discard;
  }

  /** Runs one statement as it stands: nothing in it is a parameter. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      running = statement;
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      running = null;
    }
  }

  /** Runs one statement as it stands and returns how many rows it changed. */
  public long change(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      running = statement;
      return statement.executeLargeUpdate(sql);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      running = null;
    }
  }

  /** Runs one statement with parameters and returns how many rows it changed. */
  public long update(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      running = statement;
      return statement.executeLargeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      running = null;
    }
  }

  /** Inserts one row and returns the value that the server gave to its column {@code id}. */
  public long insert(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"id"})) {
      bind(statement, parameters);
      running = statement;
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        if (!keys.next()) {
          throw new IllegalStateException("the server gave the new row no id");
        }
        return keys.getLong(1);
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      running = null;
    }
  }

  /** All rows of a query. */
  public List<Row> rows(String sql, Object... parameters) {
    return parameters.length == 0
        ? plainRows(sql, Integer.MAX_VALUE)
        : preparedRows(sql, parameters);
  }

  /** At most {@code limit} rows of a query as it stands: nothing in it is a parameter. */
  public List<Row> firstRows(String sql, int limit) {
    return plainRows(sql, limit);
  }

  private List<Row> plainRows(String sql, int limit) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      running = statement;
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows, limit);
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      running = null;
    }
  }

  private List<Row> preparedRows(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      running = statement;
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows, Integer.MAX_VALUE);
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      running = null;
    }
  }

  /** The first column of the first row as text; empty where there is no row, or NULL in it. */
  public Optional<String> ask(String sql, Object... parameters) {
    return rows(sql, parameters).stream().findFirst().flatMap(r -> r.optional(0));
  }

  /** Whether a question is answered with 1. */
  public boolean is(String sql, Object... parameters) {
    return ask(sql, parameters).filter("1"::equals).isPresent();
  }

  /**
   * Runs {@code work} in one transaction: committed when it returns, rolled back when it throws.
   * Where the connection is lost at the commit, whether it was done is open.
   */
  public <T> T transaction(Supplier<T> work) {
    try {
      connection.setAutoCommit(false);
      T result = work.get();
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      endTransaction();
    }
  }

  private void endTransaction() {
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      // What failed before is what counts; this connection is not used again.
      spoil();
    }
  }

  /** The number of the process or thread that serves this connection, as the server counts. */
  public long backend() {
    return ask(server.backend()).map(Long::parseLong).orElseThrow();
  }

  /**
   * Asks the server to give up the statement that runs now; nothing happens where none does. From
   * any thread.
   */
  public void cancel() {
    Statement now = running;
    if (now != null) {
      cancelled = true;
      try {
        now.cancel();
      } catch (SQLException e) {
        // The statement is over, or the connection is: either way there is nothing left to cancel.
      }
    }
  }

  /** Says that its settings are no longer those of a new connection: it is not used again. */
  public void spoil() {
    spoilt = true;
  }

  /** Whether the connection broke: no statement reaches the server any more. */
  public boolean lost() {
    return lost;
  }

  public Server server() {
    return server;
  }

  @Override
  public void close() {
    try {
      if (spoilt) {
        discard.accept(connection);
      }
      connection.close();
    } catch (SQLException e) {
      discard.accept(connection);
    }
  }

  private int textType() {
    return server.parametersAreUntyped() ? Types.OTHER : Types.VARCHAR;
  }

  private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case String text -> statement.setObject(i + 1, text, textType());
        case Optional<?> maybe ->
            statement.setObject(i + 1, maybe.map(Object::toString).orElse(null), textType());
        default -> statement.setObject(i + 1, parameters[i]);
      }
    }
  }

  private static List<Row> read(ResultSet rows, int limit) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      // A column without a name has none at some drivers.
      names.add(Optional.ofNullable(meta.getColumnLabel(i)).orElse(""));
    }
    List<Row> all = new ArrayList<>();
    while (all.size() < limit && rows.next()) {
      List<Optional<String>> values = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        values.add(Optional.ofNullable(rows.getString(i)));
      }
      all.add(new Row(names, values));
    }
    return all;
  }

  private SqlFailure failed(SQLException e) {
    SqlFailure failure = failure(server, e);
    // A driver's own word for it has neither state nor number.
    if (cancelled && failure.code().isEmpty() && failure.failure() == Failure.OTHER) {
      return new SqlFailure(Failure.CANCELLED, "", failure.said());
    }
    if (failure.failure() == Failure.CONNECTION_LOST) {
      lost = true;
      spoil();
    }
    return failure;
  }

  static SqlFailure failure(Server server, SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    return new SqlFailure(
        server.failure(state, e.getErrorCode()),
        // Drivers give errors of their own a negative number.
        e.getErrorCode() > 0 ? String.valueOf(e.getErrorCode()) : state,
        String.join(" ", server.said(message).lines().map(String::strip).toList()));
  }
}
