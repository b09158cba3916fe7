package dev.sluice.execute;

import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Failure;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Journal.Outcome;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.Ledger;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Runs one step: once, whatever happens between its beginning and its end. */
final class StepRunner {

  private static final int CONNECTIONS = 5;
  private static final Clock CLOCK = Clock.systemUTC();

  private final Run run;
  private final Step step;

  StepRunner(Run run, Step step) {
    this.run = run;
    this.step = step;
  }

  /**
   * @throws Problem where it did not come to be done; the journal says so too
   * @throws Stopped where a person wants it
   */
  StepReport run() {
    for (int lost = 1; ; lost++) {
      try {
        return begin();
      } catch (SqlFailure e) {
        if (e.failure() != Failure.CONNECTION_LOST || lost == CONNECTIONS) {
          throw failed(e.said());
        }
        run.tell(new Progress.Noted(step, "the connection was lost: " + e.said()));
        run.recover();
      }
    }
  }

  private StepReport begin() {
    Ledger ledger = run.ledger();
    Optional<Entry> last = ledger.last(step.id());
    if (ledger.done(step.id())) {
      run.tell(new Progress.Passed(step, "done before"));
      return StepReport.passed(step.id(), last.flatMap(Entry::rows));
    }
    if (isDoneAlready(ledger)) {
      long line = last.map(Entry::id).orElseGet(() -> started(ledger));
      run.journal().ended(run.work(), line, Outcome.of(Entry.State.DONE, "found done"));
      run.tell(new Progress.Passed(step, "found done"));
      return StepReport.passed(step.id(), last.flatMap(Entry::rows));
    }
    Optional<JournaledRelease> earlier = new Earlier(run).left(step);
    if (earlier.isPresent()) {
      String why =
          "release "
              + earlier.get().plan().release()
              + " did it, and its abort left it done: not done twice; rows written since then are"
              + " as they were written";
      run.journal().ended(run.work(), started(ledger), Outcome.of(Entry.State.DONE, why));
      run.tell(new Progress.Passed(step, why));
      return StepReport.passed(step.id(), Optional.empty());
    }
    refuseWindow();
    askConditions();
    long line = started(ledger);
    run.tell(new Progress.Started(step, ledger.attempts(step.id()) + 1));
    StepReport report = performed(line, ledger);
    run.tell(new Progress.Done(step, report));
    // Behind the step's end: what becomes of it makes nothing undone.
    new Analysis(run, step).after(report);
    return report;
  }

  private StepReport performed(long line, Ledger ledger) {
    try {
      return perform(line, ledger);
    } catch (StepFailed e) {
      run.leaveCancelled();
      note(line, Outcome.failed(e.code(), run.placeholders().hide(e.why())));
      throw failed(e.why());
    } catch (Stopped e) {
      run.leaveCancelled();
      note(line, Outcome.of(Entry.State.INTERRUPTED, "stopped on request"));
      run.tell(new Progress.Interrupted(step));
      throw e;
    } catch (SqlFailure e) {
      if (e.failure() != Failure.CONNECTION_LOST) {
        note(line, Outcome.failed(Optional.of(e.code()), run.placeholders().hide(e.said())));
      }
      throw e;
    } catch (Problem e) {
      if (e.reason() == Reason.HISTORY) {
        note(line, Outcome.failed(Optional.empty(), String.valueOf(e.getMessage())));
      }
      throw e;
    }
  }

  private long started(Ledger ledger) {
    return run.journal()
        .started(run.work(), run.release(), step.id(), ledger.attempts(step.id()) + 1);
  }

  private void note(long line, Outcome outcome) {
    run.journal().ended(run.work(), line, outcome);
  }

  /**
   * What was begun and not ended is decided by its probe; so is what a person does. A backfill asks
   * at its end anyway, and its question may be long.
   */
  private boolean isDoneAlready(Ledger ledger) {
    boolean asks =
        switch (step.action()) {
          case Action.Ddl d -> ledger.openEnded(step.id()) || step.window() != Window.NONE;
          case Action.Manual m -> true;
          case Action.RecordHistory h -> false;
          case Action.Backfill b -> false;
          case Action.Verify v -> false;
          case Action.Deploy d -> false;
        };
    return asks && step.doneWhen().filter(new Questions(run, step)::holds).isPresent();
  }

