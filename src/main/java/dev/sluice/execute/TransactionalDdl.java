package dev.sluice.execute;

import dev.sluice.database.Guard;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Limits;
import dev.sluice.plan.Step;
import dev.sluice.schema.LockMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Statements in one transaction, with the journal's line beside them: both or neither. Tried until
 * the locks are had, each try so short that nobody waits long behind it.
 */
final class TransactionalDdl {

  private final Run run;
  private final Step step;
  private final List<String> sql;
  private final Consumer<Session> note;
  private final Tries tries;
  private final Way way;

  /**
   * @param note writes the journal's line on the session that it is given
   */
  TransactionalDdl(Run run, Step step, List<String> sql, Consumer<Session> note) {
    this.run = run;
    this.step = step;
    this.sql = sql;
    this.note = note;
    this.tries = new Tries(run.settings().lock());
    this.way = new Way(run, step);
  }

  StepReport run() {
    long started = System.nanoTime();
    while (true) {
      way.awaitFree(tries);
      tries.begin();
      BlockerWatch watch = new BlockerWatch(run, step, run.work().backend());
      try {
        List<HeldLock> locks = once(watch);
        return new StepReport(
            step.id(),
            tries.count(),
            Duration.ofNanos(System.nanoTime() - started),
            Optional.empty(),
            locks);
      } catch (SqlFailure e) {
        if (!e.failure().passes()) {
          throw e;
        }
        pause(e, watch);
      }
    }
  }

  private void pause(SqlFailure e, BlockerWatch watch) {
    Duration pause =
        tries
            .pause()
            .orElseThrow(
                () ->
                    new StepFailed(
                        "no lock in "
                            + tries.count()
                            + " tries over "
                            + tries.spent().toSeconds()
                            + " s; nothing of it was done; in the way last: "
                            + way.names(watch)
                            + "\n  fix: run the same command again when they are gone",
                        e.code()));
    run.tell(new Progress.Retrying(step, tries.count(), pause, e.said() + ": " + way.names(watch)));
    run.stop().sleep(pause);
  }

  private List<HeldLock> once(BlockerWatch watch) {
    Session session = run.work();
    Surroundings surroundings = new Surroundings(run, step);
    LockSettings settings = run.settings().lock();
    boolean patient = isPatient(step);
    Duration first = patient ? Duration.ofSeconds(1) : settings.timeout().dividedBy(4);
    long begun = System.nanoTime();
    try (Guard guard =
        new Guard(session, run.stop(), Optional.of(settings.watchdog()))
            .sampling(watch, first, first)
            .start()) {
      try {
        long backend = session.backend();
        Limits limits = limits(patient);
        List<HeldLock> held =
            surroundings.inTransaction(
                session,
                limits,
                () -> {
                  send(session, surroundings, limits);
                  List<HeldLock> seen = held(backend);
                  surroundings.leave(session);
                  note.accept(session);
                  return seen;
                });
        long since = Math.max(begun, watch.lastBlocked());
        Duration time = Duration.ofNanos(System.nanoTime() - since);
        return held.stream().map(l -> new HeldLock(l.relation(), l.mode(), time)).toList();
      } catch (SqlFailure e) {
        throw explain(e, guard.verdict());
      }
    } finally {
      if (surroundings.stick()) {
        run.leaveWork();
      }
    }
  }

  /** Each lock after the first has only what is left of the time: nobody waits for the sum. */
  private void send(Session session, Surroundings surroundings, Limits limits) {
    long begun = System.nanoTime();
    for (int i = 0; i < sql.size(); i++) {
      if (i > 0 && !limits.lock().isZero()) {
        Duration left = limits.lock().minusNanos(System.nanoTime() - begun);
        Duration least = Duration.ofMillis(10);
        surroundings.limit(
            session, limits.withLock(left.compareTo(least) > 0 ? left : least), true);
      }
      session.execute(run.placeholders().in(sql.get(i)));
    }
  }

  private Limits limits(boolean patient) {
    LockSettings settings = run.settings().lock();
    if (patient) {
      return new Limits(Duration.ZERO, Duration.ZERO, settings.hold());
    }
    Duration statement =
        step.impact().blocksReads() || step.impact().blocksWrites()
            ? settings.hold()
            : Duration.ZERO;
    return new Limits(settings.timeout(), statement, settings.hold());
  }

  /**
   * Whether it may stand in line as long as it likes: its lock is in the way of other schema
   * changes alone, as a validation's is.
   */
  static boolean isPatient(Step step) {
    return step.impact().locks().stream().anyMatch(l -> l.mode() == LockMode.SHARE_UPDATE_EXCLUSIVE)
        && !step.impact().blocksWrites()
        && !step.impact().blocksReads();
  }

  private List<HeldLock> held(long backend) {
    return run.look(
            s ->
                s.rows(run.server().locking().heldBy(), backend).stream()
                    .map(r -> new HeldLock(r.text(0), r.text(1), Duration.ZERO))
                    .toList())
        .orElse(List.of());
  }

  private RuntimeException explain(SqlFailure e, Guard.Verdict verdict) {
    if (e.failure() != Failure.CANCELLED) {
      return e;
    }
    return switch (verdict) {
      case STOPPED -> new Stopped();
      case OVERDUE ->
          new StepFailed(
              "it ran longer than "
                  + run.settings().lock().watchdog().toMinutes()
                  + " min (lock.watchdog) and was rolled back",
              e.code());
      case NONE ->
          new StepFailed(
              "others waited for it longer than "
                  + run.settings().lock().hold().toMillis()
                  + " ms (lock.hold); it was rolled back\n"
                  + "  fix: make the plan again with today's table sizes",
              e.code());
    };
  }
}
