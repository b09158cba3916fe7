package dev.sluice.execute;

import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.plan.Step;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The statements that take a step back, in as few transactions as they may be. A constraint that is
 * put back is there for new rows when its transaction ends; the rows that are there are read in the
 * next one, while everybody works. Where one of them breaks it, it goes again, and stays away.
 */
final class TakingBack {

  private final Run run;
  private final Step step;
  private final Consumer<Session> note;

  /**
   * @param step whose statements are to run
   * @param note writes the journal's line on the session that it is given, with the last of them
   */
  TakingBack(Run run, Step step, Consumer<Session> note) {
    this.run = run;
    this.step = step;
    this.note = note;
  }

  void run(List<String> undo) {
    List<String> open = new ArrayList<>();
    for (String sql : undo) {
      Optional<String> withdrawal = run.server().withdrawal(sql);
      if (withdrawal.isEmpty()) {
        open.add(sql);
        continue;
      }
      // An abort that ended between the two left it there.
      open.addFirst(withdrawal.get());
      inTransaction(step, open, session -> {});
      open.clear();
      try {
        inTransaction(validating(), List.of(sql), session -> {});
      } catch (SqlFailure | StepFailed e) {
        inTransaction(step, List.of(withdrawal.get()), session -> {});
        throw e;
      }
    }
    inTransaction(step, open, note);
  }

  private void inTransaction(Step some, List<String> sql, Consumer<Session> done) {
    new TransactionalDdl(run, some, sql, done).run();
  }

  /** It reads every row under a lock that neither readers nor writers wait for. */
  private Step validating() {
    List<Impact.Lock> locks =
        step.impact().locks().stream()
            .map(l -> new Impact.Lock(l.relation(), LockMode.SHARE_UPDATE_EXCLUSIVE))
            .toList();
    return new Step(
        step.id(),
        step.phase(),
        step.kind(),
        step.title(),
        step.action(),
        step.session(),
        step.dependsOn(),
        step.origin(),
        step.why(),
        new Impact(locks, Work.SCAN, Optional.empty(), true),
        step.window(),
        step.estimate(),
        step.conditions(),
        step.doneWhen(),
        step.undo(),
        step.reversible());
  }
}
