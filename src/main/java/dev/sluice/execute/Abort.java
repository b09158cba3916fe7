package dev.sluice.execute;

import dev.sluice.database.RunnerLock;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Failure;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Entry.State;
import dev.sluice.journal.Journal.Outcome;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.Ledger;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes an open release back, the last step first, by the journal alone. Flyway's history goes
 * first: then the files are pending again, whatever happens next. Cut off, it goes on where it was.
 */
public final class Abort {

  private final Environment environment;

  public Abort(Environment environment) {
    this.environment = environment;
  }

  /**
   * What came of it.
   *
   * @param undone ids of the steps that were taken back
   * @param stays what could not be, with what that means
   */
  public record Aborted(String release, List<String> undone, List<Stay> stays) {
    public Aborted {
      undone = List.copyOf(undone);
      stays = List.copyOf(stays);
    }
  }

  /** What an abort leaves, and why. */
  public record Stay(Step step, String why) {}

  /**
   * @param oldVersionRuns a person says that no node runs the new version
   * @throws Problem where no release is open, it is too late, or a step cannot be taken back
   */
  public Aborted run(boolean oldVersionRuns) {
    JournaledRelease release = open();
    Plan plan = release.plan();
    Placeholders placeholders = Placeholders.of(plan, environment.placeholders());
    try (RunnerLock lock = RunnerLock.take(environment.database());
        Run run = new Run(environment, lock, plan, placeholders)) {
      run.awaitEarlierWork();
      run.begin(release.id());
      Ledger ledger = run.ledger();
      refuse(plan, ledger, oldVersionRuns);
      new Obstacles(run, begun(plan, ledger)).refuse();
      return journaled(run, ledger);
    } catch (SqlFailure e) {
      throw Releases.refused(environment, e);
    }
  }

  private JournaledRelease open() {
    Optional<JournaledRelease> last = Releases.last(environment);
    if (last.isEmpty()) {
      throw Releases.noneOpen(environment, ": none was ever begun", "look at `sluice status`");
    }
    String name = last.get().plan().release();
    return switch (last.get().state()) {
      case OPEN -> last.get();
      case DONE, SUPERSEDED ->
          throw Releases.noneOpen(
              environment,
              ": the last one, " + name + ", is done, and only an open one is taken back",
              "write migrations that change back what it did; `sluice status` shows it");
      case ABORTED ->
          throw Releases.noneOpen(
              environment,
              ": the last one, " + name + ", is taken back already",
              "nothing is left to do; `sluice status` shows it");
    };
  }

  /** From the first line on, what the steps' lines say is done may not be there any more. */
  private static Aborted journaled(Run run, Ledger ledger) {
    long line =
        run.journal()
            .started(run.work(), run.release(), Ledger.ABORT, ledger.attempts(Ledger.ABORT) + 1);
    try {
      Aborted aborted = undo(run, ledger);
      run.journal().ended(run.work(), line, Outcome.done(Optional.empty()));
      new Releases(run, "").aborted();
      return aborted;
    } catch (Problem e) {
      String why = run.placeholders().hide(String.valueOf(e.getMessage()));
      run.journal().ended(run.work(), line, Outcome.failed(Optional.empty(), why));
      throw e;
    } catch (Stopped e) {
      run.leaveCancelled();
      run.journal().ended(run.work(), line, Outcome.failed(Optional.empty(), "stopped on request"));
      throw e;
    }
  }

  /** The command that takes it back; it says that the old version runs where that is asked. */
  public static String command(Plan plan, Ledger ledger) {
    return deployed(plan, ledger).isPresent() ? "sluice abort --rolled-back" : "sluice abort";
  }

  private static Optional<Step> deployed(Plan plan, Ledger ledger) {
    return plan.steps().stream()
        .filter(s -> s.action() instanceof Action.Deploy)
        .filter(s -> ledger.done(s.id()) || ledger.openEnded(s.id()))
        .findFirst();
  }

  private static void refuse(Plan plan, Ledger ledger, boolean oldVersionRuns) {
    if (PointOfNoReturn.isPassed(plan, ledger)) {
      throw new Problem(
          Reason.GATE,
          "release "
              + plan.release()
              + " is behind its point of no return: taking it back would lose something\n"
              + "  fix: go on with `sluice apply --phase post-deploy`");
    }
    Optional<Step> deployed = deployed(plan, ledger);
    if (deployed.isPresent() && !oldVersionRuns) {
      throw new Problem(
          Reason.GATE,
          "the roll-out was begun (step "
              + deployed.get().id()
              + "): a node of the new version would miss what is taken back; nothing was changed\n"
              + "  fix: put the old version back on every node, then run"
              + " `sluice abort --rolled-back`");
    }
  }

  private static Aborted undo(Run run, Ledger ledger) {
    List<String> undone = new ArrayList<>();
    List<Stay> stays = new ArrayList<>();
    List<Step> steps = begun(run.plan(), ledger).reversed();
    for (Step step : steps) {
      if (step.action() instanceof Action.RecordHistory record) {
        remove(run, step, record, ledger);
        undone.add(step.id());
      }
    }
    // Whether a step without a way back left anything is seen when those around it are undone.
    List<Step> residue = steps.stream().filter(Abort::hasNoWayBack).toList();
    for (Step step : steps) {
      if (!(step.action() instanceof Action.RecordHistory) && !residue.contains(step)) {
        run.stop().check();
        undo(run, step, ledger)
            .ifPresentOrElse(why -> stays.add(new Stay(step, why)), () -> undone.add(step.id()));
      }
    }
    for (Step step : residue) {
      run.stop().check();
      look(run, step, ledger)
          .ifPresentOrElse(why -> stays.add(new Stay(step, why)), () -> undone.add(step.id()));
    }
    return new Aborted(run.plan().release(), undone, stays);
  }

