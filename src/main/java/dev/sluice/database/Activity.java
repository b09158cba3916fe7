package dev.sluice.database;

import dev.sluice.schema.LockMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What another session is at.
 *
 * @param backend its number, as the server counts
 * @param application as it calls itself; may be empty
 * @param age of its transaction; zero outside one
 * @param state {@code active}, {@code idle in transaction}, …; empty where it cannot be read
 * @param query that it runs, or ran last; on one line and cut; empty where it cannot be read
 */
public record Activity(
    long backend, String user, String application, Duration age, String state, String query) {

  private static final int SHOWN = 120;

  // What PostgreSQL shows of a session that this login must not look into.
  private static final String HIDDEN = "<insufficient privilege>";

  /** Whom a session waits for, the oldest transaction first. */
  public static List<Activity> waitedFor(Session asking, long backend) {
    return read(asking.rows(asking.server().locking().waitedFor(), backend));
  }

  /**
   * Transactions older than {@code age} in whose way a lock would stand in line.
   *
   * @param relation quoted
   */
  public static List<Activity> olderThan(
      Session asking, String relation, LockMode wanted, Duration age) {
    return read(
        asking.rows(
            asking.server().locking().olderThan(wanted),
            relation,
            String.valueOf(age.toMillis() / 1000.0)));
  }

  /** Sessions that work for a runner, a dead one's too while the server has not noticed. */
  public static List<Activity> workers(Session asking) {
    return read(asking.rows(asking.server().locking().workers()));
  }

  private static List<Activity> read(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new Activity(
                    row.number(0),
                    row.text(1),
                    row.text(2),
                    Duration.ofMillis(Math.round(Double.parseDouble(row.text(3)) * 1000)),
                    row.text(4),
                    oneLine(row.text(5))))
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
    if (query.equals(HIDDEN)) {
      return words
          .append(user.isEmpty() ? ", a process of the server itself, as autovacuum is" : "")
          .append(
              ", hidden from this login: GRANT pg_read_all_stats TO its role shows what it does")
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
