package dev.sluice.execute;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long a step is tried. Pauses are drawn from the whole span up to a limit that
 * doubles ("full jitter"): those who were in each other's way do not meet again.
 */
final class Tries {

  private final LockSettings settings;
  private final long started = System.nanoTime();
  private int count;

  Tries(LockSettings settings) {
    this.settings = settings;
  }

  /** Counts one more. */
  void begin() {
    count++;
  }

  int count() {
    return count;
  }

  Duration spent() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  boolean outOfTime() {
    return spent().compareTo(settings.budget()) >= 0;
  }

  /** The pause before the next try; empty where there is none. */
  Optional<Duration> pause() {
    if (count >= settings.attempts() || outOfTime()) {
      return Optional.empty();
    }
    long most = settings.firstPause().toNanos();
    for (int i = 1; i < count && most < settings.longestPause().toNanos(); i++) {
      most *= 2;
    }
    most = Math.min(most, settings.longestPause().toNanos());
    return Optional.of(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1)));
  }
}
