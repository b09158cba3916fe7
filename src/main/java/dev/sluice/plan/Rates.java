package dev.sluice.plan;

import dev.sluice.schema.Statistics.Size;
import dev.sluice.schema.Work;

/**
 * How fast a server works, for estimates. On the safe side of what a plain disk does: a step that
 * is estimated too long gets a window that it does not need, one estimated too short would stall.
 *
 * @param scan bytes read per second
 * @param build bytes of table per second while an index is built
 * @param rewrite bytes of table per second while it is written anew with its indexes
 * @param backfill rows per second in small batches
 */
public record Rates(long scan, long build, long rewrite, long backfill) {

  private static final long MEGABYTE = 1_000_000;

  /** A change of the catalog alone: a round trip or two. */
  private static final long INSTANT_MILLIS = 2;

  public static final Rates DEFAULTS =
      new Rates(200 * MEGABYTE, 40 * MEGABYTE, 25 * MEGABYTE, 20_000);

  public Rates {
    if (Math.min(Math.min(scan, build), Math.min(rewrite, backfill)) < 1) {
      throw new IllegalArgumentException("a rate is below 1 a second");
    }
  }

  /** Milliseconds that the work takes on a table of that size. */
  public long millis(Work work, Size size) {
    return switch (work) {
      case INSTANT -> INSTANT_MILLIS;
      case SCAN -> INSTANT_MILLIS + size.bytes() * 1000 / scan;
      case BUILD -> INSTANT_MILLIS + size.bytes() * 1000 / build;
      case REWRITE -> INSTANT_MILLIS + size.bytes() * 1000 / rewrite;
    };
  }

  /** Milliseconds that a backfill of that many rows takes. */
  public long backfillMillis(long rows) {
    return INSTANT_MILLIS + rows * 1000 / backfill;
  }
}
