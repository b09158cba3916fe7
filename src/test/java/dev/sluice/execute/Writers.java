package dev.sluice.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writers of both versions at once, at random, and a model of what they wrote. Each row has one
 * writer, who is now of one version and now of the other, so that what must be read is known at
 * every moment. Nothing is tried again: a statement that fails has broken its version.
 */
final class Writers implements AutoCloseable {

  /**
   * How one version says what every version can: a statement each, with the parameters in this
   * order.
   *
   * @param insert of name, amount, id
   * @param name of name, id
   * @param amount of amount, id
   * @param both of name, amount, id
   * @param read of id; gives name and amount
   */
  record Version(
      String title,
      String insert,
      String name,
      String amount,
      String both,
      String delete,
      String read) {}

  /** Which versions are at work. */
  enum Working {
    OLD,
    BOTH,
    NEW
  }

  /** What one row holds. */
  record Row(@Nullable String name, @Nullable Integer amount) {}

  private static final List<String> NAMES =
      List.of(
          "Ann", "ann", "ANN", "", " ", "ann ", "Zoë", "ZOE", "straße", "O'Neil", "a\\b", "100%");

  private final Callable<Connection> server;
  private final Version old;
  private final Version renewed;
  private final List<Worker> workers = new ArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private volatile Working working = Working.OLD;
  private volatile boolean ended;

  /** What the release does now, for messages. */
  private volatile String meanwhile = "";

  Writers(Callable<Connection> server, Version old, Version renewed) {
    this.server = server;
    this.old = old;
    this.renewed = renewed;
  }

  /**
   * Begins.
   *
   * @param count of writers, each with ids of its own
   */
  void start(int count, long seed) {
    for (int i = 0; i < count; i++) {
      Worker worker = new Worker(i, count, new Random(seed + i));
      workers.add(worker);
      worker.start();
    }
  }

  /** Returns when no statement of another version is on its way. */
  void work(Working which) throws InterruptedException {
    working = which;
    for (Worker worker : workers) {
      long now = worker.done.get();
      while (worker.done.get() < now + 2 && broken.isEmpty()) {
        Thread.sleep(1);
      }
    }
  }

  /** Says what the release does from now on. */
  void meanwhile(String what) {
    meanwhile = what;
  }

  private void broken(String what) {
    broken.add(what + "; meanwhile: " + meanwhile);
  }

  /** Statements that failed and rows that were not as they were left; empty where all is well. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  long statements() {
    return workers.stream().mapToLong(w -> w.done.get()).sum();
  }

  /** Ends, and gives what must be in the table. */
  Map<Integer, Row> end() throws InterruptedException {
    ended = true;
    Map<Integer, Row> all = new HashMap<>();
    for (Worker worker : workers) {
      worker.join();
      all.putAll(worker.rows);
    }
    return all;
  }

  @Override
  public void close() {
    ended = true;
  }

  private final class Worker extends Thread {

    private final int number;
    private final int step;
    private final Random random;
    private final Map<Integer, Row> rows = new HashMap<>();
    private int next;
    private final AtomicLong done = new AtomicLong();

    Worker(int number, int step, Random random) {
      super("writer " + number);
      setDaemon(true);
      this.number = number;
      this.step = step;
      this.random = random;
    }

    @Override
    public void run() {
      try (Connection connection = server.call()) {
        while (!ended && broken.isEmpty()) {
          Version version =
              switch (working) {
                case OLD -> old;
                case NEW -> renewed;
                case BOTH -> random.nextBoolean() ? old : renewed;
              };
          one(connection, version);
          done.incrementAndGet();
        }
      } catch (Exception e) {
        broken(getName() + ": " + e);
      }
    }

    private void one(Connection connection, Version version) throws SQLException {
      String name = random.nextInt(6) == 0 ? null : NAMES.get(random.nextInt(NAMES.size()));
      Integer amount = random.nextInt(6) == 0 ? null : (Integer) (random.nextInt(1000) - 500);
      int what = random.nextInt(10);
      if (rows.isEmpty() || what < 3) {
        int id = number + step * ++next;
        send(connection, version, version.insert, name, amount, id);
        rows.put(id, new Row(name, amount));
        return;
      }
      int id = number + step * (1 + random.nextInt(next));
      Row row = rows.get(id);
      if (row == null) {
        return;
      }
      switch (what) {
        case 3 -> {
          send(connection, version, version.delete, id);
          rows.remove(id);
        }
        case 4, 5 -> {
          send(connection, version, version.name, name, id);
          rows.put(id, new Row(name, row.amount));
        }
        case 6 -> {
          send(connection, version, version.amount, amount, id);
          rows.put(id, new Row(row.name, amount));
        }
        case 7 -> {
          send(connection, version, version.both, name, amount, id);
          rows.put(id, new Row(name, amount));
        }
        default -> read(connection, version, id, row);
      }
    }

    private void send(
        Connection connection, Version version, String sql, @Nullable Object... values)
        throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        set(statement, values);
        int rows = statement.executeUpdate();
        if (rows != 1) {
          broken("%s: %d rows by %s %s".formatted(version.title, rows, sql, List.of(values)));
        }
      } catch (SQLException e) {
        broken("%s: %s by %s".formatted(version.title, e.getMessage(), sql));
      }
    }

    private void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
    }

    private void read(Connection connection, Version version, int id, Row expected)
        throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(version.read)) {
        set(statement, id);
        try (ResultSet found = statement.executeQuery()) {
          Row row = found.next() ? row(found) : null;
          if (!Objects.equals(row, expected)) {
            broken("%s: row %d is %s, was left as %s".formatted(version.title, id, row, expected));
          }
        }
      } catch (SQLException e) {
        broken("%s: %s by %s".formatted(version.title, e.getMessage(), version.read));
      }
    }
  }

  /** Of name and amount, whatever the amount's type. */
  static Row row(ResultSet found) throws SQLException {
    String amount = found.getString(2);
    return new Row(found.getString(1), amount == null ? null : (Integer) Integer.parseInt(amount));
  }
}
