package dev.sluice.execute;

import dev.sluice.database.Row;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What others have built on what an abort would drop. Asked before anything is taken back, so that
 * nothing is half done. May miss an obstacle, never invents one: what bears a name of the release's
 * own counts as its own.
 */
final class Obstacles {

  private static final int SHOWN = 20;

  private final Run run;
  private final List<Step> steps;
  private final String undo;
  private final Set<String> dropped;

  /**
   * @param steps that will be taken back
   */
  Obstacles(Run run, List<Step> steps) {
    this.run = run;
    this.steps = steps;
    this.undo = steps.stream().flatMap(s -> s.undo().stream()).collect(Collectors.joining("\n"));
    this.dropped =
        steps.stream()
            .flatMap(s -> s.undo().stream())
            .flatMap(sql -> run.server().dependents().droppedTable(sql).stream())
            .map(table -> table.name().text())
            .collect(Collectors.toSet());
  }

  /**
   * @throws Problem where there is one: all of them are named
   */
  void refuse() {
    List<String> found = new ArrayList<>();
    for (Step step : steps) {
      if (step.reversible() == Reversible.YES) {
        step.undo().forEach(statement -> found.addAll(of(step, statement)));
      }
    }
    if (!found.isEmpty()) {
      throw new Problem(
          Reason.GATE,
          "release "
              + run.plan().release()
              + " cannot be taken back as it stands; nothing was changed"
              + found.stream().distinct().map(o -> "\n  " + o).collect(Collectors.joining())
              + "\n  fix: drop what is named, or make it do without, then run the same command"
              + " again");
    }
  }

  private List<String> of(Step step, String statement) {
    return run.server().dependents().of(statement).stream()
        .flatMap(query -> rows(step, query).stream())
        .filter(row -> !isOwn(row.text(1), row.text(2)))
        .map(
            row ->
                row.text(0)
                    + " depends on what step "
                    + step.id()
                    + " ("
                    + step.title()
                    + ") made, and is not the release's own")
        .toList();
  }

  private List<Row> rows(Step step, String query) {
    try {
      return new Questions(run, step).samples(query, SHOWN);
    } catch (StepFailed unanswered) {
      return List.of();
    }
  }

  private boolean isOwn(String name, String container) {
    return names(name) || (!container.isEmpty() && dropped.contains(container));
  }

  private boolean names(String name) {
    return Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])").matcher(undo).find();
  }

  /** Whether what a step's statements speak of is there; empty where that cannot be told. */
  static Optional<Boolean> isThere(Run run, Step step, List<String> statements) {
    List<String> questions =
        statements.stream().flatMap(s -> run.server().dependents().subjectOf(s).stream()).toList();
    if (questions.isEmpty() || questions.size() < statements.size()) {
      return Optional.empty();
    }
    try {
      Questions asking = new Questions(run, step);
      return Optional.of(
          questions.stream().anyMatch(q -> asking.samples(q, 1).getFirst().text(0).equals("1")));
    } catch (StepFailed unanswered) {
      return Optional.empty();
    }
  }
}
