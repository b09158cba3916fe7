package dev.sluice.execute;

import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.dialect.Monitoring;
import dev.sluice.execute.ThrottleSettings.UnreadReplicas;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Holds a backfill back while replicas, or those at work, cannot keep up. */
final class Throttle {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private final Run run;
  private final Step step;
  private final ThrottleSettings settings;
  private long looked = System.nanoTime() - LOOK_EVERY.toNanos();

  Throttle(Run run, Step step) {
    this.run = run;
    this.step = step;
    this.settings = run.settings().throttle();
  }

  /**
   * Waits while there is a reason to.
   *
   * @throws StepFailed where patience is over
   */
  void hold() {
    if (since(looked).compareTo(LOOK_EVERY) < 0) {
      return;
    }
    long begun = System.nanoTime();
    long told = 0;
    while (true) {
      Optional<String> reason = reason();
      looked = System.nanoTime();
      if (reason.isEmpty()) {
        return;
      }
      if (since(begun).compareTo(settings.patience()) > 0) {
        throw new StepFailed(
            "waited "
                + settings.patience().toMinutes()
                + " min (throttle.patience): "
                + reason.get()
                + "\n  fix: put that right, or raise the limit; the same command goes on from here");
      }
      if (told == 0 || since(told).compareTo(TELL_EVERY) > 0) {
        told = System.nanoTime();
        run.tell(new Progress.Waiting(step, reason.get()));
      }
      run.stop().sleep(POLL);
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private Optional<String> reason() {
    return run.look(this::reason).orElseGet(() -> Optional.of("replicas cannot be asked about"));
  }

  private Optional<String> reason(Session session) {
    Monitoring monitoring = session.server().monitoring();
    return lag(session.rows(monitoring.replicas()))
        .or(() -> backlog(session.rows(monitoring.backlog())))
        .or(() -> crowd(session));
  }

  private Optional<String> lag(List<Row> replicas) {
    for (Row replica : replicas) {
      String name = "replica " + replica.text(0);
      if (replica.optional(1).isEmpty() || replica.optional(2).isEmpty()) {
        if (settings.unreadReplicas() == UnreadReplicas.PASS) {
          continue;
        }
        return Optional.of(
            name
                + ": its lag cannot be read; "
                + run.server().monitoring().replicasUnread()
                + "; throttle.unread-replicas = pass goes on without");
      }
      if (replica.number(1) > settings.replicaLagBytes()) {
        return Optional.of(name + " is " + (replica.number(1) >> 20) + " MB behind");
      }
      if (replica.number(2) > settings.replicaLag().toMillis()) {
        return Optional.of(name + " is " + replica.number(2) + " ms behind");
      }
    }
    return Optional.empty();
  }

  private Optional<String> backlog(List<Row> slots) {
    return slots.stream()
        .filter(s -> s.number(1) > settings.backlogBytes())
        .findFirst()
        .map(
            s ->
                "the server keeps "
                    + (s.number(1) >> 20)
                    + " MB of log for replication slot "
                    + s.text(0)
                    + ", which nobody reads fast enough");
  }

  private Optional<String> crowd(Session session) {
    if (settings.activeSessions() == 0) {
      return Optional.empty();
    }
    Optional<Long> active =
        session.ask(session.server().monitoring().activeSessions()).map(Long::parseLong);
    if (active.isEmpty()) {
      return Optional.of(
          "other sessions cannot be counted; " + run.server().monitoring().sessionsUnread());
    }
    return active
        .filter(n -> n > settings.activeSessions())
        .map(n -> n + " other sessions are at work");
  }
}
