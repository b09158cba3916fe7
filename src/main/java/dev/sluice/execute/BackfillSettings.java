package dev.sluice.execute;

import java.time.Duration;

/**
 * How rows are brought to a state in batches.
 *
 * @param batchTime what one batch aims at
 * @param firstRows size of the first batch; later ones follow the time that earlier ones took
 * @param leastRows of a batch
 * @param mostRows of a batch
 * @param mostBytes of a batch, as the server estimates a row
 * @param restPercent pause after each batch, in percent of the time that it took
 * @param passes how often the table is walked over again while rows that need it keep coming
 */
public record BackfillSettings(
    Duration batchTime,
    int firstRows,
    int leastRows,
    int mostRows,
    long mostBytes,
    int restPercent,
    int passes) {

  public static final BackfillSettings DEFAULTS =
      new BackfillSettings(Duration.ofMillis(100), 500, 10, 50_000, 16L << 20, 10, 10);

  public BackfillSettings {
    if (leastRows < 1 || firstRows < leastRows || mostRows < firstRows) {
      throw new IllegalArgumentException(
          "batches of "
              + leastRows
              + " to "
              + mostRows
              + " rows, beginning with "
              + firstRows
              + "; at least 1, in this order");
    }
    if (batchTime.isZero() || mostBytes < 1 || restPercent < 0 || passes < 1) {
      throw new IllegalArgumentException("a batch has time, bytes and passes above 0");
    }
  }
}
