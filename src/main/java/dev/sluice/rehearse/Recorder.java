package dev.sluice.rehearse;

import dev.sluice.execute.Progress;
import dev.sluice.execute.StepReport;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.Rehearsal.Span;
import dev.sluice.rehearse.Rehearsal.TimedStep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes when each step began and ended, and passes on what it hears. */
final class Recorder implements Progress {

  private final Clock clock;
  private final Audience audience;
  private final Map<String, Instant> began = new HashMap<>();
  private final List<TimedStep> steps = new ArrayList<>();

  Recorder(Clock clock, Audience audience) {
    this.clock = clock;
    this.audience = audience;
  }

  @Override
  public synchronized void report(Event event) {
    switch (event) {
      case Started started -> began.putIfAbsent(started.step().id(), clock.instant());
      case Passed passed ->
          ended(passed.step(), StepReport.passed(passed.step().id(), Optional.empty()));
      case Done done -> ended(done.step(), done.report());
      case Failed failed ->
          ended(
              failed.step(),
              new StepReport(failed.step().id(), 1, Duration.ZERO, Optional.empty(), List.of()));
      case Interrupted interrupted ->
          ended(
              interrupted.step(),
              new StepReport(
                  interrupted.step().id(), 1, Duration.ZERO, Optional.empty(), List.of()));
      case Blocked b -> {}
      case Retrying r -> {}
      case Moved m -> {}
      case Waiting w -> {}
      case Noted n -> {}
    }
    audience.hear(new Audience.OfStep(event));
  }

  private void ended(Step step, StepReport report) {
    Instant now = clock.instant();
    steps.add(new TimedStep(step, new Span(began.getOrDefault(step.id(), now), now), report));
  }

  /** In the order in which they ended. */
  synchronized List<TimedStep> steps() {
    return List.copyOf(steps);
  }
}
