package dev.sluice.execute;

import dev.sluice.journal.Ledger;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;

/** Asks a person, once, before the first step that cannot be taken back. */
final class PointOfNoReturn {

  private final Run run;
  private boolean passed;
  private boolean owedPassed;

  PointOfNoReturn(Run run) {
    this.run = run;
  }

  /** Whether the step is the plan's point of no return, or lies behind it. */
  static boolean isAtOrBehind(Plan plan, Step step) {
    return step.reversible() == Reversible.NO
        || plan.pointOfNoReturn()
            .filter(point -> index(plan, step.id()) >= index(plan, point))
            .isPresent();
  }

  private static int index(Plan plan, String id) {
    for (int i = 0; i < plan.steps().size(); i++) {
      if (plan.steps().get(i).id().equals(id)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the plan has no step " + id);
  }

  /**
   * Whether a step at it or behind it has done something. What an older release owed is that one's,
   * and keeps nobody from taking this one back.
   */
  static boolean isPassed(Plan plan, Ledger ledger) {
    return plan.steps().stream()
        .filter(s -> s.phase() != Phase.DEBT)
        .anyMatch(s -> isAtOrBehind(plan, s) && leftSomething(s, ledger));
  }

  /**
   * Whether something of the step is there, or may be. A transaction that was cut off left nothing;
   * a statement by itself, or a batch, may have.
   */
  static boolean leftSomething(Step step, Ledger ledger) {
    boolean inOneTransaction = step.action() instanceof Action.Ddl ddl && ddl.transactional();
    return ledger.done(step.id()) || (ledger.openEnded(step.id()) && !inOneTransaction);
  }

  void ask(Step step) {
    boolean owed = step.phase() == Phase.DEBT;
    if ((owed ? owedPassed : passed) || !isAtOrBehind(run.plan(), step)) {
      return;
    }
    Ledger ledger = run.ledger();
    if (ledger.done(step.id())) {
      return;
    }
    if (!run.ports().confirmation().proceed(run.plan(), step)) {
      throw new Problem(
          Reason.GATE,
          "step "
              + step.id()
              + " ("
              + step.title()
              + ") not started: nothing from here on can be taken back without loss, and nobody"
              + " confirmed it\n  fix: run the same command again and say yes, or with --yes");
    }
    owedPassed |= owed;
    passed |= !owed;
  }
}
