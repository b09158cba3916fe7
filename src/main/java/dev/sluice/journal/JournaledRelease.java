package dev.sluice.journal;

import dev.sluice.plan.Plan;
import dev.sluice.release.Phase;
import java.time.Instant;
import java.util.Optional;

/**
 * A release as it stands in the journal.
 *
 * @param phase that was begun last
 * @param who began it
 * @param ended empty while it is open
 * @param pause empty while it runs or may run
 */
public record JournaledRelease(
    long id,
    Plan plan,
    State state,
    Phase phase,
    String who,
    Instant started,
    Optional<Instant> ended,
    Optional<Pause> pause) {

  /** What became of it. */
  public enum State {
    /** Begun, and something is still owed. At most one release of a database is open. */
    OPEN,
    DONE,
    ABORTED,
    /** A later release took over what it still owed. */
    SUPERSEDED
  }

  /** Somebody wants it to wait. */
  public record Pause(Instant since, String by) {}
}
