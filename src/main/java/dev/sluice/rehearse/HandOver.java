package dev.sluice.rehearse;

import dev.sluice.database.Stop;
import dev.sluice.execute.Rollout;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.workload.Load;
import java.time.Duration;

/**
 * The roll-out of a rehearsal: half of the workers first, the rest after a while. A worker ends its
 * old session before it opens one of the new version, as a node does that is deployed anew.
 */
final class HandOver implements Rollout {

  /** Longer than any statement of a workload takes that is not stuck. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final Load load;
  private final Pace pace;
  private final Stop stop;
  private final Nodes nodes;

  HandOver(Load load, Pace pace, Stop stop, Nodes nodes) {
    this.load = load;
    this.pace = pace;
    this.stop = stop;
    this.nodes = nodes;
  }

  /** What there is to see of the application's nodes. */
  interface Nodes {
    /** The first ones of the new version are about to work. */
    void started();

    /** How many sessions of the old version the server knows. */
    long old();
  }

  @Override
  public Answer deploy(Plan plan, Step step) {
    return handOver();
  }

  Answer handOver() {
    nodes.started();
    load.share(0.5);
    if (!load.settle(PATIENCE)) {
      return stuck();
    }
    stop.sleep(pace.mixed());
    load.share(1);
    if (!load.settle(PATIENCE)) {
      return stuck();
    }
    long left = awaitOldSessions();
    stop.sleep(pace.after());
    return left == 0
        ? new Answer.Deployed("no session of the old version is left")
        : new Answer.Failed(left + " sessions of the old version are left");
  }

  private static Answer stuck() {
    return new Answer.Failed(
        "a worker did not come to the end of its call within " + PATIENCE.toSeconds() + " s");
  }

  /** The server notices a moment later that a client is gone. */
  private long awaitOldSessions() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long left = nodes.old();
    while (left > 0 && System.nanoTime() < deadline) {
      stop.sleep(LOOK);
      left = nodes.old();
    }
    return left;
  }
}
