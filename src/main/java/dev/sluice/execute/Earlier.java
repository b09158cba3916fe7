package dev.sluice.execute;

import dev.sluice.journal.Entry;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;

/** What an aborted release did, and an abort could not take back: it is not done twice. */
final class Earlier {

  private final Run run;

  Earlier(Run run) {
    this.run = run;
  }

  /** The aborted release whose work of this step is still there; empty where none left any. */
  Optional<JournaledRelease> left(Step step) {
    return step.remembered() ? aborted(step).map(Work::release) : Optional.empty();
  }

  /**
   * The last line of what changes each row once, in an aborted release: the rows up to there are
   * changed. Empty where none was.
   */
  Optional<Entry> reached(Step step) {
    return step.action() instanceof Action.Backfill backfill && backfill.once()
        ? aborted(step).map(Work::last)
        : Optional.empty();
  }

  private record Work(JournaledRelease release, Entry last) {}

  private Optional<Work> aborted(Step step) {
    List<JournaledRelease> before = run.journal().before(run.work(), run.release()).toList();
    for (JournaledRelease release : before) {
      Optional<Step> same = same(step, release.plan());
      if (same.isPresent()) {
        if (release.state() != JournaledRelease.State.ABORTED) {
          return Optional.empty();
        }
        Optional<Entry> stayed =
            run.journal()
                .ledger(run.work(), release.id())
                .last(same.get().id())
                .filter(e -> e.state() == Entry.State.SKIPPED);
        if (stayed.isPresent()) {
          return stayed.map(e -> new Work(release, e));
        }
      }
    }
    return Optional.empty();
  }

  /** The same statements of the same file: its number may be another one. */
  private static Optional<Step> same(Step step, Plan plan) {
    return plan.steps().stream()
        .filter(s -> s.action().equals(step.action()))
        .filter(s -> s.origin().map(Step.Origin::file).equals(step.origin().map(Step.Origin::file)))
        .findFirst();
  }
}
