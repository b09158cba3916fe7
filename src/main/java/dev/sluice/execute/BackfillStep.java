package dev.sluice.execute;

import dev.sluice.database.SqlFailure;
import dev.sluice.execute.Batches.Batch;
import dev.sluice.execute.Batches.Ground;
import dev.sluice.journal.Entry;
import dev.sluice.plan.Action.Backfill;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rows brought to a state in short transactions, each of which also writes down how far it came: a
 * crash costs at most one batch.
 */
final class BackfillStep {

  private final Run run;
  private final Step step;
  private final boolean once;
  private final Batches batches;
  private final Pauses pauses;
  private final Throttle throttle;
  private Watermark watermark = Watermark.START;
  private long changed;
  private long changedInPass;
  private int tries = 1;

  /**
   * @param line of the journal that says that it began
   */
  BackfillStep(Run run, Step step, Backfill backfill, long line) {
    this.run = run;
    this.step = step;
    this.once = backfill.once();
    this.batches = new Batches(run, step, backfill, line);
    this.pauses = new Pauses(run);
    this.throttle = new Throttle(run, step);
  }

  /**
   * @param interrupted what an earlier run came to; empty where there was none
   */
  StepReport run(Optional<Entry> interrupted) {
    long started = System.nanoTime();
    interrupted
        .filter(e -> e.watermark().isPresent())
        .ifPresent(
            e -> {
              watermark = Watermark.parse(e.watermark().orElseThrow());
              changed = e.rows().orElse(0L);
              // What this pass changed before is not known: then it may have been something.
              changedInPass = 1;
            });
    Ground ground = batches.ground();
    Speed speed = new Speed(run, step, ground.rows());
    BatchSize size = new BatchSize(run.settings().backfill(), ground.rowBytes());
    while (!pass(ground.walk(), size, speed)) {
      if (watermark.pass() >= run.settings().backfill().passes()) {
        throw new StepFailed(
            "after "
                + watermark.pass()
                + " passes there are still rows that need it: somebody keeps writing them\n"
                + "  fix: find out who does; the same command goes on from here");
      }
      watermark = watermark.nextPass();
      changedInPass = 0;
    }
    speed.moved(watermark.walked(), changed, true);
    return new StepReport(
        step.id(),
        tries,
        Duration.ofNanos(System.nanoTime() - started),
        Optional.of(changed),
        List.of());
  }

  /** Walks to the end of the table; returns whether no row is left that needs it. */
  private boolean pass(Walk walk, BatchSize size, Speed speed) {
    while (true) {
      pauses.hold(step);
      throttle.hold();
      long begun = System.nanoTime();
      Optional<Batch> batch = batch(walk, size);
      if (batch.isEmpty()) {
        break;
      }
      watermark = batch.get().to();
      changed += batch.get().changed();
      changedInPass += batch.get().changed();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      size.took(took);
      speed.moved(watermark.walked(), changed, false);
      run.stop().sleep(size.rest(took));
    }
    return once || isDone(walk);
  }

  private boolean isDone(Walk walk) {
    return step.doneWhen()
        .map(done -> new Questions(run, step).holds(done))
        .orElseGet(() -> walk.meetsEveryRow() || changedInPass == 0);
  }

  private Optional<Batch> batch(Walk walk, BatchSize size) {
    Tries attempts = new Tries(run.settings().lock());
    while (true) {
      attempts.begin();
      try {
        return batches.next(walk, watermark, changed, size.rows());
      } catch (SqlFailure e) {
        if (!e.failure().passes()) {
          throw e;
        }
        size.failed();
        tries++;
        Duration pause = attempts.pause().orElseThrow(() -> inTheWay(attempts, e));
        run.tell(new Progress.Retrying(step, attempts.count(), pause, e.said()));
        run.stop().sleep(pause);
      }
    }
  }

  private static StepFailed inTheWay(Tries attempts, SqlFailure e) {
    return new StepFailed(
        "a batch met locks of others in "
            + attempts.count()
            + " tries: "
            + e.said()
            + "\n  fix: the same command goes on from here",
        e.code());
  }
}
