package dev.sluice.execute;

import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Tells how a backfill moves on, a few times a second at most. */
final class Speed {

  private static final Duration TELL_EVERY = Duration.ofMillis(250);
  private static final Duration LATELY = Duration.ofSeconds(10);

  private record Mark(long nanos, long walked) {}

  private final Run run;
  private final Step step;
  private final Optional<Long> total;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long told;

  Speed(Run run, Step step, Optional<Long> total) {
    this.run = run;
    this.step = step;
    this.total = total;
  }

  /**
   * @param walked rows in this pass
   */
  void moved(long walked, long changed, boolean last) {
    long now = System.nanoTime();
    marks.addLast(new Mark(now, walked));
    while (marks.size() > 2 && now - marks.getFirst().nanos() > LATELY.toNanos()) {
      marks.removeFirst();
    }
    if (!last && told != 0 && now - told < TELL_EVERY.toNanos()) {
      return;
    }
    told = now;
    double seconds = (now - marks.getFirst().nanos()) / 1e9;
    long rate = seconds > 0 ? Math.round((walked - marks.getFirst().walked()) / seconds) : 0;
    Optional<Duration> remaining =
        total
            .filter(t -> rate > 0 && t >= walked)
            .map(t -> Duration.ofMillis(Math.round((t - walked) * 1000.0 / rate)));
    run.tell(
        new Progress.Moved(
            step, walked, total.map(t -> Math.max(t, walked)), changed, rate, remaining));
  }
}
