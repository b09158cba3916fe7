package dev.sluice.plan;

import dev.sluice.plan.Draft.Care;
import dev.sluice.plan.Draft.Cost;
import dev.sluice.release.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Several drafts as one. */
final class Drafts {
  private Drafts() {}

  /** Both in one transaction: the statements of the first, then those of the second. */
  static Draft oneAfterTheOther(Draft first, Draft second) {
    return together(
        first, second, joined(sql(first), sql(second)), first.title() + "; " + second.title());
  }

  /** Clauses of one statement, which runs as it is written. */
  static Draft clauses(List<Draft> clauses, String statement) {
    Draft whole = clauses.getFirst();
    for (Draft clause : clauses.subList(1, clauses.size())) {
      whole = together(whole, clause, List.of(statement), whole.title() + ", " + clause.title());
    }
    return whole;
  }

  private static Draft together(Draft first, Draft second, List<String> sql, String title) {
    boolean transactional =
        first.cost().impact().transactional() && second.cost().impact().transactional();
    return new Draft(
        first.phase(),
        Kind.together(Stream.of(first.kind(), second.kind())),
        title,
        first.why().equals(second.why()) || second.why().isEmpty()
            ? first.why()
            : first.why() + "; " + second.why(),
        new Action.Ddl(sql, transactional),
        joined(first.changes(), second.changes()),
        new Cost(
            first.cost().impact().and(second.cost().impact()),
            first.cost().window().compareTo(second.cost().window()) >= 0
                ? first.cost().window()
                : second.cost().window(),
            longer(first.cost().estimate(), second.cost().estimate())),
        new Care(
            joined(first.care().conditions(), second.care().conditions()),
            bothDone(first.care().doneWhen(), second.care().doneWhen()),
            joined(second.care().undo(), first.care().undo()),
            first.care().reversible().compareTo(second.care().reversible()) >= 0
                ? first.care().reversible()
                : second.care().reversible()),
        first.asWritten() && second.asWritten(),
        joined(first.settings(), second.settings()));
  }

  /** Empty where either cannot be told. */
  static Optional<Condition> bothDone(Optional<Condition> first, Optional<Condition> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Condition.isDone(
            "SELECT CASE WHEN ("
                + first.get().sql()
                + ") = 1 AND ("
                + second.get().sql()
                + ") = 1 THEN 1 ELSE 0 END"));
  }

  private static Optional<Step.Estimate> longer(
      Optional<Step.Estimate> first, Optional<Step.Estimate> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    return first.get().millis() >= second.get().millis() ? first : second;
  }

  private static List<String> sql(Draft draft) {
    return draft.action() instanceof Action.Ddl ddl ? ddl.sql() : List.of();
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
