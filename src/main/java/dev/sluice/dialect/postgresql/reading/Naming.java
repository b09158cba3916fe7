package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.After_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_type_decContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Exception_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Execute_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IndirectionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_listContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_varContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Value_expression_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VarContext;

/**
 * Collects the names in a parse tree: what it reads, writes, calls. Counts too much rather than too
 * little: a variable of a body counts as a column, an output alias in ORDER BY too.
 */
final class Naming {

  private final Words words;
  private final QueryNaming queries;
  private final Set<QualifiedName> relations = new LinkedHashSet<>();
  private final Set<QualifiedName> read = new LinkedHashSet<>();
  private final Set<QualifiedName> locked = new LinkedHashSet<>();
  private final Set<QualifiedName> writes = new LinkedHashSet<>();
  private final Set<References.Column> columns = new LinkedHashSet<>();
  private final Set<QualifiedName> functions = new LinkedHashSet<>();
  private final Set<QualifiedName> types = new LinkedHashSet<>();
  private boolean complete = true;

  Naming(Words words) {
    this.words = words;
    this.queries = new QueryNaming(words, this);
  }

  /** The names in {@code tree}, which stands in {@code scope}. */
  static References in(Words words, ParseTree tree, Scope scope) {
    Naming naming = new Naming(words);
    naming.visit(tree, scope);
    return naming.references();
  }

  QueryNaming queries() {
    return queries;
  }

  /** What it reads, in the order of the text. */
  List<QualifiedName> relations() {
    return List.copyOf(relations);
  }

  References references() {
    if (complete
        && columns.isEmpty()
        && functions.isEmpty()
        && relations.isEmpty()
        && writes.isEmpty()
        && types.isEmpty()) {
      return References.NONE;
    }
    Set<QualifiedName> named = new LinkedHashSet<>(relations);
    named.removeAll(read);
    return new References(relations, named, locked, writes, columns, functions, types, complete);
  }

  void visit(ParseTree tree, Scope scope) {
    if (!(tree instanceof ParserRuleContext rule)) {
      return;
    }
    switch (rule.getRuleIndex()) {
      case SQLParser.RULE_select_stmt,
          SQLParser.RULE_select_stmt_no_parens,
          SQLParser.RULE_select_primary,
          SQLParser.RULE_perform_stmt,
          SQLParser.RULE_from_item,
          SQLParser.RULE_insert_stmt_for_psql,
          SQLParser.RULE_update_stmt_for_psql,
          SQLParser.RULE_delete_stmt_for_psql,
          SQLParser.RULE_merge_stmt_for_psql ->
          queries.visit(rule, scope);
      case SQLParser.RULE_indirection_var -> variable((Indirection_varContext) rule, scope);
      case SQLParser.RULE_function_call -> call((Function_callContext) rule, scope);
      case SQLParser.RULE_data_type -> type((Data_typeContext) rule, scope);
      case SQLParser.RULE_vex -> {
        constantRelation(rule);
        children(rule, scope);
      }
      case SQLParser.RULE_value_expression_primary -> {
        if (((Value_expression_primaryContext) rule).MULTIPLY() != null) {
          star(scope);
        } else {
          children(rule, scope);
        }
      }
      case SQLParser.RULE_indirection -> {
        IndirectionContext part = (IndirectionContext) rule;
        if (part.col_label() != null) {
          column(Optional.empty(), words.name(part.col_label()));
        }
        children(rule, scope);
      }
      case SQLParser.RULE_schema_statement -> {
        writesEverythingIn(rule);
        children(rule, scope);
      }
      case SQLParser.RULE_truncate_stmt,
          SQLParser.RULE_lock_table,
          SQLParser.RULE_copy_from_statement,
          SQLParser.RULE_copy_to_statement,
          SQLParser.RULE_reindex_stmt,
          SQLParser.RULE_cluster_stmt -> {
        writesEverythingIn(rule);
        children(rule, scope);
      }
      case SQLParser.RULE_data_type_dec -> declared((Data_type_decContext) rule, scope);
      case SQLParser.RULE_execute_stmt -> {
        add(Bodies.executed(words, (Execute_stmtContext) rule));
        children(rule, scope);
      }
      case SQLParser.RULE_anonymous_block ->
          add(Bodies.anonymous(words, (Anonymous_blockContext) rule));
      case SQLParser.RULE_exception_statement ->
          // Its conditions are names of errors.
          ((Exception_statementContext) rule)
              .function_statements()
              .forEach(handler -> children(handler, scope));
      case SQLParser.RULE_after_ops -> {
        locks((After_opsContext) rule, scope);
        children(rule, scope);
      }
      case SQLParser.RULE_var -> assigned((VarContext) rule, scope);
      default -> children(rule, scope);
    }
  }

