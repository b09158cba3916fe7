package dev.sluice.recipes;

import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.stream.Collectors;

/** A plan as a person reads it; history and roll-out are left out, being alike in every plan. */
final class PlanText {

  private PlanText() {}

  static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    String phase = "";
    for (Step step : plan.steps()) {
      if (step.action() instanceof Action.RecordHistory || step.action() instanceof Action.Deploy) {
        continue;
      }
      if (!step.phase().id().equals(phase)) {
        phase = step.phase().id();
        text.append("== ").append(phase).append('\n');
      }
      step(text, step);
    }
    plan.pointOfNoReturn()
        .ifPresent(id -> text.append("point of no return: ").append(id).append('\n'));
    plan.conflicts()
        .forEach(
            c ->
                text.append("conflict: ")
                    .append(
                        c.statements().stream()
                            .map(p -> p.file() + ":" + p.line())
                            .collect(Collectors.joining(", ")))
                    .append(": ")
                    .append(c.why())
                    .append('\n'));
    plan.directivesNeeded()
        .forEach(
            d -> {
              text.append("needed: ")
                  .append(d.place().line())
                  .append(": ")
                  .append(d.why())
                  .append('\n');
              d.choices().forEach(c -> text.append("  or ").append(c).append('\n'));
            });
    plan.notes().forEach(n -> text.append("note: ").append(n.text()).append('\n'));
    return text.toString();
  }

  private static void step(StringBuilder text, Step step) {
    text.append(step.id()).append(' ').append(step.title());
    if (step.window() != dev.sluice.plan.Window.NONE) {
      text.append(" [").append(step.window().id()).append(']');
    }
    text.append('\n');
    step.conditions().forEach(c -> line(text, "if", c));
    switch (step.action()) {
      case Action.Ddl ddl ->
          ddl.sql().forEach(s -> indented(text, ddl.transactional() ? "" : "alone: ", s));
      case Action.Backfill b ->
          indented(
              text,
              "",
              b.table()
                  + " by "
                  + b.key()
                  + ": "
                  + (b.copy().isPresent()
                      ? b.statement()
                      : b.change().orElse("delete") + " where " + b.where()));
      case Action.Verify v -> {
        v.conditions().forEach(c -> line(text, "verify", c));
        if (!v.patience().equals(Duration.ZERO)) {
          indented(text, "", "for up to " + v.patience());
        }
      }
      case Action.Deploy d -> {}
      case Action.RecordHistory h -> {}
      case Action.Manual m -> indented(text, "", m.reason());
    }
    step.undo().forEach(u -> indented(text, "undo: ", u));
    if (step.reversible() != dev.sluice.plan.Reversible.YES) {
      indented(text, "", "reversible: " + step.reversible().id());
    }
  }

  private static void line(StringBuilder text, String word, Condition condition) {
    indented(text, word + ": ", condition.sql() + " = " + condition.expect());
  }

  private static void indented(StringBuilder text, String word, String sql) {
    text.append("    ").append(word).append(sql.replace("\n", "\n      ")).append('\n');
  }
}
