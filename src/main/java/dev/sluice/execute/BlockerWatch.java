package dev.sluice.execute;

import dev.sluice.database.Activity;
import dev.sluice.plan.Step;
import java.util.List;

/** Sees, while a statement waits, whom it waits for. */
final class BlockerWatch implements Runnable {

  private final Run run;
  private final Step step;
  private final long backend;
  private volatile List<Activity> last = List.of();
  private volatile long lastBlocked;
  private List<Long> told = List.of();

  BlockerWatch(Run run, Step step, long backend) {
    this.run = run;
    this.step = step;
    this.backend = backend;
  }

  @Override
  public void run() {
    List<Activity> now = run.look(s -> Activity.waitedFor(s, backend)).orElse(List.of());
    if (now.isEmpty()) {
      return;
    }
    last = now;
    lastBlocked = System.nanoTime();
    List<Long> backends = now.stream().map(Activity::backend).toList();
    if (!backends.equals(told)) {
      told = backends;
      run.tell(new Progress.Blocked(step, now));
    }
  }

  /** Those seen last; empty where nobody was seen. */
  List<Activity> blockers() {
    return last;
  }

  /** When somebody was last seen in the way, as {@code System.nanoTime()}; 0 where nobody was. */
  long lastBlocked() {
    return lastBlocked;
  }
}
