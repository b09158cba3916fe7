package dev.sluice.execute;

import java.time.Duration;

/**
 * How a step gets its locks and how long it may keep them.
 *
 * @param timeout how long one try stands in line, and so how long others wait behind it
 * @param hold how long a step may make others wait once it has its lock; then it is rolled back
 * @param oldTransaction a transaction older than this is waited for before a try, not tried against
 * @param attempts tries before a step fails
 * @param budget time for all tries and pauses of a step
 * @param firstPause upper end of the first pause between tries; doubles each time
 * @param longestPause what it doubles up to
 * @param watchdog time for what is in nobody's way: a concurrent index build, a validation
 */
public record LockSettings(
    Duration timeout,
    Duration hold,
    Duration oldTransaction,
    int attempts,
    Duration budget,
    Duration firstPause,
    Duration longestPause,
    Duration watchdog) {

  public static final LockSettings DEFAULTS =
      new LockSettings(
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          60,
          Duration.ofMinutes(10),
          Duration.ofMillis(50),
          Duration.ofSeconds(10),
          Duration.ofHours(6));

  public LockSettings {
    if (timeout.isZero() || hold.isZero() || budget.isZero() || watchdog.isZero()) {
      throw new IllegalArgumentException("a limit of locks is 0; nothing waits without limit");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + "; it is at least 1");
    }
  }
}
