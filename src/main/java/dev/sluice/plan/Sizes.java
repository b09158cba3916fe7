package dev.sluice.plan;

import dev.sluice.schema.Impact;
import dev.sluice.schema.Statistics;
import dev.sluice.schema.Statistics.Size;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How long a step takes, and what window that needs.
 *
 * @param resolve turns a name of the text into one of the statistics
 */
record Sizes(Statistics statistics, PlanSettings settings, UnaryOperator<QualifiedName> resolve) {

  /** Empty where a relation's size is not known. */
  Optional<Step.Estimate> estimate(Impact impact) {
    List<Optional<Size>> sizes =
        impact.locks().stream()
            .map(Impact.Lock::relation)
            .distinct()
            .map(r -> statistics.size(resolve.apply(r)))
            .toList();
    if (sizes.isEmpty() || sizes.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Size largest =
        sizes.stream()
            .map(Optional::orElseThrow)
            .reduce((a, b) -> a.bytes() >= b.bytes() ? a : b)
            .orElseThrow();
    return Optional.of(
        new Step.Estimate(
            largest.rows(), largest.bytes(), settings.rates().millis(impact.work(), largest)));
  }

  /** Empty where the table's size is not known. */
  Optional<Step.Estimate> backfill(QualifiedName table) {
    return statistics
        .size(resolve.apply(table))
        .map(
            s -> new Step.Estimate(s.rows(), s.bytes(), settings.rates().backfillMillis(s.rows())));
  }

  /** What the impact asks of users; empty where it is too much, or nobody knows how much. */
  Optional<Window> window(Impact impact, Optional<Step.Estimate> estimate) {
    if (!impact.blocksWritesForLong()) {
      return Optional.of(Window.NONE);
    }
    Window needed = impact.blocksReads() ? Window.QUEUE_REQUESTS : Window.READ_ONLY;
    return estimate
        .map(Step.Estimate::millis)
        .filter(millis -> millis <= settings.longestWindow().toMillis())
        .map(millis -> millis <= settings.noWindowBelow().toMillis() ? Window.NONE : needed);
  }
}