  private void refuseWindow() {
    if (step.window() != Window.NONE) {
      throw new Problem(
          Reason.GATE,
          place()
              + " not started: it needs a "
              + step.window().id()
              + " window, and no gate is set up that could open one"
              + step.estimate().map(e -> " (about " + e.millis() + " ms)").orElse("")
              + "\n  fix: run its statements by hand in a maintenance window, then run the same"
              + " command again: it sees that they are done");
    }
  }

  private void askConditions() {
    Questions questions = new Questions(run, step);
    for (Condition condition : step.conditions()) {
      Optional<String> answer = questions.answer(condition);
      if (answer.filter(condition.expect()::equals).isEmpty()) {
        throw new Problem(
            Reason.GATE,
            place()
                + " not started: gate closed: the answer is "
                + answer.orElse("nothing")
                + ", expected "
                + condition.expect()
                + " ("
                + CLOCK.instant().truncatedTo(ChronoUnit.SECONDS)
                + ")\n  asked: "
                + condition.sql()
                + "\n  fix: put that right, then run the same command again; what is done is not"
                + " repeated");
      }
    }
  }

  private StepReport perform(long line, Ledger ledger) {
    return switch (step.action()) {
      case Action.Ddl ddl -> ddl(ddl, line, ledger);
      case Action.Backfill backfill -> backfill(backfill, line, ledger);
      case Action.Verify verify -> ended(line, new VerifyStep(run, step, verify).run());
      case Action.RecordHistory record -> {
        long begun = System.nanoTime();
        run.ports().history().record(Recording.migration(run.ports().migrations(), record));
        yield ended(line, once(begun));
      }
      case Action.Deploy deploy -> deploy(line);
      case Action.Manual manual -> manual(manual, line);
    };
  }

  private StepReport ddl(Action.Ddl ddl, long line, Ledger ledger) {
    if (ddl.transactional()) {
      return new TransactionalDdl(
              run,
              step,
              ddl.sql(),
              session -> run.journal().ended(session, line, Outcome.done(Optional.empty())))
          .run();
    }
    boolean ours =
        ledger.openEnded(step.id())
            && ledger.leftoverIsOurs(
                step.id(), code -> run.server().failure(code) == Failure.EXISTS);
    return ended(line, new AloneDdl(run, step, ddl.sql(), ours).run());
  }

  private StepReport backfill(Action.Backfill backfill, long line, Ledger ledger) {
    Optional<Entry> interrupted =
        ledger
            .interrupted(step.id())
            .filter(e -> e.watermark().isPresent())
            .or(() -> new Earlier(run).reached(step));
    interrupted
        .filter(e -> e.watermark().isPresent())
        .ifPresent(
            e ->
                run.journal()
                    .progress(run.work(), line, e.rows().orElse(0L), e.watermark().orElseThrow()));
    return ended(line, new BackfillStep(run, step, backfill, line).run(interrupted));
  }

  private StepReport deploy(long line) {
    long begun = System.nanoTime();
    return switch (run.ports().rollout().deploy(run.plan(), step)) {
      case Rollout.Answer.Deployed deployed -> {
        note(line, Outcome.of(Entry.State.DONE, deployed.evidence()));
        yield once(begun);
      }
      case Rollout.Answer.Awaited awaited -> throw awaited(line, awaited.whatToDo());
      case Rollout.Answer.Failed failed -> throw new StepFailed(failed.why());
    };
  }

  private StepReport manual(Action.Manual manual, long line) {
    long begun = System.nanoTime();
    if (!run.ports().confirmation().doneByHand(run.plan(), step, manual.reason())) {
      throw awaited(line, manual.reason());
    }
    note(line, Outcome.of(Entry.State.DONE, "a person said that it is done"));
    return once(begun);
  }

  private Problem awaited(long line, String whatToDo) {
    note(line, Outcome.failed(Optional.empty(), "waits for a person: " + whatToDo));
    return new Problem(Reason.GATE, place() + " waits for a person\n  fix: " + whatToDo);
  }

  private StepReport ended(long line, StepReport report) {
    note(line, Outcome.done(report.rows()));
    return report;
  }

  private StepReport once(long begun) {
    return new StepReport(
        step.id(), 1, Duration.ofNanos(System.nanoTime() - begun), Optional.empty(), List.of());
  }

  private String place() {
    return "step " + step.id() + " (" + step.title() + ")";
  }

  private Problem failed(String why) {
    String shown = run.placeholders().hide(why);
    run.tell(new Progress.Failed(step, shown));
    return new Problem(Reason.STEP, place() + " failed: " + shown);
  }
}
