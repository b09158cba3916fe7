package dev.sluice.report;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import java.util.List;

/** A plan for who decides whether it may run. */
public final class PlanText {
  private static final int WIDTH = 160;

  private final Plan plan;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  /** Whether the step at hand is the point of no return, or behind it. */
  private boolean passed;

  private PlanText(Plan plan, Style style) {
    this.plan = plan;
    this.style = style;
  }

  public static String of(Plan plan, Style style) {
    return new PlanText(plan, style).write();
  }

  private String write() {
    line(style.bold("release " + plan.release()) + " " + PlanWords.about(plan));
    line(PlanWords.summary(plan));
    if (!plan.debt().isEmpty()) {
      line("still owed by " + String.join(", ", plan.debt()) + ": those steps come first");
    }
    for (Phase phase : Phase.values()) {
      phase(phase, plan.steps().stream().filter(s -> s.phase() == phase).toList());
    }
    plan.notes().forEach(this::note);
    plan.conflicts().forEach(this::conflict);
    plan.directivesNeeded().forEach(this::directiveNeeded);
    return text.toString();
  }

  private void phase(Phase phase, List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    line("");
    line(style.bold(phase.id()));
    steps.forEach(this::step);
  }

  private void step(Step step) {
    if (plan.pointOfNoReturn().filter(step.id()::equals).isPresent()) {
      passed = true;
      line(style.yellow("── " + PlanWords.POINT_OF_NO_RETURN + " ──"));
    }
    line("  " + style.bold(step.id()) + "  " + step.title() + "  " + style.kind(step.kind()));
    PlanWords.session(step)
        .forEach(sql -> detail(style.dim("session: ") + Words.oneLine(sql, WIDTH)));
    sql(step.action()).forEach(sql -> detail(Words.oneLine(sql, WIDTH)));
    if (!(step.action() instanceof Action.RecordHistory
        || step.action() instanceof Action.Deploy)) {
      detail("lock: " + ImpactWords.of(step.impact()));
    }
    if (step.window() != Window.NONE) {
      detail(style.yellow("window: ") + PlanWords.of(step.window()));
    }
    step.estimate().ifPresent(e -> detail("estimate: " + PlanWords.of(e)));
    PlanWords.undo(step, passed).ifPresent(undo -> detail("undo: " + undo));
    detail(style.dim("why: " + step.why()));
  }

  private static List<String> sql(Action action) {
    return switch (action) {
      case Action.Ddl ddl -> ddl.sql();
      case Action.Backfill backfill ->
          List.of(
              backfill.statement()
                  + (backfill.once() ? "  (in batches, each row once)" : "  (in batches)"));
      case Action.Verify verify ->
          verify.conditions().stream().map(c -> c.sql() + " = " + c.expect()).toList();
      case Action.Deploy deploy -> List.of();
      case Action.RecordHistory history -> List.of();
      case Action.Manual manual -> List.of(manual.reason());
    };
  }

  private void note(Plan.Note note) {
    line("");
    line("note: " + PlanWords.of(note.place()) + ": " + note.text());
  }

  private void conflict(Plan.Conflict conflict) {
    line("");
    line(style.red("conflict: ") + conflict.why());
    conflict.statements().forEach(this::quoted);
    line("  ways out:");
    conflict.waysOut().forEach(way -> line("  - " + way));
  }

  private void directiveNeeded(Plan.DirectiveNeeded needed) {
    line("");
    line(style.red("directive needed: ") + needed.why());
    quoted(needed.place());
    line("  choices:");
    needed.choices().forEach(choice -> line("  - " + choice));
  }

  private void quoted(Plan.Place place) {
    line("  " + PlanWords.of(place) + ": " + Words.oneLine(place.sql(), WIDTH));
  }

  private void detail(String line) {
    line("        " + line);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
