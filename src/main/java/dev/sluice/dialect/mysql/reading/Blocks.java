package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * Code that runs at once (MariaDB's BEGIN NOT ATOMIC, and IF or a loop by itself) or when it is
 * called: all statements in it, in order, whatever branch they stand in. A branch that is not taken
 * counts too, so it may find a change that does not happen, and misses none.
 */
final class Blocks {

  private static final Pattern NOT_ATOMIC = Pattern.compile("(?i)\\bnot\\s+atomic\\b");

  private final String text;
  private final Target target;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private Blocks(String text, Target target) {
    this.text = text;
    this.target = target;
  }

  static Change.Block read(Cursor cursor, Target target) {
    String text = Cursor.withoutSemicolons(cursor.text());
    // The grammar does not know these words; blanks keep the places.
    String plain =
        NOT_ATOMIC.matcher(text).replaceFirst(found -> " ".repeat(found.group().length()));
    return of(plain, target);
  }

  /** From BEGIN on, or of a routine's only statement. */
  static Change.Block of(String plain, Target target) {
    try {
      Blocks block = new Blocks(plain, target);
      block.visit(Grammar.mariadb(plain));
      return new Change.Block(block.changes, block.unknown);
    } catch (Unreadable e) {
      return new Change.Block(List.of(), List.of("in its code, " + e.reason()));
    }
  }

  private void visit(ParseTree tree) {
    if (!(tree instanceof ParserRuleContext rule)) {
      return;
    }
    switch (rule.getRuleIndex()) {
      case MariaDBParser.RULE_preparedStatement -> prepared(rule);
      case MariaDBParser.RULE_sqlStatement -> {
        if (isPrepared(rule)) {
          children(rule);
        } else {
          statement(rule);
        }
      }
      case MariaDBParser.RULE_dmlStatement -> statement(rule);
      default -> children(rule);
    }
  }

  private void children(ParserRuleContext rule) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      visit(rule.getChild(i));
    }
  }

  private static boolean isPrepared(ParserRuleContext statement) {
    return statement.getChild(0) instanceof MariaDBParser.PreparedStatementContext;
  }

  /** What EXECUTE runs is known where the statements right before it say so, without a branch. */
  private void prepared(ParserRuleContext rule) {
    if (rule.getChild(0) instanceof MariaDBParser.ExecuteStatementContext) {
      int start = rule.getStart().getStartIndex();
      Change.Block executed =
          Prepared.execute(
              new Cursor(text(rule)), target, text.substring(straightBefore(rule, start), start));
      changes.addAll(executed.changes());
      executed.unknown().forEach(why -> unknown.add("in its code, " + why));
    }
  }

  private static int straightBefore(ParserRuleContext rule, int otherwise) {
    ParserRuleContext statement = rule;
    while (!(statement instanceof MariaDBParser.ProcedureSqlStatementContext)) {
      if (statement.getParent() == null) {
        return otherwise;
      }
      statement = statement.getParent();
    }
    int start = otherwise;
    for (ParseTree before : statement.getParent().children) {
      if (before.equals(statement)) {
        return start;
      }
      boolean simple =
          before instanceof MariaDBParser.ProcedureSqlStatementContext one
              && one.compoundStatement() == null;
      if (!simple) {
        start = otherwise;
      } else if (start == otherwise) {
        start = ((ParserRuleContext) before).getStart().getStartIndex();
      }
    }
    return start;
  }

  private void statement(ParserRuleContext rule) {
    try {
      changes.addAll(Statements.read(text(rule), target, new Manner(), ""));
    } catch (Unreadable e) {
      unknown.add("in its code, " + e.reason());
    }
  }

  private String text(ParserRuleContext rule) {
    return text.substring(
        rule.getStart().getStartIndex(),
        Math.min(rule.getStop().getStopIndex() + 1, text.length()));
  }
}
