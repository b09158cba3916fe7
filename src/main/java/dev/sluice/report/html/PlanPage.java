package dev.sluice.report.html;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import dev.sluice.report.ImpactWords;
import dev.sluice.report.PlanWords;
import dev.sluice.report.StepSql;
import dev.sluice.report.Words;
import java.util.List;
import java.util.function.Consumer;

/** A plan for who decides whether it may run: one page that needs nothing but itself. */
public final class PlanPage {

  private final Plan plan;
  private final Html html = new Html();

  /** Whether the step at hand is the point of no return, or behind it. */
  private boolean passed;

  private PlanPage(Plan plan) {
    this.plan = plan;
  }

  public static String of(Plan plan) {
    return new PlanPage(plan).write();
  }

  private String write() {
    Page.open(html, "Sluice: plan of " + plan.release());
    headline();
    obstacles();
    if (!plan.steps().isEmpty()) {
      html.open("section").element("h2", "What runs when");
      new PlanTimeline(html, plan).write();
      html.close();
      html.open("section").element("h2", "Every step");
      for (Phase phase : Phase.values()) {
        phase(phase, plan.steps().stream().filter(s -> s.phase() == phase).toList());
      }
      html.close();
    }
    notes();
    return Page.close(html);
  }

  private void headline() {
    html.open("header", "class", plan.runnable() ? "good" : "bad");
    html.element("p", "Release " + plan.release() + " " + PlanWords.about(plan), "class", "over");
    html.element("h1", title());
    html.element("p", PlanWords.summary(plan));
    if (!plan.debt().isEmpty()) {
      html.element(
          "p", "Still owed by " + String.join(", ", plan.debt()) + ": those steps come first");
    }
    html.element("p", plan.fingerprint(), "class", "dim small mono");
    html.close();
  }

  private String title() {
    return !plan.runnable()
        ? "A decision is missing"
        : plan.steps().isEmpty() ? "Nothing is pending" : "Ready to run";
  }

  private void obstacles() {
    if (plan.runnable()) {
      return;
    }
    html.open("section").element("h2", "What stands in the way");
    for (Plan.Conflict conflict : plan.conflicts()) {
      obstacle("conflict", conflict.why(), conflict.statements(), "Ways out", conflict.waysOut());
    }
    for (Plan.DirectiveNeeded needed : plan.directivesNeeded()) {
      obstacle(
          "directive needed", needed.why(), List.of(needed.place()), "Choices", needed.choices());
    }
    html.close();
  }

  private void obstacle(
      String what, String why, List<Plan.Place> places, String offered, List<String> ways) {
    html.open("article", "class", "tile bad");
    html.open("p").element("b", what + ": ", "class", "bad").text(why).close();
    for (Plan.Place place : places) {
      html.element("p", PlanWords.of(place), "class", "dim small");
      html.element("pre", place.sql().strip());
    }
    html.element("p", offered + ":").open("ul");
    ways.forEach(way -> html.element("li", way));
    html.close().close();
  }

  private void phase(Phase phase, List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    html.open("h3").text(phase.id() + " ");
    html.element("small", Words.count(steps.size(), "step")).close();
    html.open("div", "class", "cards").open("table").open("thead").open("tr");
    for (String title : List.of("Step", "What it does", "Strongest lock", "Window", "Estimate")) {
      html.element("th", title, "scope", "col");
    }
    html.close().close().open("tbody");
    steps.forEach(this::row);
    html.close().close().close();
  }

  private void row(Step step) {
    if (plan.pointOfNoReturn().filter(step.id()::equals).isPresent()) {
      passed = true;
      html.open("tr", "class", "point");
      html.element("td", PlanWords.POINT_OF_NO_RETURN, "colspan", "5").close();
    }
    html.open("tr", "id", PlanTimeline.anchor(step));
    html.open("td", "data-label", "Step").element("code", step.id()).close();
    html.open("td", "class", "wide");
    text(step);
    html.close();
    html.open("td", "data-label", "Strongest lock");
    PlanTimeline.strongest(step)
        .ifPresentOrElse(
            mode -> {
              html.element("b", mode.text(), "class", "lock " + PlanTimeline.strength(step));
              boolean brief = PlanTimeline.strength(step).equals("brief");
              html.element(
                  "small",
                  mode.inWords() + (brief ? ", for an instant" : ""),
                  "class",
                  "dim block");
            },
            () -> html.element("span", "none", "class", "dim"));
    html.close();
    cell("Window", step.window() == Window.NONE ? "" : step.window().id());
    cell("Estimate", step.estimate().map(PlanWords::of).orElse(""));
    html.close();
  }

  private void cell(String label, String text) {
    html.element(
        "td",
        text.isEmpty() ? "–" : text,
        "data-label",
        label,
        "class",
        text.isEmpty() ? "number nothing" : "number");
  }

  private void text(Step step) {
    html.open("details").open("summary").text(step.title() + " ");
    html.element("small", step.kind().id(), "class", "dim").close();
    said("why", step.why());
    step.origin().ifPresent(o -> said("from", o.file() + ":" + o.line() + ":" + o.column()));
    said("lock", ImpactWords.of(step.impact()));
    if (step.window() != Window.NONE) {
      said("window", PlanWords.of(step.window()));
    }
    html.element("pre", String.join("\n\n", StepSql.of(step)));
    section("before it runs", step.conditions(), c -> html.element("pre", StepSql.of(c)));
    PlanWords.undo(step, passed).ifPresent(how -> said("undo", how));
    if (!step.dependsOn().isEmpty()) {
      said("needs", String.join(", ", step.dependsOn()));
    }
    html.close();
  }

  private <T> void section(String name, List<T> all, Consumer<T> each) {
    if (!all.isEmpty()) {
      said(name, "");
      all.forEach(each);
    }
  }

  private void said(String name, String text) {
    html.open("p", "class", "small").element("span", name + ": ", "class", "dim").text(text);
    html.close();
  }

  private void notes() {
    if (plan.notes().isEmpty()) {
      return;
    }
    html.open("section").element("h2", "What to know before");
    html.open("ul");
    for (Plan.Note note : plan.notes()) {
      html.open("li").text(note.text() + " ");
      html.element("small", PlanWords.of(note.place()), "class", "dim").close();
    }
    html.close().close();
  }
}
