package dev.sluice.rehearse;

import dev.sluice.database.Stop;
import dev.sluice.execute.Rollout.Answer;
import dev.sluice.flyway.PlainFlyway;
import dev.sluice.rehearse.Rehearsal.Plain;
import dev.sluice.rehearse.Rehearsal.Span;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.sql.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same release by plain Flyway, as a deployment that knows nothing better does it: migrate,
 * then replace the nodes, half by half. Where Flyway is refused because the old version still
 * writes what the new schema forbids, the nodes are replaced all the same, and Flyway is run once
 * more when the last old one is gone: waiting would break the old version for longer, and change
 * nothing.
 */
final class PlainRun {

  /** A migration that lost a deadlock, or the like, is simply run again. */
  private static final int TRIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Stage stage;
  private final Load.Settings settings;
  private final Pace pace;
  private final Clock clock;
  private final Stop stop = new Stop();
  private final List<String> refusals = new ArrayList<>();

  PlainRun(Stage stage, Load.Settings settings, Pace pace, Clock clock) {
    this.stage = stage;
    this.settings = settings;
    this.pace = pace;
    this.clock = clock;
  }

  Plain run() {
    Instant began = clock.instant();
    try (Load load = stage.load(settings, clock)) {
      stop.sleep(pace.before());
      int before = stage.flyway().verdict().applied();
      Instant migrates = clock.instant();
      boolean migrated = migrate(TRIES);
      Instant ended = clock.instant();
      Optional<String> problem = handOver(load);
      if (!migrated && problem.isEmpty()) {
        problem = migrate(1) ? Optional.empty() : Optional.of(refusals.getLast());
        ended = clock.instant();
      }
      stop.sleep(pace.after());
      Rehearsal.Versions versions = stage.versions(load.stop(PATIENCE));
      return new Plain(
          new Span(began, clock.instant()),
          new Span(migrates, ended),
          stage.flyway().verdict().applied() - before,
          versions,
          refusals,
          problem);
    }
  }

  private boolean migrate(int tries) {
    PlainFlyway flyway = stage.flyway();
    for (int i = 0; i < tries; i++) {
      try {
        flyway.migrate();
        return true;
      } catch (Problem e) {
        refusals.add(String.valueOf(e.getMessage()));
      }
    }
    return false;
  }

  private Optional<String> handOver(Load load) {
    return switch (new HandOver(load, pace, stop, nodes()).handOver()) {
      case Answer.Deployed d -> Optional.empty();
      case Answer.Awaited a -> Optional.of(a.whatToDo());
      case Answer.Failed f -> Optional.of(f.why());
    };
  }

  /** A node that cannot migrate starts all the same: its health check asks whether it answers. */
  private HandOver.Nodes nodes() {
    return new HandOver.Nodes() {
      @Override
      public void started() {
        migrate(1);
      }

      @Override
      public long old() {
        return stage.oldSessions();
      }
    };
  }
}
