package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.Change;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.*;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * The names in a tree of MariaDB's grammar. Errs on the side of too many: an unqualified name
 * counts as a column of any relation around it, a local variable too.
 */
final class Naming {

  private final String text;
  private final Function<String, List<Change>> reader;
  private final Set<QualifiedName> relations = new LinkedHashSet<>();
  private final Set<QualifiedName> writes = new LinkedHashSet<>();
  private final Set<References.Column> columns = new LinkedHashSet<>();
  private final Set<QualifiedName> functions = new LinkedHashSet<>();
  private boolean complete = true;

  /**
   * @param text that the tree was made of
   * @param reader for definitions inside a body
   */
  Naming(String text, Function<String, List<Change>> reader) {
    this.text = text;
    this.reader = reader;
  }

  References references() {
    return new References(relations, writes, columns, functions, Set.of(), complete);
  }

  void visit(ParseTree tree, Scope scope) {
    if (!(tree instanceof ParserRuleContext rule)) {
      return;
    }
    switch (rule.getRuleIndex()) {
      case MariaDBParser.RULE_querySpecification, MariaDBParser.RULE_querySpecificationNointo ->
          query(rule, scope.inner());
      case MariaDBParser.RULE_fromClause -> fromClause((FromClauseContext) rule, scope);
      case MariaDBParser.RULE_tableSources -> sources(rule, scope);
      case MariaDBParser.RULE_selectElements -> elements((SelectElementsContext) rule, scope);
      case MariaDBParser.RULE_fullColumnName -> column((FullColumnNameContext) rule, scope);
      case MariaDBParser.RULE_insertStatement -> insert((InsertStatementContext) rule, scope);
      case MariaDBParser.RULE_replaceStatement -> replace((ReplaceStatementContext) rule, scope);
      case MariaDBParser.RULE_updateStatement, MariaDBParser.RULE_deleteStatement ->
          visit(rule.getChild(0), scope);
      case MariaDBParser.RULE_singleUpdateStatement ->
          update((SingleUpdateStatementContext) rule, scope);
      case MariaDBParser.RULE_multipleUpdateStatement ->
          update((MultipleUpdateStatementContext) rule, scope);
      case MariaDBParser.RULE_singleDeleteStatement ->
          delete((SingleDeleteStatementContext) rule, scope);
      case MariaDBParser.RULE_multipleDeleteStatement ->
          delete((MultipleDeleteStatementContext) rule, scope);
      case MariaDBParser.RULE_tableName -> reads(table(((TableNameContext) rule).fullId()), scope);
      case MariaDBParser.RULE_ddlStatement -> definition(rule);
      case MariaDBParser.RULE_preparedStatement -> complete = false;
      case MariaDBParser.RULE_callStatement -> {
        functions.add(routine(((CallStatementContext) rule).fullId()));
        children(rule, scope);
      }
      case MariaDBParser.RULE_functionCall -> {
        call(rule);
        children(rule, scope);
      }
      default -> {
        if (rule instanceof SelectStarElementContext star) {
          everyColumn(star, scope);
        } else if (rule instanceof SetNewValueInsideTriggerContext) {
          row(rule, scope);
          children(rule, scope);
        } else if (rule.getRuleContext(WithClauseContext.class, 0) != null) {
          with(rule, scope.inner());
        } else {
          children(rule, scope);
        }
      }
    }
  }

