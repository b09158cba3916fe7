package dev.sluice.report;

import dev.sluice.database.Activity;
import dev.sluice.execute.Progress;
import dev.sluice.execute.StepReport;
import dev.sluice.plan.Step;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * What a run is at, line by line: a step's line begins when it begins and ends when it ends. A
 * backfill moves a bar on a terminal, and adds a line every few seconds elsewhere.
 */
public final class ApplyProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int BAR = 24;

  private final PrintWriter out;
  private final Style style;
  private final boolean live;
  private final Clock clock;
  private boolean open;
  private Instant moved = Instant.EPOCH;

  /**
   * @param live whether a person looks at a terminal, so that a line can be written over
   */
  public ApplyProgress(PrintWriter out, Style style, boolean live, Clock clock) {
    this.out = out;
    this.style = style;
    this.live = live;
    this.clock = clock;
  }

  @Override
  public synchronized void report(Event event) {
    switch (event) {
      case Started started -> begin(started);
      case Passed passed -> end(passed.step(), style.dim("passed over: " + passed.why()));
      case Blocked blocked ->
          aside(
              "waits for "
                  + blocked.blockers().stream()
                      .map(Activity::inWords)
                      .collect(Collectors.joining("; ")));
      case Retrying retrying ->
          aside(
              "try "
                  + retrying.tries()
                  + " in vain: "
                  + retrying.why()
                  + "; again in "
                  + Words.time(retrying.pause().toMillis()));
      case Moved now -> move(now);
      case Waiting waiting -> aside("waits: " + waiting.why());
      case Noted noted -> aside(noted.text());
      case Done done -> end(done.step(), style.green("done") + what(done.report()));
      case Interrupted interrupted -> end(interrupted.step(), style.yellow("interrupted"));
      case Failed failed -> end(failed.step(), style.red("failed: ") + failed.why());
    }
    out.flush();
  }

  private void begin(Started started) {
    closeLine();
    out.print(
        head(started.step())
            + (started.attempt() > 1 ? " (attempt " + started.attempt() + ")" : "")
            + " … ");
    open = true;
    moved = clock.instant();
  }

  private static String what(StepReport report) {
    return ", "
        + Words.time(report.time().toMillis())
        + report.rows().map(rows -> ", " + Words.count(rows, "row")).orElse("")
        + (report.attempts() > 1 ? ", " + report.attempts() + " tries" : "");
  }

  private void move(Moved now) {
    String line =
        head(now.step())
            + "  "
            + now.total()
                .filter(total -> total > 0)
                .map(total -> bar(now.walked(), total))
                .orElse("")
            + Words.count(now.walked(), "row")
            + now.total().map(total -> " of about " + total).orElse("")
            + ", "
            + now.rowsPerSecond()
            + " rows/s"
            + now.remaining().map(left -> ", " + Words.time(left.toMillis()) + " left").orElse("");
    if (live) {
      out.print("\r\u001b[K" + line + " ");
      open = true;
    } else if (Duration.between(moved, clock.instant()).compareTo(EVERY) >= 0) {
      moved = clock.instant();
      closeLine();
      out.println(line);
    }
  }

  private static String bar(long walked, long total) {
    int percent = (int) Math.min(100, 100 * walked / total);
    int full = BAR * percent / 100;
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + percent + " %  ";
  }

  private void aside(String text) {
    closeLine();
    out.println("      " + text);
  }

  private void end(Step step, String text) {
    if (open && live) {
      out.print("\r\u001b[K");
    }
    out.println((open && !live ? "" : head(step) + " … ") + text);
    open = false;
  }

  private void closeLine() {
    if (open) {
      out.println();
      open = false;
    }
  }

  private String head(Step step) {
    return style.bold(step.id()) + "  " + step.title();
  }
}