  void children(ParserRuleContext rule, Scope scope) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      visit(rule.getChild(i), scope);
    }
  }

  void reads(QualifiedName relation) {
    relations.add(relation);
    read.add(relation);
  }

  /** Of a relation that it names, and reads no row of. */
  private void names(QualifiedName relation) {
    relations.add(relation);
  }

  void writes(QualifiedName table) {
    writes.add(table);
  }

  void column(Optional<QualifiedName> table, Name name) {
    columns.add(new References.Column(table, Optional.of(name)));
  }

  void everyColumn(Optional<QualifiedName> table) {
    columns.add(new References.Column(table, Optional.empty()));
  }

  void incomplete() {
    complete = false;
  }

  void add(References others) {
    relations.addAll(others.relations());
    read.addAll(others.read());
    locked.addAll(others.locked());
    writes.addAll(others.writes());
    columns.addAll(others.columns());
    functions.addAll(others.functions());
    types.addAll(others.types());
    complete &= others.complete();
  }

  private void star(Scope scope) {
    scope.relations().forEach(r -> everyColumn(Optional.of(r)));
  }

  /** {@code a}, {@code t.a}, {@code s.t.a}, {@code t.*}, {@code a[1].b}. */
  private void variable(Indirection_varContext variable, Scope scope) {
    Indirection_listContext list = variable.indirection_list();
    if (list != null) {
      for (IndirectionContext part : list.indirection()) {
        part.vex().forEach(v -> visit(v, scope));
      }
    }
    if (variable.identifier() == null) {
      return; // $1
    }
    Name first = words.name(variable.identifier());
    List<Name> labels = new ArrayList<>();
    if (list != null) {
      for (IndirectionContext part : list.indirection()) {
        if (part.col_label() == null) {
          break;
        }
        labels.add(words.name(part.col_label()));
      }
    }
    boolean star = list != null && list.MULTIPLY() != null;
    if (labels.isEmpty() && !star) {
      column(Optional.empty(), first);
      // The bare name of something in FROM is its whole row.
      scope.relation(first).ifPresent(r -> everyColumn(Optional.of(r)));
    } else if (scope.knows(first)) {
      ofRelation(scope.relation(first), labels, star);
    } else {
      ofUnknown(first, labels, star);
    }
  }

  private void ofRelation(Optional<QualifiedName> relation, List<Name> labels, boolean star) {
    if (!labels.isEmpty()) {
      column(relation, labels.get(0));
    } else if (star && relation.isPresent()) {
      everyColumn(relation);
    }
  }

  /** A schema in front, a record, or a row that the place brings along (NEW, OLD). */
  private void ofUnknown(Name first, List<Name> labels, boolean star) {
    if (star && labels.isEmpty()) {
      everyColumn(Optional.empty());
      return;
    }
    if (labels.size() == 1 && !star) {
      column(Optional.empty(), labels.get(0));
      return;
    }
    Optional<QualifiedName> table =
        Optional.of(new QualifiedName(Optional.of(first), labels.get(0)));
    if (star) {
      everyColumn(table);
    } else {
      column(table, labels.get(1));
    }
  }

  private void call(Function_callContext call, Scope scope) {
    if (call.schema_qualified_name_nontype() != null) {
      QualifiedName function = words.qualified(call.schema_qualified_name_nontype());
      functions.add(function);
      Constants.relationArgument(words, function, call).ifPresent(this::names);
    }
    for (int i = 0; i < call.getChildCount(); i++) {
      ParseTree child = call.getChild(i);
      // In count(*) the star is no column.
      if (!child.getText().equals("*")) {
        visit(child, scope);
      }
    }
  }

  private void type(Data_typeContext type, Scope scope) {
    DataTypes.user(words, type).ifPresent(types::add);
    children(type, scope);
  }

  /** {@code 'shop.orders'::regclass}. */
  private void constantRelation(ParserRuleContext vex) {
    Constants.regclass(words, (SQLParser.VexContext) vex).ifPresent(this::names);
  }

  /** FOR UPDATE and the like: OF names what FROM does, and without it all of that is meant. */
  private void locks(After_opsContext clause, Scope scope) {
    if (clause.FOR() == null) {
      return;
    }
    if (clause.schema_qualified_name().isEmpty()) {
      locked.addAll(scope.relations());
    }
    clause
        .schema_qualified_name()
        .forEach(n -> scope.relation(words.plain(n)).ifPresent(locked::add));
  }

  /** {@code orders.id%TYPE}, {@code orders%ROWTYPE}; of a variable, {@code %TYPE} says nothing. */
  private void declared(Data_type_decContext type, Scope scope) {
    if (type.ROWTYPE() != null) {
      QualifiedName table = words.qualified(type.schema_qualified_name_nontype());
      reads(table);
      everyColumn(Optional.of(table));
    } else if (type.schema_qualified_name() != null) {
      words
          .column(type.schema_qualified_name())
          .ifPresent(
              named -> {
                reads(named.table());
                column(Optional.of(named.table()), named.column());
              });
    } else {
      children(type, scope);
    }
  }

  /** A variable is no column; a part of one is, where it is a row: {@code NEW.total := 1}. */
  private void assigned(VarContext target, Scope scope) {
    Indirection_listContext list = target.indirection_var().indirection_list();
    for (IndirectionContext part :
        list == null ? List.<IndirectionContext>of() : list.indirection()) {
      if (part.col_label() != null) {
        column(Optional.empty(), words.name(part.col_label()));
      }
      part.vex().forEach(v -> visit(v, scope));
    }
  }

  /** For DDL inside a body, where telling a table from an index is not worth a guess. */
  private void writesEverythingIn(ParserRuleContext rule) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      ParseTree child = rule.getChild(i);
      if (child instanceof Schema_qualified_nameContext name) {
        writes(words.qualified(name));
      } else if (child instanceof ParserRuleContext inner
          && inner.getRuleIndex() != SQLParser.RULE_select_stmt) {
        writesEverythingIn(inner);
      }
    }
  }
}