  private static List<Step> begun(Plan plan, Ledger ledger) {
    // What an older release owed is not this one's to take back.
    return plan.steps().stream()
        .filter(s -> s.phase() != Phase.DEBT)
        .filter(s -> ledger.done(s.id()) || ledger.openEnded(s.id()))
        .toList();
  }

  private static void remove(Run run, Step step, Action.RecordHistory record, Ledger ledger) {
    Migration migration = Recording.migration(run.ports().migrations(), record);
    boolean there =
        run.ports().history().applied().stream()
            .anyMatch(row -> row.script().equals(record.script()));
    if (there) {
      run.ports().history().remove(migration);
    }
    note(run, run.work(), step, ledger, Outcome.of(State.UNDONE, "aborted"));
  }

  private static boolean hasNoWayBack(Step step) {
    return step.undo().isEmpty() && step.reversible() == Reversible.UNTIL_WRITTEN;
  }

  /** Returns why it stays; empty where it went with something else, or left nothing. */
  private static Optional<String> look(Run run, Step step, Ledger ledger) {
    if (!PointOfNoReturn.leftSomething(step, ledger) || !isThere(run, step)) {
      note(run, run.work(), step, ledger, Outcome.of(State.UNDONE, "nothing to take back"));
      return Optional.empty();
    }
    return stays(run, step, ledger, whatStays(step));
  }

  private static String whatStays(Step step) {
    if (step.remembered()) {
      return "what it did stays done; where this release is applied again, the journal knows that,"
          + " and the step is passed over, so that nothing is done twice";
    }
    return step.action() instanceof Action.Backfill
        ? "the rows stay as it left them; doing it again changes nothing more"
        : "no statement takes it back, and what is left harms nobody";
  }

  private static boolean isThere(Run run, Step step) {
    Questions questions = new Questions(run, step);
    if (step.action() instanceof Action.Backfill backfill) {
      // It names the column that it fills: with the column, what was filled is gone too.
      try {
        questions.samples(
            "SELECT 1 FROM "
                + backfill.table()
                + backfill.copy().map(c -> " AS " + c.row()).orElse("")
                + " WHERE ("
                + backfill.where()
                + ") AND 1 = 0",
            0);
        return true;
      } catch (StepFailed gone) {
        return false;
      }
    }
    return step.doneWhen()
        .map(questions::holds)
        .or(
            () ->
                step.action() instanceof Action.Ddl ddl
                    ? Obstacles.isThere(run, step, ddl.sql())
                    : Optional.empty())
        .orElse(true);
  }

  /** Returns why it stays; empty where it was taken back. */
  private static Optional<String> undo(Run run, Step step, Ledger ledger) {
    if (ledger.last(step.id()).filter(e -> e.state() == State.SKIPPED).isPresent()) {
      return ledger.last(step.id()).flatMap(Entry::message);
    }
    if (step.undo().isEmpty() || !PointOfNoReturn.leftSomething(step, ledger)) {
      note(run, run.work(), step, ledger, Outcome.of(State.UNDONE, "nothing to take back"));
      return Optional.empty();
    }
    Step back = back(step);
    try {
      if (transactional(step)) {
        new TakingBack(
                run,
                back,
                session -> note(run, session, step, ledger, Outcome.of(State.UNDONE, "aborted")))
            .run(step.undo());
      } else {
        new AloneDdl(run, back, step.undo(), false).run();
        note(run, run.work(), step, ledger, Outcome.of(State.UNDONE, "aborted"));
      }
      return Optional.empty();
    } catch (SqlFailure e) {
      if (e.failure() == Failure.ABSENT && ledger.openEnded(step.id())) {
        note(run, run.work(), step, ledger, Outcome.of(State.UNDONE, "was not there"));
        return Optional.empty();
      }
      return stays(run, step, ledger, e.said());
    } catch (StepFailed e) {
      return stays(run, step, ledger, e.why());
    }
  }

  private static Optional<String> stays(Run run, Step step, Ledger ledger, String why) {
    String shown = run.placeholders().hide(why);
    if (step.reversible() != Reversible.UNTIL_WRITTEN) {
      throw new Problem(
          Reason.STEP,
          "step "
              + step.id()
              + " ("
              + step.title()
              + ") was not taken back: "
              + shown
              + "\n  fix: put that right, then run the same command again: it goes on from here; until then the"
              + " release can only be taken back further");
    }
    note(run, run.work(), step, ledger, Outcome.of(State.SKIPPED, "stays: " + shown));
    return Optional.of(shown);
  }

  private static boolean transactional(Step step) {
    return !(step.action() instanceof Action.Ddl ddl) || ddl.transactional();
  }

  /** The step whose statements take {@code step} back, under the same settings and care. */
  private static Step back(Step step) {
    return new Step(
        step.id(),
        step.phase(),
        step.kind(),
        step.title(),
        new Action.Ddl(step.undo(), transactional(step)),
        step.session(),
        step.dependsOn(),
        step.origin(),
        step.why(),
        step.impact(),
        step.window(),
        step.estimate(),
        List.of(),
        Optional.empty(),
        List.of(),
        step.reversible());
  }

  private static void note(Run run, Session session, Step step, Ledger ledger, Outcome outcome) {
    long line = ledger.last(step.id()).orElseThrow().id();
    run.journal().ended(session, line, outcome);
  }
}
