package dev.sluice.report;

import dev.sluice.execute.Report;
import dev.sluice.execute.StepReport;
import java.util.List;
import java.util.Optional;

/**
 * What a run of a plan was like: what {@code report.json} says.
 *
 * @param release the plan's name
 * @param ok whether every step that was asked for is done, and no version saw a failure
 * @param versions what each application version saw; empty where no load was measured
 * @param steps in the order in which they ran
 * @param windows empty where none was opened
 */
public record RunReport(
    String release,
    boolean ok,
    List<VersionRun> versions,
    List<StepRun> steps,
    List<WindowRun> windows) {

  public RunReport {
    versions = List.copyOf(versions);
    steps = List.copyOf(steps);
    windows = List.copyOf(windows);
  }

  /**
   * One application version under load.
   *
   * @param name {@code old} or {@code new}
   * @param longestStallMillis the longest that one of its statements took
   */
  public record VersionRun(String name, long statements, long failed, long longestStallMillis) {}

  /**
   * One step.
   *
   * @param attempts 0 where it was done already
   * @param millis from its first attempt to its end
   * @param rows that a backfill changed; empty for other steps
   * @param locks as they were seen; empty where nobody looked
   */
  public record StepRun(
      String id, int attempts, long millis, Optional<Long> rows, List<LockRun> locks) {
    public StepRun {
      locks = List.copyOf(locks);
    }
  }

  /**
   * A lock as it was seen.
   *
   * @param mode in the manual's words
   * @param millis at most
   */
  public record LockRun(String relation, String mode, long millis) {}

  /** What {@code apply} has to report: no load was measured, no window opened. */
  public static RunReport of(Report run) {
    return new RunReport(
        run.release(),
        run.ok(),
        List.of(),
        run.steps().stream().map(RunReport::step).toList(),
        List.of());
  }

  static StepRun step(StepReport step) {
    return new StepRun(
        step.id(),
        step.attempts(),
        step.time().toMillis(),
        step.rows(),
        step.locks().stream()
            .map(lock -> new LockRun(lock.relation(), lock.mode(), lock.time().toMillis()))
            .toList());
  }

  /**
   * A window.
   *
   * @param held requests that waited
   * @param refused requests that were turned away
   */
  public record WindowRun(
      String step, String kind, long millis, long held, long longestHoldMillis, long refused) {}
}
