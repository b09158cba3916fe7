package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_columnsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_defContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_of_type_column_defContext;

/** CREATE TABLE in its forms. */
final class Tables {

  private static final Name TEMPORARY_SCHEMA = new Name("pg_temp");

  private final Words words;
  private final Columns columns;
  private final Constraints constraints;

  Tables(Words words) {
    this.words = words;
    this.columns = new Columns(words);
    this.constraints = new Constraints(words);
  }

  Change create(Create_table_statementContext statement) {
    if (statement.distributed_clause() != null || statement.partition_gp() != null) {
      throw new Unreadable("it is written for Greenplum");
    }
    QualifiedName name = words.qualified(statement.name);
    Content content = new Content();
    if (statement.define_table().define_columns() != null) {
      content.add(statement.define_table().define_columns());
    } else if (statement.define_table().define_partition() != null) {
      content.add(statement.define_table().define_partition());
    } else {
      content.add(statement.define_table().define_type());
    }
    ParserRuleContext beforeStorage =
        statement.partition_by() == null ? statement.define_table() : statement.partition_by();
    Optional<Fragment> partitionKey =
        Optional.ofNullable(statement.partition_by())
            .map(by -> words.fragment(by.partition_method()));
    return new Change.CreateTable(
        content.table(name, partitionKey),
        List.of(),
        content.copies,
        Optional.empty(),
        isTemporary(name, statement.TEMP() != null || statement.TEMPORARY() != null),
        statement.UNLOGGED() != null,
        words.behind(beforeStorage, statement),
        statement.if_not_exists() != null,
        content.ofType);
  }

  Change createAs(Create_table_as_statementContext statement) {
    if (statement.distributed_clause() != null) {
      throw new Unreadable("it is written for Greenplum");
    }
    if (statement.select_stmt() == null) {
      throw new Unreadable("CREATE TABLE … AS EXECUTE runs a prepared statement");
    }
    QualifiedName name = words.qualified(statement.name);
    Fragment query =
        new Fragment(
            words.from(statement.select_stmt(), statement),
            words.references(statement.select_stmt()));
    return createAs(
        name,
        query,
        isTemporary(name, statement.TEMP() != null || statement.TEMPORARY() != null),
        statement.UNLOGGED() != null,
        words.between(statement.name, statement.AS()),
        statement.if_not_exists() != null);
  }

  /** Also what SELECT … INTO does. */
  static Change createAs(
      QualifiedName name,
      Fragment query,
      boolean temporary,
      boolean unlogged,
      String storage,
      boolean ifNotExists) {
    Table table =
        new Table(name, List.of(), List.of(), Optional.empty(), List.of(), Optional.empty(), false);
    return new Change.CreateTable(
        table, List.of(), List.of(), Optional.of(query), temporary, unlogged, storage, ifNotExists);
  }

  static boolean isTemporary(QualifiedName name, boolean said) {
    return said || name.schema().map(TEMPORARY_SCHEMA::equals).orElse(false);
  }

  /** What stands between the parentheses of a CREATE TABLE, and what is behind them. */
  private final class Content {
    final List<Column> own = new ArrayList<>();
    final List<Constraint> rules = new ArrayList<>();
    final List<Change.CreateTable.Like> copies = new ArrayList<>();
    final List<QualifiedName> parents = new ArrayList<>();
    Optional<Fragment> bounds = Optional.empty();
    Optional<QualifiedName> ofType = Optional.empty();

    void add(Define_columnsContext definition) {
      for (Table_column_defContext element : definition.table_column_def()) {
        if (element.table_column_definition() != null) {
          Columns.Definition column = columns.definition(element.table_column_definition());
          own.add(column.column());
          rules.addAll(column.constraints());
        } else if (element.tabl_constraint != null) {
          rules.add(constraints.ofTable(element.tabl_constraint));
        } else {
          copies.add(
              new Change.CreateTable.Like(
                  words.qualified(element.schema_qualified_name()),
                  words.behind(element.schema_qualified_name(), element)));
        }
      }
      if (definition.names_in_parens() != null) {
        parents.addAll(words.qualified(definition.names_in_parens().names_references()));
      }
    }

    void add(Define_partitionContext definition) {
      parents.add(words.qualified(definition.parent_table));
      bounds = Optional.of(words.fragment(definition.for_values_bound()));
      if (definition.list_of_type_column_def() != null) {
        for (Table_of_type_column_defContext element :
            definition.list_of_type_column_def().table_of_type_column_def()) {
          withOptions(element);
        }
      }
    }

    void add(Define_typeContext definition) {
      ofType = Constants.relation(words.of(definition.type_name));
      if (ofType.isEmpty()) {
        throw new Unreadable("a table is of a composite type only");
      }
      if (definition.list_of_type_column_def() != null) {
        for (Table_of_type_column_defContext element :
            definition.list_of_type_column_def().table_of_type_column_def()) {
          withOptions(element);
        }
      }
    }

    private void withOptions(Table_of_type_column_defContext element) {
      if (element.tabl_constraint != null) {
        rules.add(constraints.ofTable(element.tabl_constraint));
        return;
      }
      Name column = words.name(element.identifier());
      for (Constraint_commonContext clause : element.constraint_common()) {
        Optional<Constraint> constraint = constraints.ofColumn(clause, column);
        if (constraint.isPresent()) {
          rules.add(constraint.get());
        } else if (clause.constr_body().NOT() != null) {
          rules.add(new Constraint.NotNull(Optional.empty(), column, true));
        } else if (ofType.isEmpty()) {
          throw new Unreadable("a partition's own column defaults are not modelled");
        }
      }
    }

    Table table(QualifiedName name, Optional<Fragment> partitionKey) {
      Set<Name> notNull = new HashSet<>();
      for (Constraint rule : rules) {
        if (rule instanceof Constraint.PrimaryKey || rule instanceof Constraint.NotNull) {
          notNull.addAll(rule.columns());
        }
      }
      return new Table(
          name,
          own.stream().map(c -> notNull.contains(c.name()) ? c.withNullable(false) : c).toList(),
          rules,
          partitionKey,
          parents,
          bounds,
          copies.isEmpty() && parents.isEmpty() && ofType.isEmpty());
    }
  }
}
