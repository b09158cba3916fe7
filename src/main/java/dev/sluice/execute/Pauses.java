package dev.sluice.execute;

import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.Optional;

/** Waits while somebody wants the release to wait, and sees to it that we are still the runner. */
final class Pauses {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LOCK_EVERY = Duration.ofSeconds(5);

  private final Run run;
  private long asked = System.nanoTime() - POLL.toNanos();
  private long ensured = System.nanoTime();

  Pauses(Run run) {
    this.run = run;
  }

  /** Returns at once where nobody paused the release; asks twice a second at most. */
  void hold(Step step) {
    run.stop().check();
    ensure();
    if (System.nanoTime() - asked < POLL.toNanos()) {
      return;
    }
    boolean told = false;
    while (true) {
      Optional<String> by = run.journal().pausedBy(run.work(), run.release());
      asked = System.nanoTime();
      if (by.isEmpty()) {
        return;
      }
      if (!told) {
        told = true;
        run.tell(new Progress.Waiting(step, "paused by " + by.get() + "; `sluice resume` goes on"));
      }
      run.stop().sleep(POLL);
      ensure();
    }
  }

  private void ensure() {
    if (System.nanoTime() - ensured > LOCK_EVERY.toNanos()) {
      run.ensureLock();
      ensured = System.nanoTime();
    }
  }
}
