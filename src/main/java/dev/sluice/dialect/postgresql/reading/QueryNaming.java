package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alias_clauseContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.From_itemContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.From_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Merge_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_clauseContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_queryContext;

/** The part of {@link Naming} that opens scopes: queries, and statements that write rows. */
final class QueryNaming {

  private final Words words;
  private final Naming naming;

  QueryNaming(Words words, Naming naming) {
    this.words = words;
    this.naming = naming;
  }

  void visit(ParserRuleContext rule, Scope scope) {
    switch (rule.getRuleIndex()) {
      case SQLParser.RULE_select_stmt, SQLParser.RULE_select_stmt_no_parens -> query(rule, scope);
      case SQLParser.RULE_select_primary -> select((Select_primaryContext) rule, scope);
      case SQLParser.RULE_perform_stmt -> {
        Scope inner = scope.inner();
        fromAll(rule.getRuleContexts(From_itemContext.class), inner);
        othersIn(rule, inner, From_itemContext.class);
      }
      case SQLParser.RULE_from_item -> fromAll(List.of((From_itemContext) rule), scope);
      case SQLParser.RULE_insert_stmt_for_psql -> insert((Insert_stmt_for_psqlContext) rule, scope);
      case SQLParser.RULE_update_stmt_for_psql -> update((Update_stmt_for_psqlContext) rule, scope);
      case SQLParser.RULE_delete_stmt_for_psql -> delete((Delete_stmt_for_psqlContext) rule, scope);
      case SQLParser.RULE_merge_stmt_for_psql -> merge((Merge_stmt_for_psqlContext) rule, scope);
      default -> naming.children(rule, scope);
    }
  }

  /** What ORDER BY and LIMIT name stands in the scope of the query's first SELECT. */
  private void query(ParserRuleContext query, Scope scope) {
    Scope inner = scope.inner();
    Scope first = inner;
    for (int i = 0; i < query.getChildCount(); i++) {
      ParseTree child = query.getChild(i);
      if (child instanceof With_clauseContext with) {
        with(with, inner);
      } else if (child instanceof ParserRuleContext rule
          && rule.getRuleIndex() != SQLParser.RULE_after_ops) {
        first = operand(rule, inner);
      } else {
        naming.visit(child, first);
      }
    }
  }

  private Scope operand(ParserRuleContext operand, Scope scope) {
    if (operand instanceof Select_primaryContext select) {
      return select(select, scope);
    }
    Scope first = scope;
    for (int i = 0; i < operand.getChildCount(); i++) {
      ParseTree child = operand.getChild(i);
      if (child instanceof ParserRuleContext rule
          && (rule.getRuleIndex() == SQLParser.RULE_select_primary
              || rule.getRuleIndex() == SQLParser.RULE_select_ops)) {
        Scope its = operand(rule, scope);
        first = first == scope ? its : first;
      } else {
        naming.visit(child, scope);
      }
    }
    return first;
  }

  private Scope select(Select_primaryContext select, Scope scope) {
    Scope inner = scope.inner();
    if (select.TABLE() != null) {
      source(select.schema_qualified_name(), null, inner);
      inner.relations().forEach(r -> naming.everyColumn(Optional.of(r)));
      return inner;
    }
    if (select.into_table() != null) {
      naming.writes(words.qualified(select.into_table().schema_qualified_name()));
    }
    fromAll(select.from_item(), inner);
    othersIn(select, inner, From_itemContext.class);
    return inner;
  }

  void with(With_clauseContext with, Scope scope) {
    if (with.RECURSIVE() != null) {
      with.with_query().forEach(q -> scope.addCommonTable(words.name(q.query_name)));
    }
    for (With_queryContext query : with.with_query()) {
      naming.visit(query.data_statement(), scope);
      query.vex().forEach(v -> naming.visit(v, scope));
      scope.addCommonTable(words.name(query.query_name));
    }
  }

  /** Names first, conditions and subqueries then: LATERAL and ON see what stands beside them. */
  void fromAll(List<From_itemContext> items, Scope scope) {
    items.forEach(item -> sources(item, scope));
    items.forEach(item -> conditions(item, scope));
  }

  private void sources(From_itemContext item, Scope scope) {
    From_primaryContext primary = item.from_primary();
    if (primary == null) {
      item.from_item().forEach(inner -> sources(inner, scope));
      if (item.alias_clause() != null) {
        scope.addDerived(words.name(item.alias_clause().alias));
      }
    } else if (primary.schema_qualified_name() != null) {
      source(primary.schema_qualified_name(), primary.alias_clause(), scope);
    } else if (primary.alias_clause() != null) {
      scope.addDerived(words.name(primary.alias_clause().alias));
    } else if (primary.alias != null) {
      scope.addDerived(words.name(primary.alias));
    } else if (primary.from_rows_with_alias() != null
        && primary.from_rows_with_alias().alias != null) {
      scope.addDerived(words.name(primary.from_rows_with_alias().alias));
    } else if (primary.function_call() != null
        && primary.function_call().schema_qualified_name_nontype() != null) {
      scope.addDerived(
          words.qualified(primary.function_call().schema_qualified_name_nontype()).name());
    }
  }

  private void source(
      Schema_qualified_nameContext relation, @Nullable Alias_clauseContext alias, Scope scope) {
    QualifiedName name = words.qualified(relation);
    Name knownAs = alias == null ? name.name() : words.name(alias.alias);
    if (scope.isCommonTable(name)) {
      scope.addDerived(knownAs);
      return;
    }
    naming.reads(name);
    scope.add(knownAs, name);
    if (alias != null && !alias.column_alias.isEmpty()) {
      // Its columns go by other names here, given by position.
      naming.everyColumn(Optional.of(name));
    }
  }

