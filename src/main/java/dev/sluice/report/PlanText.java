package dev.sluice.report;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    line(
        style.bold("release " + plan.release())
            + " for "
            + plan.engine()
            + " "
            + plan.engineVersion()
            + ": "
            + Words.count(plan.migrations().size(), "migration")
            + ", "
            + Words.count(plan.steps().size(), "step"));
    line(summary());
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

  /**
   * What one wants to know first: how much before and after, what waits, from where on for good.
   */
  private String summary() {
    long windows = plan.steps().stream().filter(s -> s.window() != Window.NONE).count();
    return Words.count(count(Phase.PRE_DEPLOY), "step")
        + " before the deployment, "
        + count(Phase.POST_DEPLOY)
        + " after it; "
        + (windows == 0 ? "no window" : Words.count(windows, "window"))
        + "; "
        + plan.pointOfNoReturn()
            .map(id -> "point of no return: " + id)
            .orElse("no point of no return");
  }

  private long count(Phase phase) {
    return plan.steps().stream().filter(s -> s.phase() == phase).count();
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
      line(style.yellow("── point of no return: what follows cannot be taken back ──"));
    }
    line("  " + style.bold(step.id()) + "  " + step.title() + "  " + style.kind(step.kind()));
    sql(step.action()).forEach(sql -> detail(Words.oneLine(sql, WIDTH)));
    if (!(step.action() instanceof Action.RecordHistory
        || step.action() instanceof Action.Deploy)) {
      detail("lock: " + ImpactWords.of(step.impact()));
    }
    if (step.window() != Window.NONE) {
      detail(style.yellow("window: ") + window(step.window()));
    }
    step.estimate()
        .ifPresent(
            e ->
                detail(
                    "estimate: " + Words.count(e.rows(), "row") + ", " + Words.time(e.millis())));
    undo(step).ifPresent(undo -> detail("undo: " + undo));
    detail(style.dim("why: " + step.why()));
  }

  private static List<String> sql(Action action) {
    return switch (action) {
      case Action.Ddl ddl -> ddl.sql();
      case Action.Backfill backfill ->
          List.of(
              backfill
                      .change()
                      .map(set -> "UPDATE " + backfill.table() + " SET " + set)
                      .orElse("DELETE FROM " + backfill.table())
                  + " WHERE "
                  + backfill.where()
                  + (backfill.once() ? "  (in batches, each row once)" : "  (in batches)"));
      case Action.Verify verify ->
          verify.conditions().stream().map(c -> c.sql() + " = " + c.expect()).toList();
      case Action.Deploy deploy -> List.of();
      case Action.RecordHistory history -> List.of();
      case Action.Manual manual -> List.of(manual.reason());
    };
  }

  private static String window(Window window) {
    return switch (window) {
      case NONE -> "none";
      case READ_ONLY -> "read-only: reads go on, writes wait or are refused";
      case QUEUE_REQUESTS -> "queue-requests: requests are held until it is done";
      case CUT_OVER -> "cut-over: requests are held, it runs, traffic goes to the new version";
    };
  }

  /** Empty where the question does not arise, and behind the point of no return. */
  private Optional<String> undo(Step step) {
    if (step.remembered() && !passed) {
      return Optional.of(
          "none: what it did stays done; applied again after an abort, it is passed over");
    }
    if (step.action() instanceof Action.Backfill b && b.once() && !passed) {
      return Optional.of(
          "none: rows that it changed stay so; applied again after an abort, it goes on behind them");
    }
    String how =
        step.undo().stream()
            .map(sql -> Words.oneLine(sql, WIDTH))
            .collect(Collectors.joining("; "));
    return switch (step.reversible()) {
      case NO -> Optional.of("none without loss");
      case YES -> how.isEmpty() || passed ? Optional.empty() : Optional.of(how);
      case UNTIL_WRITTEN ->
          passed
              ? Optional.empty()
              : Optional.of(
                  how.isEmpty()
                      ? "none: it stays, and the old version works with it"
                      : how + " (as long as no row is in the way)");
    };
  }

  private void note(Plan.Note note) {
    line("");
    line("note: " + place(note.place()) + ": " + note.text());
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
    line("  " + place(place) + ": " + Words.oneLine(place.sql(), WIDTH));
  }

  private static String place(Plan.Place place) {
    return place.file() + ":" + place.line() + ":" + place.column();
  }

  private void detail(String line) {
    line("        " + line);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
