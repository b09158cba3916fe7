package dev.sluice.report.html;

import dev.sluice.plan.Action;
import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.PhaseRun;
import dev.sluice.rehearse.Rehearsal.Span;
import dev.sluice.rehearse.Rehearsal.TimedStep;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Measured.Slice;
import dev.sluice.report.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which step ran when: a row for each migration, and one for each version of the application. */
final class StepTimeline {

  private final Html html;
  private final Rehearsal.Run run;
  private final Axis axis;

  StepTimeline(Html html, Rehearsal.Run run) {
    this.html = html;
    this.run = run;
    this.axis = Axis.of(run.span());
  }

  void write() {
    html.open("figure", "class", "timeline");
    html.open("div", "class", "row phases");
    html.element("span", "", "class", "name").open("div", "class", "track");
    for (PhaseRun phase : run.phases()) {
      html.open("div", "class", "band " + phase.phase().id(), "style", axis.style(phase.span()));
      html.element("span", phase.phase().id()).close();
    }
    html.close().close();
    version("old version", "old", run.versions().old());
    version("new version", "new", run.versions().renewed());
    rows().forEach(this::row);
    html.close();
  }

  private void version(String name, String kind, ApplicationRun version) {
    Optional<Span> working = working(version.measured());
    html.open("div", "class", "row");
    html.element("span", name, "class", "name").open("div", "class", "track");
    bands();
    working.ifPresent(
        span ->
            html.open(
                    "div",
                    "class",
                    "bar " + kind,
                    "style",
                    axis.style(span),
                    "title",
                    name + ": " + Words.time(span.time().toMillis()))
                .close());
    html.close().close();
  }

  /** From its first statement to its last. */
  private static Optional<Span> working(Measured measured) {
    List<Slice> slices = measured.slices();
    return slices.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Span(slices.getFirst().begins(), slices.getLast().begins().plus(Measured.SLICE)));
  }

  private Map<String, List<TimedStep>> rows() {
    Map<String, List<TimedStep>> rows = new LinkedHashMap<>();
    run.steps().stream()
        .filter(step -> !(step.step().action() instanceof Action.Deploy))
        .filter(step -> !(step.step().action() instanceof Action.RecordHistory))
        .sorted(Comparator.comparing(StepTimeline::order))
        .forEach(step -> rows.computeIfAbsent(name(step), n -> new ArrayList<>()).add(step));
    return rows;
  }

  private static String name(TimedStep step) {
    return step.step()
        .origin()
        .map(origin -> origin.file().replaceFirst(".*/", "").replaceFirst("\\.sql$", ""))
        .orElse("the release");
  }

  /** As Flyway would run them: by version, then the repeatable ones. */
  private static String order(TimedStep step) {
    String id = step.step().id();
    int dot = id.lastIndexOf('.');
    String migration = dot < 0 ? id : id.substring(0, dot);
    return migration.matches("\\d+") ? "%09d".formatted(Long.parseLong(migration)) : migration;
  }

  private void row(String name, List<TimedStep> steps) {
    html.open("div", "class", "row");
    html.element("span", name, "class", "name").open("div", "class", "track");
    bands();
    for (TimedStep step : steps) {
      String what =
          step.step().id()
              + " "
              + step.step().title()
              + ": "
              + Words.time(step.report().time().toMillis());
      html.open(
              "a",
              "class",
              "bar " + step.step().action().id(),
              "style",
              axis.style(step.span()),
              "href",
              "#" + StepTable.anchor(step),
              "title",
              what)
          .element("span", what, "class", "unseen")
          .close();
    }
    html.close().close();
  }

  private void bands() {
    for (PhaseRun phase : run.phases()) {
      html.open("div", "class", "band " + phase.phase().id(), "style", axis.style(phase.span()))
          .close();
    }
  }
}
