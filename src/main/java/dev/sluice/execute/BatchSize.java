package dev.sluice.execute;

import java.time.Duration;

/** How many rows a batch has: what the last ones took decides. */
final class BatchSize {

  private final BackfillSettings settings;
  private final int most;
  private int rows;

  /**
   * @param rowBytes of one row, about; not above 0 where nobody knows
   */
  BatchSize(BackfillSettings settings, long rowBytes) {
    this.settings = settings;
    long byBytes = rowBytes > 0 ? settings.mostBytes() / rowBytes : settings.mostRows();
    this.most = Math.clamp(byBytes, settings.leastRows(), settings.mostRows());
    this.rows = Math.min(settings.firstRows(), most);
  }

  int rows() {
    return rows;
  }

  /** Follows at most by half or double: one odd batch tells little. */
  void took(Duration time) {
    double factor = (double) settings.batchTime().toNanos() / Math.max(1, time.toNanos());
    resize(Math.clamp(factor, 0.5, 2.0));
  }

  /** It met somebody else's locks: a smaller one meets fewer. */
  void failed() {
    resize(0.5);
  }

  private void resize(double factor) {
    rows = Math.clamp(Math.round(rows * factor), settings.leastRows(), most);
  }

  /** The pause that others get after a batch; as long as the batch where it took far too long. */
  Duration rest(Duration took) {
    boolean tooLong = took.compareTo(settings.batchTime().multipliedBy(4)) > 0;
    return tooLong ? took : took.multipliedBy(settings.restPercent()).dividedBy(100);
  }
}
