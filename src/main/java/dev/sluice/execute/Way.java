package dev.sluice.execute;

import dev.sluice.database.Activity;
import dev.sluice.plan.Step;
import dev.sluice.schema.Impact.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the way to a step's locks is free of old transactions. Standing in line behind one makes
 * everybody else stand behind us, for nothing.
 */
final class Way {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Run run;
  private final Step step;

  Way(Run run, Step step) {
    this.run = run;
    this.step = step;
  }

  /**
   * Waits until it is free.
   *
   * @throws StepFailed where it is not, when the budget is spent
   */
  void awaitFree(Tries tries) {
    List<Long> told = List.of();
    while (true) {
      List<Activity> inTheWay = inTheWay();
      if (inTheWay.isEmpty()) {
        return;
      }
      if (tries.outOfTime()) {
        throw new StepFailed(
            "older transactions held its locks for "
                + run.settings().lock().budget().toSeconds()
                + " s; nothing of it was done: "
                + names(inTheWay)
                + "\n  fix: end them, then run the same command again");
      }
      List<Long> backends = inTheWay.stream().map(Activity::backend).toList();
      if (!backends.equals(told)) {
        told = backends;
        run.tell(new Progress.Blocked(step, inTheWay));
      }
      run.stop().sleep(POLL);
    }
  }

  private List<Activity> inTheWay() {
    List<Activity> all = new ArrayList<>();
    for (Lock lock : step.impact().locks()) {
      if (lock.mode().blocksReads() || lock.mode().blocksWrites()) {
        String relation = run.server().quote(lock.relation());
        run.look(
                s ->
                    Activity.olderThan(
                        s, relation, lock.mode(), run.settings().lock().oldTransaction()))
            .ifPresent(all::addAll);
      }
    }
    return all.stream().distinct().toList();
  }

  static String names(List<Activity> activities) {
    return activities.isEmpty()
        ? "nobody was seen"
        : activities.stream().map(Activity::inWords).distinct().collect(Collectors.joining("; "));
  }
}
