package dev.sluice.report;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of a plan, whatever it is written as. */
public final class PlanWords {

  public static final String POINT_OF_NO_RETURN =
      "point of no return: what follows cannot be taken back";

  private static final int WIDTH = 160;

  private PlanWords() {}

  /** {@code for postgresql 15: 3 migrations, 12 steps}. */
  public static String about(Plan plan) {
    return "for "
        + plan.engine()
        + " "
        + plan.engineVersion()
        + ": "
        + Words.count(plan.migrations().size(), "migration")
        + ", "
        + Words.count(plan.steps().size(), "step");
  }

  /**
   * What one wants to know first: how much before and after, what waits, from where on for good.
   */
  public static String summary(Plan plan) {
    long windows = plan.steps().stream().filter(s -> s.window() != Window.NONE).count();
    return Words.count(count(plan, Phase.PRE_DEPLOY), "step")
        + " before the deployment, "
        + count(plan, Phase.POST_DEPLOY)
        + " after it; "
        + (windows == 0 ? "no window" : Words.count(windows, "window"))
        + "; "
        + plan.pointOfNoReturn()
            .map(id -> "point of no return: " + id)
            .orElse("no point of no return");
  }

  private static long count(Plan plan, Phase phase) {
    return plan.steps().stream().filter(s -> s.phase() == phase).count();
  }

  public static String of(Window window) {
    return switch (window) {
      case NONE -> "none";
      case READ_ONLY -> "read-only: reads go on, writes wait or are refused";
      case QUEUE_REQUESTS -> "queue-requests: requests are held until it is done";
      case CUT_OVER -> "cut-over: requests are held, it runs, traffic goes to the new version";
    };
  }

  /**
   * How a step is taken back. Empty where the question does not arise, and behind the point of no
   * return.
   *
   * @param passed whether the step is the point of no return, or behind it
   */
  public static Optional<String> undo(Step step, boolean passed) {
    if (step.remembered() && !passed) {
      return Optional.of(
          "none: what it did stays done; applied again after an abort, it is passed over");
    }
    if (step.action() instanceof Action.Backfill b && b.once() && !passed) {
      return Optional.of(
          "none: rows that it changed stay so; applied again after an abort, it goes on behind them");
    }
    String how =
        step.undo().stream()
            .map(sql -> Words.oneLine(sql, WIDTH))
            .collect(Collectors.joining("; "));
    return switch (step.reversible()) {
      case NO -> Optional.of("none without loss");
      case YES -> how.isEmpty() || passed ? Optional.empty() : Optional.of(how);
      case UNTIL_WRITTEN ->
          passed
              ? Optional.empty()
              : Optional.of(
                  how.isEmpty()
                      ? "none: it stays, and the old version works with it"
                      : how + " (as long as no row is in the way)");
    };
  }

  /**
   * What the file has set for the session before, as statements: without them EXECUTE says nothing
   * of what it runs. May be empty.
   */
  public static List<String> session(Step step) {
    return step.session().statements();
  }

  /** {@code db/V1__a.sql:3:1}. */
  public static String of(Plan.Place place) {
    return place.file() + ":" + place.line() + ":" + place.column();
  }

  /** {@code 1000 rows, 80 kB: 20 ms}. */
  public static String of(Step.Estimate estimate) {
    return Words.count(estimate.rows(), "row")
        + ", "
        + Words.bytes(estimate.bytes())
        + ": "
        + Words.time(estimate.millis());
  }
}
