package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * Code that runs at once (MariaDB's BEGIN NOT ATOMIC, and IF or a loop by itself): all statements
 * in it, in order, whatever branch they stand in. A branch that is not taken counts too, so it may
 * find a change that does not happen, and misses none.
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

  static Change read(Cursor cursor, Target target) {
    String text = Cursor.withoutSemicolons(cursor.text());
    // The grammar does not know these words; blanks keep the places.
    String plain =
        NOT_ATOMIC.matcher(text).replaceFirst(found -> " ".repeat(found.group().length()));
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
    if (rule.getRuleIndex() == MariaDBParser.RULE_preparedStatement) {
      unknown.add("EXECUTE in its code runs SQL that is put together when it runs");
    } else if (rule.getRuleIndex() == MariaDBParser.RULE_sqlStatement && !isPrepared(rule)) {
      statement(rule);
    } else {
      for (int i = 0; i < rule.getChildCount(); i++) {
        visit(rule.getChild(i));
      }
    }
  }

  private static boolean isPrepared(ParserRuleContext statement) {
    return statement.getChild(0) instanceof MariaDBParser.PreparedStatementContext;
  }

  private void statement(ParserRuleContext rule) {
    String sql =
        text.substring(
            rule.getStart().getStartIndex(),
            Math.min(rule.getStop().getStopIndex() + 1, text.length()));
    try {
      changes.addAll(Statements.read(sql, target, new Manner(), ""));
    } catch (Unreadable e) {
      unknown.add("in its code, " + e.reason());
    }
  }
}
