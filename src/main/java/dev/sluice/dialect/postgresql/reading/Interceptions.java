package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.Interception;
import dev.sluice.dialect.postgresql.reading.TriggerCode.End;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_rewrite_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rewrite_commandContext;

/**
 * What triggers and rules make of writes (manual, "Overview of Trigger Behavior" and "Rules on
 * INSERT, UPDATE, and DELETE").
 */
final class Interceptions {

  private static final Pattern FOR_EACH_ROW = Pattern.compile("(?is)\\bFOR\\s+(EACH\\s+)?ROW\\b");

  private final Schema schema;

  Interceptions(Schema schema) {
    this.schema = schema;
  }

  Interception of(Trigger trigger) {
    boolean instead = isInstead(trigger);
    boolean others =
        schema.triggersOn(trigger.table()).stream()
            .anyMatch(t -> isInstead(t) && !t.name().equals(trigger.name()));
    if (instead && !others && !isWritable(trigger.table())) {
      return Interception.PASSES;
    }
    Optional<Routine> function = trigger.function().flatMap(schema::routine);
    Optional<String> code = function.flatMap(Routines::code);
    if (code.isEmpty()) {
      return Interception.UNKNOWN;
    }
    Set<End> ends = TriggerCode.ends(code.get());
    boolean lost =
        instead
            || (startsWith(trigger.timing(), "BEFORE")
                && FOR_EACH_ROW.matcher(trigger.definition().sql()).find());
    boolean passes = ends.contains(End.ROW) || (ends.contains(End.NULL) && !lost);
    if (passes) {
      return ends.contains(End.FAILS) || (ends.contains(End.NULL) && lost)
          ? Interception.DECIDES
          : instead ? Interception.REDIRECTS : Interception.PASSES;
    }
    if (ends.contains(End.FAILS)) {
      return Interception.REFUSES;
    }
    return function.get().definition().references().writes().isEmpty()
        ? Interception.DROPS
        : Interception.REDIRECTS;
  }

  /** {@code definition} is what stands behind the rule's name. */
  Interception ofRule(QualifiedName relation, String definition) {
    Create_rewrite_statementContext rule =
        Grammar.statements("CREATE RULE r " + definition)
            .statement(0)
            .schema_statement()
            .schema_create()
            .getRuleContext(Create_rewrite_statementContext.class, 0);
    if (rule.INSTEAD() == null || rule.SELECT() != null) {
      return rule.INSTEAD() == null ? Interception.PASSES : Interception.UNKNOWN;
    }
    if (schema.view(relation).isPresent()
        && (!isWritable(relation)
            || rule.rewrite_command().stream().anyMatch(c -> isEvent(c, rule)))) {
      return Interception.PASSES;
    }
    return rule.NOTHING() != null ? Interception.DROPS : Interception.REDIRECTS;
  }

  /** Whether the command writes in the way that the rule stands in for. */
  private static boolean isEvent(
      Rewrite_commandContext command, Create_rewrite_statementContext rule) {
    return (rule.INSERT() != null && command.insert_stmt_for_psql() != null)
        || (rule.UPDATE() != null && command.update_stmt_for_psql() != null)
        || (rule.DELETE() != null && command.delete_stmt_for_psql() != null);
  }

  /** Whether statements of the old version can write it, so that there is something to stop. */
  private boolean isWritable(QualifiedName relation) {
    return schema.view(relation).map(Views::isUpdatable).orElse(true);
  }

  private static boolean isInstead(Trigger trigger) {
    return startsWith(trigger.timing(), "INSTEAD");
  }

  private static boolean startsWith(String timing, String word) {
    return timing.toUpperCase(Locale.ROOT).startsWith(word);
  }
}
