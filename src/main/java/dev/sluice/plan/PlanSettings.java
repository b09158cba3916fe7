package dev.sluice.plan;

import java.time.Duration;

/**
 * What a team decides once about its plans.
 *
 * @param mark when Flyway's history gets its rows
 * @param noWindowBelow a blocking step that is estimated shorter runs without a window
 * @param longestWindow a blocking step that is estimated longer is refused as it is written
 * @param rates how fast a server works, for estimates
 * @param placeholderPrefix Flyway's, with which a placeholder begins
 * @param placeholderSuffix Flyway's, with which it ends
 */
public record PlanSettings(
    Mark mark,
    Duration noWindowBelow,
    Duration longestWindow,
    Rates rates,
    String placeholderPrefix,
    String placeholderSuffix) {

  /** When Flyway's history gets its rows. */
  public enum Mark {
    /** At the end of pre-deploy: a node of the new version that runs Flyway finds nothing to do. */
    AFTER_EXPAND,
    /** At the end of post-deploy: where nobody else runs Flyway. */
    AFTER_CONTRACT
  }

  /** What holds where nobody says otherwise. */
  public static final PlanSettings DEFAULTS =
      new PlanSettings(
          Mark.AFTER_EXPAND,
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          Rates.DEFAULTS,
          "${",
          "}");

  public PlanSettings {
    if (longestWindow.compareTo(noWindowBelow) < 0) {
      throw new IllegalArgumentException(
          "window.max is " + longestWindow + "; it must be at least window.none-below");
    }
  }
}
