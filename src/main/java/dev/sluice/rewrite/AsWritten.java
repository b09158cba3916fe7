package dev.sluice.rewrite;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Action;
import dev.sluice.plan.Step;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether steps are what the file says already. */
final class AsWritten {

  private static final Pattern AROUND =
      Pattern.compile("(?is)(SET|RESET|USE|BEGIN|START TRANSACTION|COMMIT|END)\\b.*");

  private AsWritten() {}

  /** Whether they all run in one phase, the same statements in the same order, and nothing else. */
  static boolean is(Migration migration, List<Step> steps) {
    if (steps.stream().map(Step::phase).distinct().count() > 1) {
      return false;
    }
    List<String> sent = new ArrayList<>();
    for (Step step : steps) {
      if (!(step.action() instanceof Action.Ddl ddl) || PlainForm.looksFirst(step)) {
        return false;
      }
      ddl.sql().forEach(sql -> sent.add(bare(sql)));
    }
    List<String> written =
        migration.statements().stream()
            .map(s -> bare(s.shown()))
            .filter(s -> sent.contains(s) || !AROUND.matcher(s).matches())
            .toList();
    return sent.equals(written);
  }

  /** Whether its text, to the letter, is sent by a step or set for one. */
  static boolean standsIn(Statement statement, List<Step> steps) {
    return steps.stream()
        .flatMap(
            s ->
                Stream.concat(
                    s.session().statements().stream(),
                    s.action() instanceof Action.Ddl ddl ? ddl.sql().stream() : Stream.of()))
        .anyMatch(sql -> sql.contains(statement.shown()));
  }

  /** How it is spaced changes nothing, nor whether it may be there already. */
  private static String bare(String sql) {
    return sql.replaceAll("\\s+", " ").replaceAll("(?i) IF (NOT )?EXISTS\\b", "").strip();
  }
}
