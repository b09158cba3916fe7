package dev.sluice.report;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import dev.sluice.schema.Impact;
import java.util.Comparator;
import java.util.List;

/** A plan as a comment on a merge request: CommonMark with the tables and the HTML of GitHub's. */
public final class PlanMarkdown {

  /** Found again by who updates the comment rather than adding another. */
  private static final String MARK = "<!-- sluice plan -->";

  private final Plan plan;
  private final StringBuilder text = new StringBuilder();

  /** Whether the step at hand is the point of no return, or behind it. */
  private boolean passed;

  private PlanMarkdown(Plan plan) {
    this.plan = plan;
  }

  public static String of(Plan plan) {
    return new PlanMarkdown(plan).write();
  }

  private String write() {
    line(MARK);
    line("## Release " + escape(plan.release()) + ": " + (plan.runnable() ? "planned" : "not yet"));
    line("");
    line(escape("Made " + PlanWords.about(plan) + ". " + PlanWords.summary(plan)) + ".");
    if (!plan.debt().isEmpty()) {
      line("");
      line(escape("Still owed by " + String.join(", ", plan.debt())) + ": those steps come first.");
    }
    plan.conflicts()
        .forEach(c -> obstacle("Conflict", c.why(), c.statements(), "Ways out", c.waysOut()));
    plan.directivesNeeded()
        .forEach(
            d -> obstacle("Directive needed", d.why(), List.of(d.place()), "Choices", d.choices()));
    for (Phase phase : Phase.values()) {
      phase(phase, plan.steps().stream().filter(s -> s.phase() == phase).toList());
    }
    if (!plan.notes().isEmpty()) {
      line("");
      line("### What to know before");
      line("");
      plan.notes()
          .forEach(n -> line("- " + escape(n.text()) + " (" + code(PlanWords.of(n.place())) + ")"));
    }
    return text.toString();
  }

  private void obstacle(
      String what, String why, List<Plan.Place> places, String offered, List<String> ways) {
    line("");
    line("> **" + what + ":** " + escape(why));
    places.forEach(
        p -> line("> - " + code(PlanWords.of(p)) + ": " + code(Words.oneLine(p.sql(), 160))));
    line(">");
    line("> " + offered + ":");
    ways.forEach(way -> line("> - " + escape(way)));
  }

  private void phase(Phase phase, List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    line("");
    line("### " + phase.id());
    line("");
    line("| step | what it does | lock | window | estimate |");
    line("| --- | --- | --- | --- | --- |");
    steps.forEach(this::row);
    List<Step> sending = steps.stream().filter(PlanMarkdown::sends).toList();
    if (!sending.isEmpty()) {
      line("");
      line("<details><summary>SQL of " + phase.id() + "</summary>");
      line("");
      sending.forEach(this::sql);
      line("</details>");
    }
  }

  private static boolean sends(Step step) {
    return !(step.action() instanceof Action.RecordHistory
        || step.action() instanceof Action.Deploy);
  }

  private void row(Step step) {
    if (plan.pointOfNoReturn().filter(step.id()::equals).isPresent()) {
      line("| | **" + PlanWords.POINT_OF_NO_RETURN + "** | | | |");
    }
    line(
        "| "
            + String.join(
                " | ",
                code(step.id()),
                escape(step.title()),
                strongest(step),
                step.window() == Window.NONE ? "" : "**" + step.window().id() + "**",
                step.estimate().map(PlanWords::of).orElse(""))
            + " |");
  }

  private static String strongest(Step step) {
    return step.impact().locks().stream()
        .max(Comparator.comparing(Impact.Lock::mode))
        .map(
            l ->
                l.mode().text()
                    + " on "
                    + code(l.relation().toString())
                    + (brief(step.impact()) ? ", for an instant" : ""))
        .orElse("");
  }

  private static boolean brief(Impact impact) {
    return (impact.blocksReads() || impact.blocksWrites())
        && !impact.blocksReadsForLong()
        && !impact.blocksWritesForLong();
  }

  private void sql(Step step) {
    if (plan.pointOfNoReturn().filter(step.id()::equals).isPresent()) {
      passed = true;
    }
    String fence = "`".repeat(3);
    String sql = String.join("\n", StepSql.of(step));
    while (sql.contains(fence)) {
      fence += "`";
    }
    line(code(step.id()) + " " + escape(step.why()));
    line("");
    line(fence + "sql");
    line(sql);
    line(fence);
    PlanWords.undo(step, passed)
        .ifPresent(
            undo -> {
              line("");
              line("Undo: " + escape(undo));
            });
    line("");
  }

  /** A table's cell ends at a bar, even inside code. */
  private static String code(String text) {
    String fence = text.contains("`") ? "``" : "`";
    String pad = fence.length() > 1 ? " " : "";
    return fence + pad + text.replace("|", "\\|").replaceAll("\\s+", " ") + pad + fence;
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\`*\\[\\]<>|#]|\\b_|_\\b)", "\\\\$1").replaceAll("\\s+", " ");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
