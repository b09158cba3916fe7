package dev.sluice.execute;

import dev.sluice.sql.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param problem why it ended early; empty where it did not, and where a person stopped it
 * @param steps in the order in which they were come to
 */
public record Report(
    String release, Ending ending, Optional<Problem> problem, List<StepReport> steps) {

  /** How a run ended. */
  public enum Ending {
    /** Every step that was asked for is done. */
    FINISHED,
    /** Every step that was asked for was done before: nothing was changed. */
    NOTHING_TO_DO,
    /** A person stopped it; the next run goes on from there. */
    STOPPED,
    /** A step failed, a gate stayed closed, or somebody else runs: {@code problem} says. */
    ENDED_EARLY
  }

  public Report {
    steps = List.copyOf(steps);
  }

  public boolean ok() {
    return ending == Ending.FINISHED || ending == Ending.NOTHING_TO_DO;
  }
}
