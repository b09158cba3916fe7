package dev.sluice.execute;

import dev.sluice.database.RunnerLock;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.execute.Report.Ending;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.Ledger;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs a plan, or a phase of one. Each step is done once: what is done already is passed over, what
 * was cut off is decided by its probe. Running a finished plan again changes nothing.
 */
public final class Executor {

  private final Environment environment;

  public Executor(Environment environment) {
    this.environment = environment;
  }

  /**
   * Runs the steps of {@code phases} that are not done yet, in the plan's order. What an earlier
   * release owes belongs to {@code PRE_DEPLOY}.
   *
   * @return what became of them; a step that failed, a gate that stayed closed and a person's wish
   *     to stop are in the report
   * @throws Problem where nothing was begun: plan, files, server or history do not fit, or somebody
   *     else is running
   */
  public Report run(Plan plan, Set<Phase> phases) {
    try {
      Preflight preflight = new Preflight(plan, environment.ports());
      preflight.planAndServer(environment.database());
      if (plan.steps().isEmpty()) {
        return nothingToDo(plan);
      }
      preflight.files();
      Placeholders placeholders = Placeholders.of(plan, environment.placeholders());
      try (RunnerLock lock = RunnerLock.take(environment.database());
          Run run = new Run(environment, lock, plan, placeholders)) {
        run.awaitEarlierWork();
        return run(run, preflight, withDebt(phases));
      }
    } catch (SqlFailure e) {
      throw Releases.refused(environment, e);
    } finally {
      environment.stop().restoreInterrupt();
    }
  }

  /**
   * Runs what the open release still owes in {@code phases}: the plan stands in the journal. Where
   * the last one is done, and no file is pending, there is nothing to do: a release without
   * post-deploy steps ends before the pipeline comes to that phase.
   *
   * @throws Problem where no release is open, and one is owed
   */
  public Report run(Set<Phase> phases) {
    Optional<JournaledRelease> last = Releases.last(environment);
    if (last.filter(r -> r.state() == JournaledRelease.State.OPEN).isPresent()) {
      return run(last.get().plan(), phases);
    }
    List<String> pending = environment.ports().history().pending();
    if (last.filter(r -> r.state() == JournaledRelease.State.DONE).isPresent()
        && pending.isEmpty()) {
      return nothingToDo(last.get().plan());
    }
    throw Releases.noneOpen(
        environment,
        pending.isEmpty() ? "" : ", and these are pending: " + String.join(", ", pending),
        "begin one with `sluice apply PLAN --phase pre-deploy`; `sluice status` shows what was last");
  }

  private static Set<Phase> withDebt(Set<Phase> phases) {
    EnumSet<Phase> all = EnumSet.noneOf(Phase.class);
    all.addAll(phases);
    if (all.contains(Phase.PRE_DEPLOY)) {
      all.add(Phase.DEBT);
    }
    return all;
  }

  private Report run(Run run, Preflight preflight, Set<Phase> phases) {
    Releases releases = new Releases(run, environment.who());
    Optional<JournaledRelease> known = releases.known();
    if (known.filter(r -> r.state() == JournaledRelease.State.DONE).isPresent()) {
      return nothingToDo(run.plan());
    }
    Ledger before =
        known
            .filter(r -> r.state() == JournaledRelease.State.OPEN)
            .map(r -> run.journal().ledger(run.work(), r.id()))
            .orElse(new Ledger(List.of()));
    Releases.refuseHalfAborted(run.plan(), before);
    refuseLeap(run.plan(), before, phases);
    preflight.history(before);
    run.begin(releases.begin());
    return steps(run, phases);
  }

  private static Report nothingToDo(Plan plan) {
    return new Report(plan.release(), Ending.NOTHING_TO_DO, Optional.empty(), List.of());
  }

  private static List<Step> ordered(Plan plan) {
    return plan.steps().stream().sorted(Comparator.comparing(Step::phase)).toList();
  }

  /** No phase begins while one before it still owes something: the first such is named. */
  private static void refuseLeap(Plan plan, Ledger ledger, Set<Phase> phases) {
    List<Step> owed = ordered(plan).stream().filter(s -> !ledger.done(s.id())).toList();
    List<Phase> wanted = owed.stream().map(Step::phase).filter(phases::contains).toList();
    if (wanted.isEmpty() || phases.contains(owed.getFirst().phase())) {
      return;
    }
    Step first = owed.getFirst();
    throw new Problem(
        Reason.GATE,
        "step "
            + first.id()
            + " ("
            + first.title()
            + ") of "
            + first.phase().id()
            + " is not done; what comes after it needs it; nothing was changed\n  fix: first run "
            + owed.stream()
                .map(Step::phase)
                .filter(phase -> phase.compareTo(wanted.getFirst()) < 0)
                .map(phase -> command(phase, ledger))
                .distinct()
                .collect(Collectors.joining(", then ")));
  }

  private static String command(Phase phase, Ledger ledger) {
    String plan = ledger.entries().isEmpty() ? "PLAN " : "";
    return switch (phase) {
      case DEBT, PRE_DEPLOY -> "`sluice apply " + plan + "--phase pre-deploy`";
      case ROLLING ->
          "`sluice apply --phase rolling --deployed` when every node runs the new version";
      case POST_DEPLOY -> "`sluice apply --phase post-deploy`";
    };
  }

  private Report steps(Run run, Set<Phase> phases) {
    List<StepReport> reports = new ArrayList<>();
    PointOfNoReturn point = new PointOfNoReturn(run);
    Pauses pauses = new Pauses(run);
    Optional<Phase> entered = Optional.empty();
    Ledger before = run.ledger();
    try {
      for (Step step : ordered(run.plan())) {
        if (phases.contains(step.phase())) {
          if (!before.done(step.id()) && !entered.equals(Optional.of(step.phase()))) {
            entered = Optional.of(step.phase());
            run.journal().enter(run.work(), run.release(), step.phase());
          }
          pauses.hold(step);
          run.ensureLock();
          point.ask(step);
          reports.add(new StepRunner(run, step).run());
        }
      }
      endIfAllDone(run);
      return report(run, changed(reports) ? Ending.FINISHED : Ending.NOTHING_TO_DO, reports);
    } catch (Stopped e) {
      return report(run, Ending.STOPPED, reports);
    } catch (Problem e) {
      return new Report(run.plan().release(), Ending.ENDED_EARLY, Optional.of(e), reports);
    } catch (SqlFailure e) {
      return new Report(
          run.plan().release(),
          Ending.ENDED_EARLY,
          Optional.of(Releases.refused(environment, e)),
          reports);
    }
  }

  private static boolean changed(List<StepReport> reports) {
    return reports.stream().anyMatch(r -> r.attempts() > 0);
  }

  private static Report report(Run run, Ending ending, List<StepReport> reports) {
    return new Report(run.plan().release(), ending, Optional.empty(), reports);
  }

  private static void endIfAllDone(Run run) {
    Ledger ledger = run.ledger();
    if (run.plan().steps().stream().allMatch(s -> ledger.done(s.id()))) {
      run.journal().end(run.work(), run.release(), JournaledRelease.State.DONE);
    }
  }
}
