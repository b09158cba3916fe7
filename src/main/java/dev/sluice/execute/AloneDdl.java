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
 * Statements that no transaction may hold: each by itself. Where the server lets one leave
 * something behind half done (an INVALID index), that is taken away before the next try; else the
 * next try goes on with the statement that failed. The step's probe tells what is there.
 */
final class AloneDdl {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration CLEAN_UP = Duration.ofMinutes(10);

  /** The finest limit of a wait on a server that counts in seconds. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Refused in less time than this, a statement stood in no line. */
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private static final Duration MOMENT = Duration.ofMillis(1);

  /** How often an online definition is begun anew that writers have overtaken. */
  private static final int OVERTAKEN = 10;

  private final Run run;
  private final Step step;
  private final List<String> sql;
  private final boolean leftoverIsOurs;
  private final boolean atomic;
  private final Tries tries;
  private final Way way;
  private final Map<String, HeldLock> seen = new LinkedHashMap<>();

  /** How many statements are done. */
  private int done;

  /**
   * @param leftoverIsOurs whether an earlier run began this step, and may have left something
   */
  AloneDdl(Run run, Step step, List<String> sql, boolean leftoverIsOurs) {
    this.run = run;
    this.step = step;
    this.sql = sql;
    this.leftoverIsOurs = leftoverIsOurs;
    this.atomic = run.server().definitionsAreAtomic();
    this.tries = new Tries(run.settings().lock());
    this.way = new Way(run, step);
  }

  StepReport run() {
    long started = System.nanoTime();
    if (leftoverIsOurs && !(atomic && sql.size() == 1)) {
      cleanUp();
    }
    while (true) {
      boolean atOnce = way.awaitFree(tries) || isFirstAtOnce();
      tries.begin();
      BlockerWatch watch = new BlockerWatch(run, step, run.work().backend());
      try {
        once(watch, limits(atOnce));
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
    if (e.failure() == Failure.NOT_AS_STATED) {
      throw notAsStated(e);
    }
    // What was there before is not ours to take away.
    if (!atomic && e.failure() != Failure.EXISTS) {
      cleanUp();
    }
    // What ended with the session is sent again.
    while (done > 0 && run.server().setsUpSession(sql.get(done - 1))) {
      done--;
    }
    boolean overtaken = isOvertaken(e) && tries.count() < OVERTAKEN;
    Optional<Duration> pause = e.failure().passes() || overtaken ? tries.pause() : Optional.empty();
    if (pause.isEmpty()) {
      throw e.failure().passes()
          ? new StepFailed(
              e.said()
                  + " in "
                  + tries.count()
                  + " tries over "
                  + tries.spent().toSeconds()
                  + " s"
                  + left()
                  + "; in the way last: "
                  + way.names(watch)
                  + "\n  fix: run the same command again when they are gone",
              e.code())
          : e;
    }
    String why =
        overtaken
            ? e.said() + ": writers have overtaken it; nothing was done"
            : e.said() + ": " + way.names(watch);
    run.tell(new Progress.Retrying(step, tries.count(), pause.get(), why));
    run.stop().sleep(pause.get());
  }

  /** Where nothing is lost by a refusal, nobody stands behind the first try. */
  private boolean isFirstAtOnce() {
    return tries.count() == 0
        && run.server().locking().triesAtOnce()
        && step.impact().work() == Work.INSTANT;
  }

  /**
   * MySQL gives up a table that it rebuilds beside writers where a row was written and taken back
   * meanwhile, with a duplicate that is in no table (manual, "Online DDL Failure Conditions").
   */
  private boolean isOvertaken(SqlFailure e) {
    return e.failure() == Failure.OVERTAKEN
        && step.impact().work() != Work.INSTANT
        && !step.impact().blocksWritesForLong();
  }

  private StepFailed notAsStated(SqlFailure e) {
    return new StepFailed(
        e.said()
            + left()
            + ": this server does it only in a way that makes others wait\n"
            + "  fix: make the plan again on this server; where it then says so, allow the rule"
            + " that it names (-- sluice: allow RULE: REASON), or change the migration",
        e.code());
  }

  private String left() {
    if (!atomic) {
      return "";
    }
    return done == 0
        ? "; nothing of it was done"
        : "; " + done + " of its " + sql.size() + " statements are done";
  }

  private void once(BlockerWatch watch, Limits limits) {
    Session session = run.work();
    try {
      new Surroundings(run, step).apply(session, limits, false);
      long backend = session.backend();
      Runnable look =
          () -> {
            watch.run();
            remember(backend);
          };
      done = atomic ? done : 0;
      for (; done < sql.size(); done++) {
        guarded(session, sql.get(done), look, limit());
      }
    } finally {
      run.leaveWork();
    }
  }

  private void guarded(Session session, String statement, Runnable look, Duration limit) {
    try (Guard guard =
        new Guard(session, run.stop(), Optional.of(limit)).sampling(look, LOOK, LOOK).start()) {
      try {
        send(session, run.placeholders().in(statement));
      } catch (SqlFailure e) {
        if (guard.verdict() == Guard.Verdict.STOPPED) {
          throw new Stopped();
        }
        if (guard.verdict() == Guard.Verdict.OVERDUE && isHeldShortly()) {
          throw new StepFailed(
              "others waited for it longer than "
                  + run.settings().lock().hold().toMillis()
                  + " ms (lock.hold); it was cancelled"
                  + left()
                  + "\n  fix: make the plan again with today's table sizes",
              e.code());
        }
        if (guard.verdict() == Guard.Verdict.OVERDUE) {
          throw new StepFailed(
              "it ran longer than "
                  + limit.toMinutes()
                  + " min (lock.watchdog) and was cancelled\n"
                  + "  fix: raise the limit, then run the same command again",
              e.code());
        }
        throw e;
      }
    }
  }

  /**
   * One that asks for its locks at once asks again for as long as another would stand in line:
   * between two statements of others there is a moment that it fits in, and nobody waits behind it.
   */
  private void send(Session session, String statement) {
    long begun = System.nanoTime();
    while (true) {
      long asked = System.nanoTime();
      try {
        session.execute(statement);
        return;
      } catch (SqlFailure e) {
        long now = System.nanoTime();
        if (e.failure() != Failure.LOCK_TIMEOUT
            || now - asked > AT_ONCE.toNanos()
            || now - begun > SECOND.toNanos()) {
          throw e;
        }
        run.stop().sleep(MOMENT);
      }
    }
  }

  private Limits limits(boolean atOnce) {
    if (run.server().locking().isPatient(step.impact())) {
      return Limits.NONE;
    }
    return Limits.NONE.withLock(atOnce ? Limits.AT_ONCE : run.settings().lock().timeout());
  }

  /** Whether it is cut off where others wait too long: that leaves nothing half done. */
  private boolean isHeldShortly() {
    return atomic && (step.impact().blocksReads() || step.impact().blocksWrites());
  }

  private Duration limit() {
    LockSettings lock = run.settings().lock();
    return isHeldShortly()
        ? lock.hold().plus(lock.timeout().compareTo(SECOND) > 0 ? lock.timeout() : SECOND)
        : lock.watchdog();
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
        new Surroundings(run, step).apply(session, limits(false), false);
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