  private void children(ParserRuleContext rule, Scope scope) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      visit(rule.getChild(i), scope);
    }
  }

  // ---- queries ----

  private void with(ParserRuleContext rule, Scope scope) {
    WithClauseContext with = rule.getRuleContext(WithClauseContext.class, 0);
    boolean recursive = with.RECURSIVE() != null;
    CommonTableExpressionsContext expression = with.commonTableExpressions();
    List<CommonTableExpressionsContext> all = new ArrayList<>();
    while (expression != null) {
      all.add(expression);
      expression = expression.commonTableExpressions();
    }
    if (recursive) {
      all.forEach(e -> scope.addCommonTable(name(e.cteName().uid())));
    }
    for (CommonTableExpressionsContext each : all) {
      visit(each.dmlStatement(), scope);
      scope.addCommonTable(name(each.cteName().uid()));
    }
    for (int i = 0; i < rule.getChildCount(); i++) {
      if (!(rule.getChild(i) instanceof WithClauseContext)) {
        visit(rule.getChild(i), scope);
      }
    }
  }

  /** What is selected stands in front of FROM, and means what FROM names. */
  private void query(ParserRuleContext query, Scope scope) {
    FromClauseContext from = query.getRuleContext(FromClauseContext.class, 0);
    if (from != null) {
      fromClause(from, scope);
    }
    for (int i = 0; i < query.getChildCount(); i++) {
      if (!(query.getChild(i) instanceof FromClauseContext)) {
        visit(query.getChild(i), scope);
      }
    }
  }

  private void fromClause(FromClauseContext from, Scope scope) {
    if (from.tableSources() != null) {
      sources(from.tableSources(), scope);
    }
    if (from.expression() != null) {
      visit(from.expression(), scope);
    }
  }

  /** Names first, conditions and subqueries then: LATERAL and ON see what stands beside them. */
  private void sources(ParserRuleContext sources, Scope scope) {
    declare(sources, scope);
    conditions(sources, scope);
  }

  private void declare(ParseTree tree, Scope scope) {
    if (tree instanceof AtomTableItemContext item) {
      QualifiedName table = table(item.tableName().fullId());
      Name alias = item.alias == null ? table.name() : tableName(item.alias);
      if (scope.isCommonTable(table) || table.name().text().equalsIgnoreCase("dual")) {
        scope.addDerived(alias);
      } else {
        relations.add(table);
        scope.add(alias, table);
      }
    } else if (tree instanceof SubqueryTableItemContext item) {
      if (item.alias != null) {
        scope.addDerived(tableName(item.alias));
      }
    } else if (tree instanceof LateralStatementContext item) {
      if (item.uid() != null) {
        scope.addDerived(tableName(item.uid()));
      }
    } else if (tree instanceof ParserRuleContext rule && !isQuery(rule)) {
      for (int i = 0; i < rule.getChildCount(); i++) {
        declare(rule.getChild(i), scope);
      }
    }
  }

  private static boolean isQuery(ParserRuleContext rule) {
    return rule instanceof SelectStatementContext || rule instanceof ExpressionContext;
  }

  private void conditions(ParseTree tree, Scope scope) {
    if (tree instanceof AtomTableItemContext) {
      return;
    }
    if (tree instanceof NaturalJoinContext) {
      scope
          .relations()
          .forEach(r -> columns.add(new References.Column(Optional.of(r), Optional.empty())));
    }
    if (tree instanceof UidListContext list) {
      // USING (…)
      list.uid()
          .forEach(u -> columns.add(new References.Column(Optional.empty(), Optional.of(name(u)))));
    } else if (tree instanceof ParserRuleContext rule) {
      if (isQuery(rule) || rule instanceof JsonTableContext) {
        visit(rule, scope);
      } else if (rule instanceof QuerySpecificationNointoContext) {
        visit(rule, scope);
      } else {
        for (int i = 0; i < rule.getChildCount(); i++) {
          conditions(rule.getChild(i), scope);
        }
      }
    }
  }

  private void elements(SelectElementsContext elements, Scope scope) {
    for (int i = 0; i < elements.getChildCount(); i++) {
      if (elements.getChild(i) instanceof TerminalNode sign && sign.getText().equals("*")) {
        scope
            .relations()
            .forEach(r -> columns.add(new References.Column(Optional.of(r), Optional.empty())));
      } else {
        visit(elements.getChild(i), scope);
      }
    }
  }

  private void everyColumn(SelectStarElementContext star, Scope scope) {
    QualifiedName of = table(star.fullId());
    if (!scope.knows(of.name())) {
      columns.add(new References.Column(Optional.of(of), Optional.empty()));
    } else {
      scope
          .relation(of.name())
          .ifPresent(r -> columns.add(new References.Column(Optional.of(r), Optional.empty())));
    }
  }

  // ---- rows ----

  private void insert(InsertStatementContext insert, Scope scope) {
    QualifiedName table = table(insert.tableName().fullId());
    writes.add(table);
    Scope inner = target(scope, table, table.name());
    insertColumns(insert.columns, table, insert.insertStatementValue());
    if (insert.insertStatementValue() != null) {
      visit(insert.insertStatementValue(), scope.inner());
    }
    assigned(insert.updatedElement(), Optional.of(table), inner);
  }

  private void replace(ReplaceStatementContext replace, Scope scope) {
    QualifiedName table = table(replace.tableName().fullId());
    writes.add(table);
    Scope inner = target(scope, table, table.name());
    insertColumns(replace.columns, table, replace.insertStatementValue());
    if (replace.insertStatementValue() != null) {
      visit(replace.insertStatementValue(), scope.inner());
    }
    assigned(replace.updatedElement(), Optional.of(table), inner);
  }

  private void insertColumns(
      @org.jspecify.annotations.Nullable UidListContext list,
      QualifiedName table,
      @org.jspecify.annotations.Nullable ParserRuleContext values) {
    if (list != null) {
      list.uid()
          .forEach(
              u -> columns.add(new References.Column(Optional.of(table), Optional.of(name(u)))));
    } else if (values != null) {
      columns.add(new References.Column(Optional.of(table), Optional.empty()));
    }
  }

  private void assigned(
      List<UpdatedElementContext> elements, Optional<QualifiedName> table, Scope scope) {
    for (UpdatedElementContext element : elements) {
      FullColumnNameContext column = element.fullColumnName();
      if (table.isPresent() && column.dottedId().isEmpty()) {
        columns.add(new References.Column(table, Optional.of(name(column.uid()))));
      } else {
        column(column, scope);
      }
      if (element.expression() != null) {
        visit(element.expression(), scope);
      }
    }
  }

  private void update(SingleUpdateStatementContext update, Scope scope) {
    QualifiedName table = table(update.tableName().fullId());
    writes.add(table);
    Scope inner =
        target(scope, table, update.uid() == null ? table.name() : tableName(update.uid()));
    assigned(update.updatedElement(), Optional.of(table), inner);
    visitPresent(update.expression(), inner);
    visitPresent(update.orderByClause(), inner);
  }

  private void update(MultipleUpdateStatementContext update, Scope scope) {
    Scope inner = scope.inner();
    sources(update.tableSources(), inner);
    for (UpdatedElementContext element : update.updatedElement()) {
      Optional<Name> qualifier = qualifier(element.fullColumnName());
      if (qualifier.isPresent()) {
        inner.relation(qualifier.get()).ifPresent(writes::add);
      } else {
        writes.addAll(inner.relations());
      }
    }
    assigned(update.updatedElement(), Optional.empty(), inner);
    visitPresent(update.expression(), inner);
  }

  private void delete(SingleDeleteStatementContext delete, Scope scope) {
    QualifiedName table = table(delete.tableName().fullId());
    writes.add(table);
    Scope inner = target(scope, table, table.name());
    visitPresent(delete.expression(), inner);
    visitPresent(delete.orderByClause(), inner);
  }

  private void delete(MultipleDeleteStatementContext delete, Scope scope) {
    Scope inner = scope.inner();
    sources(delete.tableSources(), inner);
    for (TableNameContext target : delete.tableName()) {
      QualifiedName table = table(target.fullId());
      writes.add(inner.relation(table.name()).orElse(table));
    }
    visitPresent(delete.expression(), inner);
  }

  private void visitPresent(@org.jspecify.annotations.Nullable ParseTree tree, Scope scope) {
    if (tree != null) {
      visit(tree, scope);
    }
  }

  private static Scope target(Scope scope, QualifiedName table, Name alias) {
    Scope inner = scope.inner();
    inner.add(alias, table);
    return inner;
  }

  // ---- the names themselves ----

  private void definition(ParserRuleContext rule) {
    for (Change change : reader.apply(written(rule))) {
      Written.tables(change).forEach(writes::add);
      complete &= !(change instanceof Change.Unrecognised);
    }
  }

  /** SET NEW.a = …, NEW.b = … */
  private void row(ParserRuleContext rule, Scope scope) {
    List<dev.sluice.dialect.mysql.reading.Token> tokens = Scanner.tokens(written(rule));
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if ((tokens.get(i).is("NEW") || tokens.get(i).is("OLD")) && tokens.get(i + 1).is(".")) {
        String column = tokens.get(i + 2).text();
        Name name = Name.ignoringCase(column.startsWith("`") ? Literals.name(column) : column);
        scope
            .relation(new Name("NEW"))
            .ifPresent(r -> columns.add(new References.Column(Optional.of(r), Optional.of(name))));
      }
    }
  }

  private void reads(QualifiedName table, Scope scope) {
    if (!scope.isCommonTable(table)) {
      relations.add(table);
    }
  }

  private void call(ParserRuleContext rule) {
    if (rule instanceof UdfFunctionCallContext udf) {
      functions.add(routine(udf.fullId()));
    } else if (rule.getStart() != null && rule.getChildCount() > 0) {
      String word = rule.getStart().getText().toLowerCase(Locale.ROOT);
      functions.add(new QualifiedName(Optional.empty(), Name.ignoringCase(word)));
    }
  }

  private void column(FullColumnNameContext column, Scope scope) {
    // To the grammar double quotes may hold a name; where they do, they are backticks by now.
    char first = written(column).charAt(0);
    if (first == '"' || first == '\'') {
      return;
    }
    List<Name> parts = parts(column);
    Name last = parts.getLast();
    if (parts.size() == 1) {
      columns.add(new References.Column(Optional.empty(), Optional.of(last)));
      return;
    }
    Name qualifier = new Name(parts.get(parts.size() - 2).text());
    if (scope.knows(qualifier)) {
      scope
          .relation(qualifier)
          .ifPresent(r -> columns.add(new References.Column(Optional.of(r), Optional.of(last))));
    } else {
      QualifiedName table =
          new QualifiedName(
              parts.size() > 2 ? Optional.of(new Name(parts.get(0).text())) : Optional.empty(),
              qualifier);
      columns.add(new References.Column(Optional.of(table), Optional.of(last)));
    }
  }

  private Optional<Name> qualifier(FullColumnNameContext column) {
    List<Name> parts = parts(column);
    return parts.size() < 2
        ? Optional.empty()
        : Optional.of(new Name(parts.get(parts.size() - 2).text()));
  }

  private List<Name> parts(ParserRuleContext rule) {
    List<Name> parts = new ArrayList<>();
    for (dev.sluice.dialect.mysql.reading.Token token : Scanner.tokens(written(rule))) {
      switch (token.kind()) {
        case WORD, NUMBER -> parts.add(Name.ignoringCase(token.text()));
        case QUOTED, STRING -> {
          String name = Literals.name(token.text());
          if (!name.isEmpty()) {
            parts.add(Name.ignoringCase(name));
          }
        }
        case VARIABLE, SIGN, END -> {}
      }
    }
    if (parts.isEmpty()) {
      throw new Unreadable("an empty name stands in it");
    }
    return parts;
  }

  private QualifiedName table(FullIdContext id) {
    List<Name> parts = parts(id);
    Name last = new Name(parts.getLast().text());
    return parts.size() == 1
        ? new QualifiedName(Optional.empty(), last)
        : new QualifiedName(Optional.of(new Name(parts.get(0).text())), last);
  }

  private QualifiedName routine(FullIdContext id) {
    List<Name> parts = parts(id);
    return parts.size() == 1
        ? new QualifiedName(
            Optional.empty(), Name.ignoringCase(parts.get(0).text().toLowerCase(Locale.ROOT)))
        : new QualifiedName(Optional.of(new Name(parts.get(0).text())), parts.getLast());
  }

  private Name name(ParserRuleContext uid) {
    return parts(uid).getLast();
  }

  private Name tableName(ParserRuleContext uid) {
    return new Name(name(uid).text());
  }

  private String written(ParserRuleContext rule) {
    Token last = rule.getStop() == null ? rule.getStart() : rule.getStop();
    int start = rule.getStart().getStartIndex();
    return text.substring(
        Math.min(start, text.length()),
        Math.max(start, Math.min(last.getStopIndex() + 1, text.length())));
  }
}
