package dev.sluice.report;

import dev.sluice.execute.Progress;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.Audience;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.release.Phase;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * A demo for who watches it: a line for whatever takes a while, and for each phase one that counts
 * its steps. On a terminal that line is written over; elsewhere one is added every few seconds.
 */
public final class DemoProgress implements Audience {

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int BAR = 24;
  private static final int TITLE = 60;
  private static final int WIDTH = 79;

  private final PrintWriter out;
  private final Style style;
  private final boolean live;
  private final Clock clock;
  private final Map<Phase, Integer> steps = new EnumMap<>(Phase.class);
  private int ended;
  private boolean open;
  private Instant shown = Instant.EPOCH;

  /**
   * @param live whether a person looks at a terminal, so that a line can be written over
   */
  public DemoProgress(PrintWriter out, Style style, boolean live, Clock clock) {
    this.out = out;
    this.style = style;
    this.live = live;
    this.clock = clock;
  }

  @Override
  public synchronized void hear(Scene scene) {
    switch (scene) {
      case Begun begun -> begin(begun.what());
      case Ended done -> end(done.what() + ": " + Words.time(done.time().toMillis()));
      case Planned planned -> planned(planned.plan());
      case PhaseBegun begun -> phase(begun.phase());
      case OfStep of -> step(of.event());
      case Checked checked -> checked(checked.check());
    }
    out.flush();
  }

  private void begin(String what) {
    if (live) {
      over(what + " …");
    }
  }

  private void planned(Plan plan) {
    plan.steps().forEach(s -> steps.merge(s.phase(), 1, Integer::sum));
    end(
        "  "
            + Words.count(plan.migrations().size(), "migration")
            + " are "
            + Words.count(plan.steps().size(), "step"));
  }

  private void phase(Phase phase) {
    ended = 0;
    end(
        style.bold(phase.id())
            + "  "
            + Words.count(steps.getOrDefault(phase, 0), "step")
            + who(phase));
  }

  private static String who(Phase phase) {
    return switch (phase) {
      case DEBT, PRE_DEPLOY -> "; the old version is at work";
      case ROLLING -> "; half of the workers change to the new version, then the rest";
      case POST_DEPLOY -> "; the new version is at work";
    };
  }

  private void step(Progress.Event event) {
    switch (event) {
      case Progress.Started started -> count(started.step(), "");
      case Progress.Moved moved -> count(moved.step(), rows(moved));
      case Progress.Done done -> ended++;
      case Progress.Passed passed -> ended++;
      case Progress.Blocked b -> {}
      case Progress.Retrying retrying -> count(retrying.step(), ": try " + (retrying.tries() + 1));
      case Progress.Waiting waiting -> count(waiting.step(), ": waits: " + waiting.why());
      case Progress.Noted noted -> end("  " + noted.step().id() + "  " + noted.text());
      case Progress.Interrupted interrupted ->
          end(style.yellow("  interrupted: ") + interrupted.step().id());
      case Progress.Failed failed ->
          end(style.red("  failed: ") + failed.step().id() + "  " + failed.why());
    }
  }

  private static String rows(Progress.Moved moved) {
    return ": "
        + Words.grouped(moved.walked())
        + moved.total().map(total -> " of about " + Words.grouped(total)).orElse("")
        + " rows";
  }

  private void count(Step step, String more) {
    int all = steps.getOrDefault(step.phase(), 0);
    String line =
        "  "
            + (live ? bar(all) : "")
            + (ended + 1)
            + "/"
            + all
            + "  "
            + step.id()
            + "  "
            + Words.oneLine(step.title(), TITLE)
            + more;
    if (live) {
      over(line);
    } else if (Duration.between(shown, clock.instant()).compareTo(EVERY) >= 0) {
      shown = clock.instant();
      end(line);
    }
  }

  private String bar(int all) {
    int full = all == 0 ? 0 : BAR * ended / all;
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
  }

  private void checked(Check check) {
    end(
        "  "
            + (check.content() ? style.green("ok") : style.red("wrong"))
            + "  "
            + check.question()
            + ": "
            + check.answer());
  }

  private void over(String line) {
    // A line that wraps cannot be written over.
    out.print("\r\u001b[K" + (line.length() < WIDTH ? line : line.substring(0, WIDTH)));
    open = true;
  }

  private void end(String line) {
    if (open) {
      out.print("\r\u001b[K");
      open = false;
    }
    out.println(line);
  }
}
