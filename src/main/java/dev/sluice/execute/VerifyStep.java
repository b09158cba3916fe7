package dev.sluice.execute;

import dev.sluice.database.Row;
import dev.sluice.plan.Action.Verify;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks until all answers are as expected, or patience is over. */
final class VerifyStep {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final int SAMPLES = 5;

  private final Run run;
  private final Step step;
  private final Verify verify;
  private final Questions questions;

  VerifyStep(Run run, Step step, Verify verify) {
    this.run = run;
    this.step = step;
    this.verify = verify;
    this.questions = new Questions(run, step);
  }

  StepReport run() {
    long started = System.nanoTime();
    boolean told = false;
    for (int tries = 1; ; tries++) {
      Optional<Condition> open =
          verify.conditions().stream().filter(c -> !questions.holds(c)).findFirst();
      Duration spent = Duration.ofNanos(System.nanoTime() - started);
      if (open.isEmpty()) {
        return new StepReport(step.id(), tries, spent, Optional.empty(), List.of());
      }
      if (spent.compareTo(verify.patience()) >= 0) {
        throw failed(open.get());
      }
      if (!told) {
        told = true;
        run.tell(
            new Progress.Waiting(
                step,
                "asks for up to "
                    + verify.patience().toSeconds()
                    + " s until the answer is "
                    + open.get().expect()
                    + ": "
                    + open.get().sql()));
      }
      run.stop().sleep(POLL);
    }
  }

  private StepFailed failed(Condition open) {
    String answer = questions.answer(open).orElse("nothing");
    String samples =
        verify
            .samples()
            .map(sql -> questions.samples(sql, SAMPLES))
            .filter(rows -> !rows.isEmpty())
            .map(rows -> rows.stream().map(Row::toString).collect(Collectors.joining("; ")))
            .map(rows -> "\n  such as: " + rows + "\n  see them: " + verify.samples().orElse(""))
            .orElse("");
    return new StepFailed(
        "the answer is "
            + answer
            + ", expected "
            + open.expect()
            + samples
            + "\n  asked: "
            + open.sql()
            + "\n  fix: put the rows right, then run the same command again; what is done is not"
            + " repeated");
  }
}
