package dev.sluice.report.html;

import dev.sluice.plan.Action;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Rehearsal.PhaseRun;
import dev.sluice.rehearse.Rehearsal.TimedStep;
import dev.sluice.release.Phase;
import dev.sluice.report.LockWords;
import dev.sluice.report.LockWords.Strongest;
import dev.sluice.report.StepSql;
import dev.sluice.report.Words;
import java.util.List;
import java.util.Optional;

/** Every step: what it did, what it locked, how long it took. Its SQL is folded away. */
final class StepTable {

  private static final int LINE = 90;

  private final Html html;
  private final Rehearsal.Run run;

  StepTable(Html html, Rehearsal.Run run) {
    this.html = html;
    this.run = run;
  }

  /** Where a step stands on the page. */
  static String anchor(TimedStep step) {
    return "step-" + step.step().id().replaceAll("[^A-Za-z0-9.-]", "-");
  }

  void write() {
    for (Phase phase : Phase.values()) {
      List<TimedStep> steps = run.steps().stream().filter(s -> s.step().phase() == phase).toList();
      if (!steps.isEmpty()) {
        phase(phase, steps);
      }
    }
  }

  private void phase(Phase phase, List<TimedStep> steps) {
    html.open("h3").text(phase.id() + " ");
    took(phase).ifPresent(time -> html.element("small", time));
    html.close();
    html.open("div", "class", "cards").open("table");
    html.open("thead").open("tr");
    for (String title : List.of("Step", "What it does", "Strongest lock")) {
      html.element("th", title, "scope", "col");
    }
    for (String title : List.of("Time", "Tries", "Rows")) {
      html.element("th", title, "scope", "col", "class", "number");
    }
    html.close().close().open("tbody");
    steps.stream().filter(step -> !isRecord(step)).forEach(this::row);
    List<TimedStep> records = steps.stream().filter(StepTable::isRecord).toList();
    if (!records.isEmpty()) {
      records(records);
    }
    html.close().close().close();
  }

  private static boolean isRecord(TimedStep step) {
    return step.step().action() instanceof Action.RecordHistory;
  }

  /** One row for all of them: they are alike, and lock nothing that an application uses. */
  private void records(List<TimedStep> records) {
    html.open("tr");
    html.element("td", "", "data-label", "Step");
    html.open("td", "class", "wide").open("details");
    html.element("summary", "Flyway's history gets " + Words.count(records.size(), "row"));
    html.open("ul", "class", "plain");
    for (TimedStep record : records) {
      html.open("li", "id", anchor(record)).element("code", record.step().id());
      html.text(" " + record.step().title() + ", " + time(record)).close();
    }
    html.close().close().close();
    html.open("td", "data-label", "Strongest lock").element("span", "none", "class", "dim").close();
    number("Time", Words.time(records.stream().mapToLong(r -> r.report().time().toMillis()).sum()));
    number(
        "Tries",
        String.valueOf(records.stream().mapToInt(r -> r.report().attempts()).max().orElse(0)));
    number("Rows", "–");
    html.close();
  }

  private static String time(TimedStep step) {
    return Words.time(step.report().time().toMillis());
  }

  private Optional<String> took(Phase phase) {
    return run.phases().stream()
        .filter(p -> p.phase() == phase)
        .map(PhaseRun::span)
        .map(span -> Words.time(span.time().toMillis()))
        .findFirst();
  }

  private void row(TimedStep step) {
    html.open("tr", "id", anchor(step));
    html.open("td", "data-label", "Step").element("code", step.step().id()).close();
    html.open("td", "class", "wide");
    text(step.step());
    html.close();
    html.open("td", "data-label", "Strongest lock");
    LockWords.strongest(step)
        .ifPresentOrElse(this::lock, () -> html.element("span", "none", "class", "dim"));
    html.close();
    number("Time", time(step));
    number("Tries", String.valueOf(step.report().attempts()));
    number("Rows", step.report().rows().map(Words::grouped).orElse("–"));
    html.close();
  }

  private void number(String label, String text) {
    html.element("td", text, "class", "number", "data-label", label);
  }

  private void lock(Strongest lock) {
    String strength =
        lock.mode().blocksReads() ? "strong" : lock.mode().blocksWrites() ? "medium" : "weak";
    html.open("span").element("b", lock.mode().text(), "class", "lock " + strength);
    html.text(" on ").element("code", lock.relation()).close();
    html.element(
        "small",
        lock.mode().inWords()
            + lock.millis()
                .map(millis -> millis < 1 ? ", below 1 ms" : ", " + Words.time(millis) + " at most")
                .orElse(""),
        "class",
        "dim block");
  }

  private void text(Step step) {
    html.open("details");
    html.open("summary").text(step.title());
    firstLine(step.action()).ifPresent(line -> html.element("code", line));
    html.close();
    html.element("p", step.why(), "class", "dim");
    step.origin()
        .ifPresent(
            origin ->
                html.element(
                    "p", "from " + origin.file() + ", line " + origin.line(), "class", "dim"));
    html.element("pre", String.join("\n\n", StepSql.of(step)));
    html.close();
  }

  /** What tells a change apart whose title only names its object. */
  private static Optional<String> firstLine(Action action) {
    return switch (action) {
      case Action.Ddl ddl -> Optional.of(Words.oneLine(ddl.sql().getFirst(), LINE));
      case Action.Backfill backfill ->
          Optional.of(Words.oneLine(StepSql.of(backfill).getFirst(), LINE));
      case Action.Verify v -> Optional.empty();
      case Action.Deploy d -> Optional.empty();
      case Action.RecordHistory r -> Optional.empty();
      case Action.Manual m -> Optional.empty();
    };
  }
}
