package dev.sluice.execute;

import dev.sluice.database.Activity;
import dev.sluice.dialect.Locking;
import dev.sluice.plan.Action;
import dev.sluice.plan.Step;
import dev.sluice.schema.Impact.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the way to a step's locks is free of old transactions. Standing in line behind one makes
 * everybody else stand behind us, for nothing.
 */
final class Way {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Run run;
  private final Step step;
  private final List<Lock> locks;
  private List<Long> told = List.of();
  private List<Activity> last = List.of();
  private boolean certain = true;

  Way(Run run, Step step) {
    this.run = run;
    this.step = step;
    boolean alone = step.action() instanceof Action.Ddl ddl && !ddl.transactional();
    this.locks = run.server().locking().inLine(step.impact(), alone);
  }

  /**
   * Waits until it is free. Where the server does not tell who holds which lock, and a try need not
   * stand in line, it does not wait.
   *
   * @return whether the next try must not stand in line: somebody old may be in the way
   * @throws StepFailed where it is not free when the budget is spent
   */
  boolean awaitFree(Tries tries) {
    if (locks.isEmpty()) {
      return false;
    }
    Locking locking = run.server().locking();
    while (true) {
      certain = run.look(Activity::tellsHolders).orElse(false);
      last = inTheWay();
      if (last.isEmpty()) {
        return false;
      }
      tell();
      if (!certain && locking.triesAtOnce()) {
        return true;
      }
      if (tries.outOfTime()) {
        throw new StepFailed(
            "older transactions "
                + (certain ? "held" : "may have held")
                + " its locks for "
                + run.settings().lock().budget().toSeconds()
                + " s; nothing of it was done: "
                + names(last)
                + unsure()
                + "\n  fix: end them, then run the same command again");
      }
      run.stop().sleep(POLL);
    }
  }

  private void tell() {
    List<Long> backends = last.stream().map(Activity::backend).toList();
    if (!backends.equals(told)) {
      told = backends;
      run.tell(new Progress.Blocked(step, last));
    }
  }

  private List<Activity> inTheWay() {
    List<Activity> all = new ArrayList<>();
    for (Lock lock : locks) {
      Optional<List<Activity>> old =
          run.look(
              s ->
                  Activity.olderThan(
                      s, lock.relation(), lock.mode(), run.settings().lock().oldTransaction()));
      old.ifPresent(all::addAll);
      if (old.isEmpty() && run.isFirstUnseen()) {
        run.tell(
            new Progress.Noted(
                step,
                "who holds its locks cannot be seen, so each try stands in line for a moment; "
                    + run.server().locking().toTellHolders()
                    + " shows it"));
      }
    }
    return all.stream().distinct().toList();
  }

  /** Who was in the way while it was waited; where nobody was seen then, who was before. */
  String names(BlockerWatch watch) {
    List<Activity> blockers = watch.blockers().isEmpty() ? last : watch.blockers();
    return names(blockers) + (blockers.isEmpty() ? "" : unsure());
  }

  private String unsure() {
    return certain
        ? ""
        : "; this server does not say whose locks they are: any of these may be it ("
            + run.server().locking().toTellHolders()
            + " tells)";
  }

  static String names(List<Activity> activities) {
    return activities.isEmpty()
        ? "nobody was seen"
        : activities.stream().map(Activity::inWords).distinct().collect(Collectors.joining("; "));
  }
}
