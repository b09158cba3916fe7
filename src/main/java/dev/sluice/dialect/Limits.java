package dev.sluice.dialect;

import java.time.Duration;

/**
 * How long a session may wait and work. Zero means without limit, as on the servers.
 *
 * @param lock for one lock; milliseconds are the finest on PostgreSQL, seconds on MySQL
 * @param statement for one statement, waiting included
 * @param idle that a transaction may stand still between two statements: the server ends it, so
 *     that a tool that sleeps or hangs holds no lock
 */
public record Limits(Duration lock, Duration statement, Duration idle) {

  /** None at all. For what waits without being in anybody's way, under a watchdog of its own. */
  public static final Limits NONE = new Limits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** For a lock that is had at once or not at all, where {@code Locking.triesAtOnce}. */
  public static final Duration AT_ONCE = Duration.ofMillis(1);

  public Limits {
    if (lock.isNegative() || statement.isNegative() || idle.isNegative()) {
      throw new IllegalArgumentException("a limit is negative; zero means none");
    }
  }

  public Limits withLock(Duration other) {
    return new Limits(other, statement, idle);
  }
}
