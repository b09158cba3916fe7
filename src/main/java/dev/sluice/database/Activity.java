package dev.sluice.database;

import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Server;
import dev.sluice.schema.LockMode;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What another session is at.
 *
 * @param backend its number, as the server counts
 * @param application as it calls itself; may be empty
 * @param age of its transaction; zero outside one
 * @param state {@code active}, {@code idle in transaction}, …; empty where it cannot be read
 * @param query that it runs, or ran last; on one line and cut; empty where it cannot be read
 * @param hidden what lets this login see what it does; empty where it does see
 */
public record Activity(
    long backend,
    String user,
    String application,
    Duration age,
    String state,
    String query,
    Optional<String> hidden) {

  private static final int SHOWN = 120;

  /** Whom a session waits for, the oldest transaction first. */
  public static List<Activity> waitedFor(Session asking, long backend) {
    return read(
        asking, asking.rows(asking.server().locking().waitedFor(tellsHolders(asking)), backend));
  }

  /** Transactions older than {@code age} behind which a lock would stand in line. */
  public static List<Activity> olderThan(
      Session asking, QualifiedName relation, LockMode wanted, Duration age) {
    return read(
        asking,
        asking.rows(
            asking.server().locking().olderThan(relation, wanted, tellsHolders(asking)),
            String.valueOf(age.toMillis() / 1000.0)));
  }

  /** Whether the server tells who holds which lock; else all are named that may. */
  public static boolean tellsHolders(Session asking) {
    try {
      return asking.server().locking().tellsHolders().map(asking::is).orElse(true);
    } catch (SqlFailure e) {
      if (e.failure() == Failure.PRIVILEGE) {
        return false;
      }
      throw e;
    }
  }

  /** Sessions that work for a runner, a dead one's too while the server has not noticed. */
  public static List<Activity> workers(Session asking) {
    return read(asking, asking.rows(asking.server().locking().workers()));
  }

  private static List<Activity> read(Session asking, List<Row> rows) {
    Server server = asking.server();
    return rows.stream()
        .map(
            row ->
                new Activity(
                    row.number(0),
                    row.text(1),
                    row.text(2),
                    Duration.ofMillis(Math.round(Double.parseDouble(row.text(3)) * 1000)),
                    row.text(4),
                    oneLine(row.text(5)),
                    Optional.of(server.locking().toTellHolders())
                        .filter(
                            fix ->
                                !server.hidden().isEmpty() && row.text(5).equals(server.hidden()))))
        .toList();
  }

  private static String oneLine(String query) {
    String line = query.strip().replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }

  /**
   * For messages: {@code pid 4711, user shop, application orders, 12.3 s, idle in transaction:
   * SELECT 1}.
   */
  public String inWords() {
    StringBuilder words = new StringBuilder("pid ").append(backend);
    if (!user.isEmpty()) {
      words.append(", user ").append(user);
    }
    if (!application.isEmpty()) {
      words.append(", application ").append(application);
    }
    if (hidden.isPresent()) {
      return words
          .append(user.isEmpty() ? ", a process of the server itself, as autovacuum is" : "")
          .append(", hidden from this login: ")
          .append(hidden.get())
          .append(" shows what it does")
          .toString();
    }
    words.append(String.format(Locale.ROOT, ", transaction of %.1f s", age.toMillis() / 1000.0));
    if (!state.isEmpty()) {
      words.append(", ").append(state);
    }
    if (!query.isEmpty()) {
      words.append(": ").append(query);
    }
    return words.toString();
  }
}
