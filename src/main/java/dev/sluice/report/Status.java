package dev.sluice.report;

import dev.sluice.database.RunnerLock.Holder;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.Ledger;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a release is, by the journal alone.
 *
 * @param runner who runs at this moment; empty where nobody does
 */
public record Status(JournaledRelease release, Ledger ledger, Optional<Holder> runner) {

  /** What is known of a step. */
  enum Progress {
    OPEN,
    RUNNING,
    /** Begun by somebody who runs no more: its probe decides when it is run again. */
    CUT_OFF,
    DONE,
    SKIPPED,
    FAILED,
    /** As cut off, by a person: what was running was ended, and the journal says so. */
    INTERRUPTED,
    UNDONE;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  Progress progress(Step step) {
    return ledger
        .last(step.id())
        .map(
            entry ->
                switch (entry.state()) {
                  case STARTED -> runner.isPresent() ? Progress.RUNNING : Progress.CUT_OFF;
                  case DONE -> Progress.DONE;
                  case FAILED -> Progress.FAILED;
                  case INTERRUPTED -> Progress.INTERRUPTED;
                  case SKIPPED -> Progress.SKIPPED;
                  case UNDONE -> Progress.UNDONE;
                })
        .orElse(Progress.OPEN);
  }

  /** Begun, and not at its end: what is open can only be taken back further. */
  Optional<Entry> unfinishedAbort() {
    return ledger.abort().filter(e -> release.state() == JournaledRelease.State.OPEN);
  }

  Optional<Entry> last(Step step) {
    return ledger.last(step.id());
  }

  List<Step> steps(Phase phase) {
    return release.plan().steps().stream().filter(s -> s.phase() == phase).toList();
  }

  /** The first phase with a step that is owed; empty where nothing is. */
  Optional<Phase> owed() {
    return Arrays.stream(Phase.values())
        .filter(phase -> steps(phase).stream().anyMatch(s -> !ledger.done(s.id())))
        .findFirst();
  }
}
