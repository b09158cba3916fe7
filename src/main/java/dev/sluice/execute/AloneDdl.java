package dev.sluice.execute;

import dev.sluice.database.Guard;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Limits;
import dev.sluice.plan.Step;
import dev.sluice.schema.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statements that no transaction may hold: each by itself. What a try leaves behind half done (an
 * INVALID index) is taken away before the next; the step's probe tells what is there.
 */
final class AloneDdl {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration CLEAN_UP = Duration.ofMinutes(10);

  private final Run run;
  private final Step step;
  private final List<String> sql;
  private final boolean leftoverIsOurs;
  private final Tries tries;
  private final Map<String, HeldLock> seen = new LinkedHashMap<>();

  /**
   * @param leftoverIsOurs whether an earlier run began this step, and may have left something
   */
  AloneDdl(Run run, Step step, List<String> sql, boolean leftoverIsOurs) {
    this.run = run;
    this.step = step;
    this.sql = sql;
    this.leftoverIsOurs = leftoverIsOurs;
    this.tries = new Tries(run.settings().lock());
  }

  StepReport run() {
    long started = System.nanoTime();
    if (leftoverIsOurs) {
      cleanUp();
    }
    while (true) {
      new Way(run, step).awaitFree(tries);
      tries.begin();
      BlockerWatch watch = new BlockerWatch(run, step, run.work().backend());
      try {
        once(watch);
        assertDone();
        return new StepReport(
            step.id(),
            tries.count(),
            Duration.ofNanos(System.nanoTime() - started),
            Optional.empty(),
            List.copyOf(seen.values()));
      } catch (SqlFailure e) {
        afterFailure(e, watch);
      }
    }
  }

  private void afterFailure(SqlFailure e, BlockerWatch watch) {
    if (e.failure() == Failure.CONNECTION_LOST) {
      throw e;
    }
    // What was there before is not ours to take away.
    if (e.failure() != Failure.EXISTS) {
      cleanUp();
    }
    Optional<Duration> pause = e.failure().passes() ? tries.pause() : Optional.empty();
    if (pause.isEmpty()) {
      throw e.failure().passes()
          ? new StepFailed(
              e.said()
                  + " in "
                  + tries.count()
                  + " tries; in the way last: "
                  + Way.names(watch.blockers())
                  + "\n  fix: run the same command again when they are gone",
              e.sqlState())
          : e;
    }
    run.tell(
        new Progress.Retrying(
            step, tries.count(), pause.get(), e.said() + ": " + Way.names(watch.blockers())));
    run.stop().sleep(pause.get());
  }

  private void once(BlockerWatch watch) {
    Session session = run.work();
    try {
      new Surroundings(run, step).apply(session, limits(), false);
      long backend = session.backend();
      Runnable look =
          () -> {
            watch.run();
            remember(backend);
          };
      for (String statement : sql) {
        guarded(session, statement, look, run.settings().lock().watchdog());
      }
    } finally {
      run.leaveWork();
    }
  }

  private void guarded(Session session, String statement, Runnable look, Duration limit) {
    try (Guard guard =
        new Guard(session, run.stop(), Optional.of(limit)).sampling(look, LOOK, LOOK).start()) {
      try {
        session.execute(run.placeholders().in(statement));
      } catch (SqlFailure e) {
        if (guard.verdict() == Guard.Verdict.STOPPED) {
          throw new Stopped();
        }
        if (guard.verdict() == Guard.Verdict.OVERDUE) {
          throw new StepFailed(
              "it ran longer than "
                  + limit.toMinutes()
                  + " min (lock.watchdog) and was cancelled\n"
                  + "  fix: raise the limit, then run the same command again",
              e.sqlState());
        }
        throw e;
      }
    }
  }

  /**
   * A time-out would leave a concurrent build half done, so it gets none: it is in nobody's way
   * while it waits. Where the lock is in the way, or what it does is not known, it is short.
   */
  private Limits limits() {
    boolean patient =
        !step.impact().blocksReads()
            && !step.impact().blocksWrites()
            && (step.impact().work() != Work.REWRITE || !step.impact().locks().isEmpty());
    return patient ? Limits.NONE : Limits.NONE.withLock(run.settings().lock().timeout());
  }

  private void remember(long backend) {
    run.look(s -> s.rows(run.server().locking().heldBy(), backend))
        .ifPresent(
            rows ->
                rows.forEach(
                    r -> {
                      HeldLock now = new HeldLock(r.text(0), r.text(1), LOOK);
                      seen.merge(
                          now.relation() + now.mode(),
                          now,
                          (a, b) -> new HeldLock(a.relation(), a.mode(), a.time().plus(LOOK)));
                    }));
  }

  /** Where the step is not done, takes away what a try of ours left of it. */
  private void cleanUp() {
    if (step.undo().isEmpty()
        || step.doneWhen().isEmpty()
        || new Questions(run, step).holds(step.doneWhen().get())) {
      return;
    }
    List<String> left = new ArrayList<>();
    for (String statement : step.undo()) {
      Session session = run.work();
      try {
        new Surroundings(run, step).apply(session, limits(), false);
        guarded(session, statement, () -> {}, CLEAN_UP);
      } catch (SqlFailure e) {
        if (e.failure() == Failure.CONNECTION_LOST) {
          throw e;
        }
        if (e.failure() != Failure.ABSENT) {
          left.add(statement + ": " + e.said());
        }
      } finally {
        run.leaveWork();
      }
    }
    if (!left.isEmpty()) {
      throw new StepFailed(
          "what a try left behind could not be taken away: "
              + run.placeholders().hide(String.join("; ", left))
              + "\n  fix: take it away by hand, then run the same command again");
    }
  }

  // IF NOT EXISTS passes over an invalid index without a word.
  private void assertDone() {
    if (step.doneWhen().isPresent() && !new Questions(run, step).holds(step.doneWhen().get())) {
      throw new StepFailed(
          "its statements ended without an error, but it is not done: asked "
              + step.doneWhen().get().sql()
              + ", expected "
              + step.doneWhen().get().expect());
    }
  }
}
