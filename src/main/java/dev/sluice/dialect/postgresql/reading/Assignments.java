package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_identifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_sublistContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_setContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** The SET of an UPDATE: every column with the expression that it gets. */
final class Assignments {

  private final Words words;

  Assignments(Words words) {
    this.words = words;
  }

  List<Assignment> read(Update_setContext set, Scope scope) {
    List<Name> columns = set.column.stream().map(this::column).toList();
    List<Fragment> values =
        set.table_subquery() == null
            ? values(set, scope)
            : outOf(set.table_subquery().select_stmt(), columns.size(), scope);
    if (columns.size() != values.size()) {
      throw new Unreadable(
          "SET assigns " + values.size() + " values to " + columns.size() + " columns");
    }
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      assignments.add(new Assignment(columns.get(i), values.get(i)));
    }
    return assignments;
  }

  private Name column(Indirection_identifierContext column) {
    if (column.indirection_list() != null) {
      throw new Unreadable("SET of a part of a column is not modelled");
    }
    return words.name(column.identifier());
  }

  private List<Fragment> values(Update_setContext set, Scope scope) {
    List<Fragment> values = new ArrayList<>();
    for (int i = 0; i < set.getChildCount(); i++) {
      ParseTree child = set.getChild(i);
      if (child instanceof VexContext value) {
        values.add(words.fragment(value, scope));
      } else if (child instanceof TerminalNode word
          && word.getSymbol().getType() == SQLParser.DEFAULT) {
        values.add(Fragment.literal("DEFAULT"));
      }
    }
    return values;
  }

  /**
   * {@code (a, b) = (SELECT x, y FROM …)} is {@code (SELECT x FROM …)} and {@code (SELECT y …)}.
   */
  private List<Fragment> outOf(Select_stmtContext query, int columns, Scope scope) {
    Select_primaryContext select = query.select_ops().select_primary();
    if (columns == 1) {
      return List.of(parenthesised(words.of(query), query, scope));
    }
    if (select == null
        || select.select_list() == null
        || select.set_qualifier() != null
        || select.select_list().select_sublist().size() != columns) {
      throw new Unreadable("SET of several columns from this query is not modelled");
    }
    List<Fragment> values = new ArrayList<>();
    for (Select_sublistContext item : select.select_list().select_sublist()) {
      String head = words.upTo(select.select_list(), query);
      String text =
          head + " " + words.of(item.vex()) + " " + words.behind(select.select_list(), query);
      values.add(parenthesised(text.strip(), query, scope));
    }
    return values;
  }

  private Fragment parenthesised(String text, ParserRuleContext query, Scope scope) {
    return new Fragment("(" + text + ")", words.fragment(query, scope).references());
  }
}
