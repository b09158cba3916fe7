package dev.sluice.rehearse;

import dev.sluice.database.Stop;
import dev.sluice.execute.Rollout;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.release.Phase;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The roll-out of a rehearsal: half of the workers first, the rest after a while. A worker ends its
 * old session before it opens one of the new version, as a node does that is deployed anew.
 */
final class HandOver implements Rollout {

  /** Longer than any statement of a workload takes that is not stuck. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final Stage stage;
  private final Load load;
  private final Pace pace;
  private final Stop stop;
  private final Consumer<Check> checks;

  /**
   * @param checks told what nodes of the new version find when they start, and whom the server
   *     knows at the end
   */
  HandOver(Stage stage, Load load, Pace pace, Stop stop, Consumer<Check> checks) {
    this.stage = stage;
    this.load = load;
    this.pace = pace;
    this.stop = stop;
    this.checks = checks;
  }

  @Override
  public Answer deploy(Plan plan, Step step) {
    return handOver();
  }

  Answer handOver() {
    load.share(0.5);
    if (!load.settle(PATIENCE)) {
      return stuck();
    }
    int ran = stage.flyway().migrate();
    checks.accept(
        new Check(
            Phase.ROLLING,
            "flyway migrate, by a node of the new version that starts",
            ran == 0,
            ran == 0 ? "nothing to run" : "it ran " + ran + " migrations"));
    stop.sleep(pace.mixed());
    load.share(1);
    if (!load.settle(PATIENCE)) {
      return stuck();
    }
    long left = awaitOldSessions();
    checks.accept(
        new Check(
            Phase.ROLLING,
            "sessions of the old version that the server knows",
            left == 0,
            String.valueOf(left)));
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
    long left = stage.oldSessions();
    while (left > 0 && System.nanoTime() < deadline) {
      stop.sleep(LOOK);
      left = stage.oldSessions();
    }
    return left;
  }
}
