package dev.sluice.execute;

import dev.sluice.journal.Entry;
import dev.sluice.journal.JournaledRelease;
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
    if (!step.remembered()) {
      return Optional.empty();
    }
    List<JournaledRelease> before = run.journal().before(run.work(), run.release()).toList();
    for (JournaledRelease release : before) {
      Optional<Step> same = same(step, release.plan());
      if (same.isPresent()) {
        if (release.state() != JournaledRelease.State.ABORTED) {
          return Optional.empty();
        }
        if (run.journal()
            .ledger(run.work(), release.id())
            .last(same.get().id())
            .filter(e -> e.state() == Entry.State.SKIPPED)
            .isPresent()) {
          return Optional.of(release);
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
