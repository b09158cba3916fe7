package dev.sluice.report;

import dev.sluice.execute.Abort;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Entry.State;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.report.Status.Progress;
import java.time.Duration;
import java.util.List;

/** {@code status} for people: what is done, what runs, what is next. */
public final class StatusText {
  private final Status status;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  private StatusText(Status status, Style style) {
    this.status = status;
    this.style = style;
  }

  public static String of(Status status, Style style) {
    return new StatusText(status, style).write();
  }

  private String write() {
    JournaledRelease release = status.release();
    line(style.bold("release " + release.plan().release()) + ": " + state());
    line("  begun " + release.started() + " by " + release.who());
    release.ended().ifPresent(ended -> line("  ended " + ended));
    status
        .unfinishedAbort()
        .filter(abort -> status.runner().isEmpty())
        .ifPresent(
            abort ->
                line(
                    style.red("  its abort did not come to its end: ")
                        + abort.message().orElse("it was cut off").lines().findFirst().orElse("")));
    release
        .pause()
        .ifPresent(pause -> line(style.yellow("  paused ") + pause.since() + " by " + pause.by()));
    line("  " + status.runner().map(r -> "running: " + r.inWords()).orElse("nobody runs it now"));
    for (Phase phase : Phase.values()) {
      phase(phase);
    }
    line("");
    line(next(status));
    return text.toString();
  }

  private String state() {
    JournaledRelease release = status.release();
    return switch (release.state()) {
      case OPEN ->
          status.unfinishedAbort().isEmpty()
              ? "open, in " + release.phase().id()
              : status.runner().isPresent() ? "open, being taken back" : "open, half taken back";
      case DONE -> "done";
      case ABORTED -> "aborted";
      case SUPERSEDED -> "superseded: a later release took over what it owed";
    };
  }

  private void phase(Phase phase) {
    List<Step> steps = status.steps(phase);
    if (steps.isEmpty()) {
      return;
    }
    long done = steps.stream().filter(s -> status.ledger().done(s.id())).count();
    line("");
    line(style.bold(phase.id()) + "  " + done + " of " + Words.count(steps.size(), "step"));
    int width = steps.stream().mapToInt(s -> s.id().length()).max().orElse(0);
    for (Step step : steps) {
      line(
          "  "
              + mark(status.progress(step))
              + " "
              + step.id()
              + " ".repeat(width - step.id().length())
              + "  "
              + step.title()
              + style.dim(told(step)));
      status
          .last(step)
          .filter(e -> status.progress(step) == Progress.FAILED)
          .flatMap(Entry::message)
          .ifPresent(message -> line("      " + message.lines().findFirst().orElse("")));
    }
  }

  private String mark(Progress progress) {
    return switch (progress) {
      case OPEN -> style.dim("·");
      case RUNNING -> style.cyan("→");
      case CUT_OFF, INTERRUPTED -> style.yellow("!");
      case DONE -> style.green("✓");
      case SKIPPED, UNDONE -> style.dim("-");
      case FAILED -> style.red("✗");
    };
  }

  private String told(Step step) {
    return status
        .last(step)
        .map(
            entry ->
                "  "
                    + status.progress(step).word()
                    + entry
                        .ended()
                        // What an abort notes stands with the step's beginning, long ago.
                        .filter(
                            e -> entry.state() != State.UNDONE && entry.state() != State.SKIPPED)
                        .map(
                            e -> ", " + Words.time(Duration.between(entry.started(), e).toMillis()))
                        .orElse("")
                    + entry.rows().map(rows -> ", " + Words.count(rows, "row")).orElse("")
                    + (entry.attempt() > 1 ? ", attempt " + entry.attempt() : ""))
        .orElse("");
  }

  /** What a person does now: a command, or nothing. */
  public static String next(Status status) {
    if (status.release().state() != JournaledRelease.State.OPEN) {
      return "next: nothing; a new release begins with sluice plan";
    }
    if (status.runner().isPresent() && status.unfinishedAbort().isPresent()) {
      return "next: nothing to do while it is taken back";
    }
    if (status.unfinishedAbort().isPresent()) {
      return "next: "
          + Abort.command(status.release().plan(), status.ledger())
          + ", which goes on where it was; nothing else is possible until it is through";
    }
    if (status.release().pause().isPresent()) {
      return "next: sluice resume";
    }
    if (status.runner().isPresent()) {
      return "next: nothing to do while it runs; sluice pause makes it wait";
    }
    return status
        .owed()
        .map(
            phase ->
                switch (phase) {
                  case DEBT, PRE_DEPLOY -> "next: sluice apply --phase pre-deploy";
                  case ROLLING ->
                      "next: replace every node of the application by the new version, then"
                          + " sluice apply --phase rolling --deployed";
                  case POST_DEPLOY ->
                      "next: sluice apply --phase post-deploy, once no old node is left";
                })
        .orElse("next: sluice apply --phase post-deploy, which ends the release");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
