package dev.sluice.execute;

import dev.sluice.database.Activity;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Told what a run is at. May be called from several threads, one call at a time. */
public interface Progress {

  /** Hears nothing. */
  Progress SILENT = event -> {};

  void report(Event event);

  /** What happened. */
  sealed interface Event {
    Step step();
  }

  /**
   * @param attempt counts from 1, over all runs of the plan
   */
  record Started(Step step, int attempt) implements Event {}

  /** Done in an earlier run, or found done: nothing is sent. */
  record Passed(Step step, String why) implements Event {}

  /**
   * Others are in the way.
   *
   * @param blockers the oldest transaction first
   */
  record Blocked(Step step, List<Activity> blockers) implements Event {
    public Blocked {
      blockers = List.copyOf(blockers);
    }
  }

  /**
   * Tried in vain; nothing of it is left.
   *
   * @param tries so far
   * @param pause before the next
   */
  record Retrying(Step step, int tries, Duration pause, String why) implements Event {}

  /**
   * A backfill has moved on.
   *
   * @param walked rows looked at
   * @param total rows, as the server estimates; empty where it has no estimate
   * @param changed rows
   * @param rowsPerSecond looked at, lately
   * @param remaining time; empty where it cannot be told
   */
  record Moved(
      Step step,
      long walked,
      Optional<Long> total,
      long changed,
      long rowsPerSecond,
      Optional<Duration> remaining)
      implements Event {}

  /** Waits, and says for what: a person, a replica, an answer. */
  record Waiting(Step step, String why) implements Event {}

  /** Something that a person should know and that stops nothing. */
  record Noted(Step step, String text) implements Event {}

  record Done(Step step, StepReport report) implements Event {}

  /** A person wants to end; the next run goes on with it. */
  record Interrupted(Step step) implements Event {}

  record Failed(Step step, String why) implements Event {}
}