  private void conditions(From_itemContext item, Scope scope) {
    item.from_item().forEach(inner -> conditions(inner, scope));
    if (item.NATURAL() != null) {
      scope.relations().forEach(r -> naming.everyColumn(Optional.of(r)));
    }
    if (item.names_in_parens() != null) {
      words
          .plain(item.names_in_parens())
          .forEach(column -> naming.column(Optional.empty(), column));
    }
    if (item.vex() != null) {
      naming.visit(item.vex(), scope);
    }
    if (item.from_primary() != null) {
      naming.children(item.from_primary(), scope);
    }
  }

  private void insert(Insert_stmt_for_psqlContext insert, Scope scope) {
    Scope around = scope.inner();
    if (insert.with_clause() != null) {
      with(insert.with_clause(), around);
    }
    QualifiedName table = words.qualified(insert.insert_table_name);
    naming.writes(table);
    if (insert.insert_columns() != null) {
      insert
          .insert_columns()
          .indirection_identifier()
          .forEach(c -> naming.column(Optional.of(table), words.name(c.identifier())));
    } else if (insert.select_stmt() != null) {
      naming.everyColumn(Optional.of(table));
    }
    if (insert.select_stmt() != null) {
      naming.visit(insert.select_stmt(), around);
    }
    Scope target = target(around, table, insert.alias);
    if (insert.conflict_object() != null) {
      naming.visit(insert.conflict_object(), target);
    }
    if (insert.conflict_action() != null) {
      target.add(new Name("excluded"), table);
      assigned(insert.conflict_action(), table);
      naming.visit(insert.conflict_action(), target);
    }
    returning(insert, target, table);
  }

  private void update(Update_stmt_for_psqlContext update, Scope scope) {
    QualifiedName table = words.qualified(update.update_table_name);
    Scope inner = updateScope(update, scope);
    naming.writes(table);
    assigned(update, table);
    update.from_item().forEach(item -> conditions(item, inner));
    update.update_set().forEach(set -> naming.visit(set, inner));
    if (update.vex() != null) {
      naming.visit(update.vex(), inner);
    }
    returning(update, inner, table);
  }

  /** The scope in which an UPDATE's values and its WHERE stand. */
  Scope updateScope(Update_stmt_for_psqlContext update, Scope scope) {
    Scope around = scope.inner();
    if (update.with_clause() != null) {
      with(update.with_clause(), around);
    }
    Scope inner = target(around, words.qualified(update.update_table_name), update.alias);
    update.from_item().forEach(item -> sources(item, inner));
    return inner;
  }

  private void delete(Delete_stmt_for_psqlContext delete, Scope scope) {
    QualifiedName table = words.qualified(delete.delete_table_name);
    Scope inner = deleteScope(delete, scope);
    naming.writes(table);
    delete.from_item().forEach(item -> conditions(item, inner));
    if (delete.vex() != null) {
      naming.visit(delete.vex(), inner);
    }
    returning(delete, inner, table);
  }

  /** The scope in which a DELETE's WHERE stands. */
  Scope deleteScope(Delete_stmt_for_psqlContext delete, Scope scope) {
    Scope around = scope.inner();
    if (delete.with_clause() != null) {
      with(delete.with_clause(), around);
    }
    Scope inner = target(around, words.qualified(delete.delete_table_name), delete.alias);
    delete.from_item().forEach(item -> sources(item, inner));
    return inner;
  }

  private void merge(Merge_stmt_for_psqlContext merge, Scope scope) {
    Scope around = scope.inner();
    if (merge.with_clause() != null) {
      with(merge.with_clause(), around);
    }
    QualifiedName table = words.qualified(merge.merge_table_name);
    naming.writes(table);
    Scope inner = target(around, table, merge.alias);
    fromAll(List.of(merge.from_item()), inner);
    naming.visit(merge.vex(), inner);
    merge
        .when_condition()
        .forEach(
            when -> {
              assigned(when, table);
              naming.visit(when, inner);
            });
    returning(merge, inner, table);
  }

  private Scope target(Scope around, QualifiedName table, @Nullable IdentifierContext alias) {
    Scope inner = around.inner();
    inner.add(alias == null ? table.name() : words.name(alias), table);
    return inner;
  }

  private void returning(ParserRuleContext statement, Scope scope, QualifiedName table) {
    SQLParser.Returning_select_list_with_aliasContext list =
        statement.getRuleContext(SQLParser.Returning_select_list_with_aliasContext.class, 0);
    if (list != null) {
      Scope rows = scope.inner();
      scope.relations().forEach(r -> rows.add(r.name(), r));
      rows.add(new Name("old"), table);
      rows.add(new Name("new"), table);
      naming.visit(list, rows);
    }
  }

  /** The columns that SET and the column list of a MERGE's INSERT write. */
  private void assigned(ParserRuleContext rule, QualifiedName table) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      if (rule.getChild(i) instanceof SQLParser.Indirection_identifierContext column) {
        naming.column(Optional.of(table), words.name(column.identifier()));
      } else if (rule.getChild(i) instanceof ParserRuleContext inner
          && isAssignment(inner.getRuleIndex())) {
        assigned(inner, table);
      }
    }
  }

  private static boolean isAssignment(int rule) {
    return rule == SQLParser.RULE_update_set
        || rule == SQLParser.RULE_merge_update
        || rule == SQLParser.RULE_merge_matched
        || rule == SQLParser.RULE_merge_not_matched
        || rule == SQLParser.RULE_insert_columns;
  }

  private void othersIn(
      ParserRuleContext rule, Scope scope, Class<? extends ParserRuleContext> except) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      if (!except.isInstance(rule.getChild(i))) {
        naming.visit(rule.getChild(i), scope);
      }
    }
  }
}
