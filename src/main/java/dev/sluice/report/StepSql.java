package dev.sluice.report;

import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.stream.Stream;

/** What a step sends, in full, each statement ended; what it does besides as comments. */
public final class StepSql {

  private StepSql() {}

  /** The same behind the settings of the session that the file has made before. */
  public static List<String> of(Step step) {
    return Stream.concat(
            PlanWords.session(step).stream().map(StepSql::ended), of(step.action()).stream())
        .toList();
  }

  /** One text for each statement; for what sends none a comment. */
  public static List<String> of(Action action) {
    return switch (action) {
      case Action.Ddl ddl -> ddl.sql().stream().map(StepSql::ended).toList();
      case Action.Backfill backfill -> List.of(backfill(backfill));
      case Action.Verify verify -> verify.conditions().stream().map(StepSql::of).toList();
      case Action.Deploy deploy -> List.of("-- the nodes of the application are replaced");
      case Action.RecordHistory history ->
          List.of("-- Flyway's history gets the row of " + history.script());
      case Action.Manual manual -> List.of("-- " + manual.reason());
    };
  }

  private static String backfill(Action.Backfill backfill) {
    String key = backfill.key().isEmpty() ? "physical place" : String.join(", ", backfill.key());
    return ended(backfill.statement()) + "\n-- in batches by " + key;
  }

  /** The question, and the answer that is expected. */
  public static String of(Condition condition) {
    return ended(condition.sql()) + "\n-- expected: " + condition.expect();
  }

  private static String ended(String sql) {
    return sql.stripTrailing().endsWith(";") ? sql.strip() : sql.strip() + ";";
  }
}
