package dev.sluice.execute;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one step in this run.
 *
 * @param attempts tries; 0 where it was done already
 * @param time from its first try to its end
 * @param rows that it changed, in all runs together; empty where it counts none
 * @param locks that were seen; empty where nobody looked, or there were none
 */
public record StepReport(
    String id, int attempts, Duration time, Optional<Long> rows, List<HeldLock> locks) {
  public StepReport {
    locks = List.copyOf(locks);
  }

  /** Done in an earlier run. */
  public static StepReport passed(String id, Optional<Long> rows) {
    return new StepReport(id, 0, Duration.ZERO, rows, List.of());
  }
}
