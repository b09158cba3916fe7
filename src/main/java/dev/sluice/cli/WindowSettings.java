package dev.sluice.cli;

import dev.sluice.plan.PlanSettings;
import java.time.Duration;

/**
 * How long users may wait.
 *
 * @param noneBelow a blocking step that is estimated shorter runs without a window
 * @param max a blocking step that is estimated longer is refused as it is written
 */
record WindowSettings(Duration noneBelow, Duration max) {
  static final WindowSettings DEFAULTS =
      new WindowSettings(
          PlanSettings.DEFAULTS.noWindowBelow(), PlanSettings.DEFAULTS.longestWindow());

  WindowSettings {
    if (max.compareTo(noneBelow) < 0) {
      throw new IllegalArgumentException("window.max is less than window.none-below");
    }
  }
}
