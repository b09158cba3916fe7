package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_rewrite_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_statistics_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Identifier_listContext;

/** What hangs on a table: triggers, rules, policies, statistics. */
final class TableObjects {

  private static final Name OLD = new Name("old");
  private static final Name NEW = new Name("new");

  private final Words words;

  TableObjects(Words words) {
    this.words = words;
  }

  Change trigger(Create_trigger_statementContext statement) {
    QualifiedName table = words.qualified(statement.table_name);
    Naming naming = new Naming(words);
    naming.reads(table);
    for (Identifier_listContext columns : statement.identifier_list()) {
      words
          .names(columns.identifier())
          .forEach(column -> naming.column(Optional.of(table), column));
    }
    naming.visit(statement.func_name, Scope.outermost());
    if (statement.when_trigger() != null) {
      naming.visit(statement.when_trigger(), rowOf(table));
    }
    if (statement.referenced_table_name != null) {
      naming.reads(words.qualified(statement.referenced_table_name));
    }
    Trigger trigger =
        new Trigger(
            words.name(statement.name),
            table,
            words.between(statement.name, statement.ON()),
            Optional.of(words.qualified(statement.func_name.schema_qualified_name_nontype())),
            new Fragment(words.behind(statement.table_name, statement), naming.references()),
            statement.CONSTRAINT() != null);
    return new Change.CreateTrigger(trigger, statement.REPLACE() != null);
  }

  Change rule(Create_rewrite_statementContext statement) {
    QualifiedName table = words.qualified(statement.table_name);
    Naming naming = new Naming(words);
    naming.reads(table);
    naming.children(statement, rowOf(table));
    return new Change.CreateObject(
        ObjectKind.RULE,
        new QualifiedName(Optional.empty(), words.name(statement.name)),
        Optional.of(table),
        new Fragment(words.behind(statement.name, statement), naming.references()),
        statement.REPLACE() != null,
        false);
  }

  Change policy(Create_policy_statementContext statement) {
    QualifiedName table = words.qualified(statement.schema_qualified_name());
    String definition = words.behind(statement.schema_qualified_name(), statement);
    return new Change.CreateObject(
        ObjectKind.POLICY,
        new QualifiedName(Optional.empty(), words.name(statement.identifier())),
        Optional.of(table),
        new Fragment(definition, ofTable(statement, table)),
        false,
        false);
  }

  Change statistics(Create_statistics_statementContext statement) {
    QualifiedName table = words.qualified(statement.table_name);
    if (statement.name == null) {
      return unnamed(statement, table);
    }
    String definition = words.behind(statement.name, statement);
    return new Change.CreateObject(
        ObjectKind.STATISTICS,
        words.qualified(statement.name),
        Optional.of(table),
        new Fragment(definition, ofTable(statement, table)),
        false,
        statement.if_not_exists() != null);
  }

  /** The server names it after its table and columns (ChooseExtendedStatisticName). */
  private Change unnamed(Create_statistics_statementContext statement, QualifiedName table) {
    String definition = words.behind(statement.STATISTICS(), statement);
    int on = definition.toUpperCase(Locale.ROOT).lastIndexOf(" FROM ");
    String columns =
        definition
            .substring(0, Math.max(on, 0))
            .replaceAll("(?is)^(\\([^)]*\\)\\s*)?ON\\s+", "")
            .replaceAll("\\([^,]*\\)", "expr")
            .replaceAll("[\\s\"]", "")
            .replace(',', '_');
    Name name = new Name(table.name().text() + "_" + columns + "_stat");
    return new Change.CreateObject(
        ObjectKind.STATISTICS,
        table.withName(name),
        Optional.of(table),
        new Fragment(definition, ofTable(statement, table)),
        false,
        false);
  }

  private References ofTable(ParserRuleContext statement, QualifiedName table) {
    Naming naming = new Naming(words);
    naming.reads(table);
    Scope scope = Scope.outermost();
    scope.add(table.name(), table);
    naming.children(statement, scope);
    return naming.references();
  }

  private static Scope rowOf(QualifiedName table) {
    Scope scope = Scope.outermost();
    scope.add(OLD, table);
    scope.add(NEW, table);
    return scope;
  }
}
