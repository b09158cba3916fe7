package dev.sluice.rehearse;

import java.time.Duration;

/**
 * How long a rehearsal dwells where nothing changes, so that there is something to see.
 *
 * @param before the old version alone, before the release begins
 * @param mixed half of the workers on each version
 * @param after the new version alone, before contracting, and once more when all is done
 */
public record Pace(Duration before, Duration mixed, Duration after) {

  /** Some seconds of each. */
  public static final Pace DEFAULT =
      new Pace(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(3));
}
