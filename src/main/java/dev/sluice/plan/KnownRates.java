package dev.sluice.plan;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of how fast one server works; each is empty where nothing is.
 *
 * @param scan bytes of table read a second
 * @param build bytes of table a second while an index is built
 * @param rewrite bytes of table a second while it is written anew with its indexes
 * @param backfill rows a second in small batches
 */
public record KnownRates(
    Optional<Long> scan, Optional<Long> build, Optional<Long> rewrite, Optional<Long> backfill) {

  /** Nothing is known. */
  public static final KnownRates NONE =
      new KnownRates(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException where one is below 1: nothing would ever end
   */
  public KnownRates {
    if (Stream.of(scan, build, rewrite, backfill).flatMap(Optional::stream).anyMatch(r -> r < 1)) {
      throw new IllegalArgumentException("a rate is below 1 a second");
    }
  }

  /** What is not known here is taken from there. */
  public KnownRates or(KnownRates other) {
    return new KnownRates(
        scan.or(other::scan),
        build.or(other::build),
        rewrite.or(other::rewrite),
        backfill.or(other::backfill));
  }

  /** What is not known here is taken from there. */
  public Rates or(Rates other) {
    return new Rates(
        scan.orElse(other.scan()),
        build.orElse(other.build()),
        rewrite.orElse(other.rewrite()),
        backfill.orElse(other.backfill()));
  }
}
