package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Conflict_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Copy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.From_itemContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Into_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Merge_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Only_table_multiplyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_colsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Truncate_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.When_conditionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_clauseContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_queryContext;

/** Statements about rows. A data-modifying WITH comes first, as a change of its own. */
final class Rows {

  private final Words words;
  private final Assignments assignments;

  Rows(Words words) {
    this.words = words;
    this.assignments = new Assignments(words);
  }

  List<Change> read(Data_statementContext statement) {
    List<Change> changes = new ArrayList<>();
    read(statement, Scope.outermost(), changes);
    return changes;
  }

  /**
   * {@code around} holds what the WITH lists outside the statement have named; its own names come
   * on top, for what stands behind them only: {@code WITH t AS (SELECT … FROM t)} reads the table
   * t.
   */
  private void read(Data_statementContext statement, Scope around, List<Change> changes) {
    Scope scope = around.inner();
    if (statement.insert_stmt_for_psql() != null) {
      inWith(statement.insert_stmt_for_psql().with_clause(), scope, changes);
      changes.add(insert(statement.insert_stmt_for_psql(), around, scope));
    } else if (statement.update_stmt_for_psql() != null) {
      inWith(statement.update_stmt_for_psql().with_clause(), scope, changes);
      changes.add(update(statement.update_stmt_for_psql(), around));
    } else if (statement.delete_stmt_for_psql() != null) {
      inWith(statement.delete_stmt_for_psql().with_clause(), scope, changes);
      changes.add(delete(statement.delete_stmt_for_psql(), around));
    } else if (statement.merge_stmt_for_psql() != null) {
      inWith(statement.merge_stmt_for_psql().with_clause(), scope, changes);
      changes.add(
          new Change.Merge(
              words.qualified(statement.merge_stmt_for_psql().merge_table_name),
              actions(statement.merge_stmt_for_psql()),
              words.references(statement, around)));
    } else {
      inWith(statement.select_stmt().with_clause(), scope, changes);
      changes.add(
          SetConfig.in(words, statement.select_stmt())
              .orElseGet(() -> query(statement.select_stmt(), around)));
    }
  }

  private static Set<Change.Merge.Action> actions(Merge_stmt_for_psqlContext merge) {
    Set<Change.Merge.Action> actions = EnumSet.noneOf(Change.Merge.Action.class);
    for (When_conditionContext when : merge.when_condition()) {
      if (when.merge_matched() != null && when.merge_matched().UPDATE() != null) {
        actions.add(Change.Merge.Action.UPDATE);
      }
      if (when.merge_matched() != null && when.merge_matched().DELETE() != null) {
        actions.add(Change.Merge.Action.DELETE);
      }
      if (when.merge_not_matched() != null && when.merge_not_matched().INSERT() != null) {
        actions.add(Change.Merge.Action.INSERT);
      }
    }
    return actions;
  }

  private void inWith(@Nullable With_clauseContext with, Scope scope, List<Change> changes) {
    if (with == null) {
      return;
    }
    for (With_queryContext query : with.with_query()) {
      List<Change> inside = new ArrayList<>();
      read(query.data_statement(), scope, inside);
      inside.stream().filter(change -> !(change instanceof Change.Query)).forEach(changes::add);
      scope.addCommonTable(words.name(query.query_name));
    }
  }

  private Change query(Select_stmtContext select, Scope around) {
    Into_tableContext into = into(select.select_ops());
    if (into == null) {
      return new Change.Query(words.fragment(select, around));
    }
    QualifiedName name = words.qualified(into.schema_qualified_name());
    boolean temporary = into.TEMP() != null || into.TEMPORARY() != null;
    return Tables.createAs(
        name,
        words.fragment(select, around),
        Tables.isTemporary(name, temporary),
        into.UNLOGGED() != null,
        "",
        false);
  }

  /** INTO stands in the first SELECT of a union. */
  private static @Nullable Into_tableContext into(Select_opsContext operand) {
    if (operand.select_primary() != null) {
      return operand.select_primary().into_table();
    }
    if (operand.select_stmt() != null) {
      return into(operand.select_stmt().select_ops());
    }
    return into(operand.select_ops(0));
  }

  private Change insert(Insert_stmt_for_psqlContext insert, Scope around, Scope scope) {
    List<Name> columns =
        insert.insert_columns() == null
            ? List.of()
            : insert.insert_columns().indirection_identifier().stream()
                .map(c -> words.name(c.identifier()))
                .toList();
    boolean upsert = insert.conflict_action() != null && insert.conflict_action().UPDATE() != null;
    return new Change.Insert(
        words.qualified(insert.insert_table_name),
        columns,
        source(insert, scope),
        upsert,
        Optional.ofNullable(insert.conflict_object()).map(this::conflict),
        words.references(insert, around));
  }

  private Change.Insert.Conflict conflict(Conflict_objectContext object) {
    if (object.index_columns() == null) {
      return new Change.Insert.Conflict(
          List.of(), Optional.ofNullable(object.identifier()).map(words::name));
    }
    Indexes indexes = new Indexes(words);
    return new Change.Insert.Conflict(
        object.index_columns().index_column().stream()
            .flatMap(c -> indexes.plain(c.column).stream())
            .toList(),
        Optional.empty());
  }

  private Optional<Fragment> source(Insert_stmt_for_psqlContext insert, Scope scope) {
    Select_stmtContext select = insert.select_stmt();
    boolean values =
        select == null
            || (select.with_clause() == null
                && select.select_ops().select_primary() != null
                && select.select_ops().select_primary().values_stmt() != null);
    return values ? Optional.empty() : Optional.of(words.fragment(select, scope));
  }

  private Change update(Update_stmt_for_psqlContext update, Scope around) {
    Scope scope = new QueryNaming(words, new Naming(words)).updateScope(update, around);
    List<Assignment> set = new ArrayList<>();
    update.update_set().forEach(s -> set.addAll(assignments.read(s, scope)));
    return new Change.Update(
        words.qualified(update.update_table_name),
        Optional.ofNullable(update.alias).map(words::name),
        set,
        sources(update.with_clause(), update.from_item(), around),
        condition(update.vex(), update.CURRENT() != null, scope),
        words.references(update, around));
  }

  private Change delete(Delete_stmt_for_psqlContext delete, Scope around) {
    Scope scope = new QueryNaming(words, new Naming(words)).deleteScope(delete, around);
    return new Change.Delete(
        words.qualified(delete.delete_table_name),
        Optional.ofNullable(delete.alias).map(words::name),
        sources(delete.with_clause(), delete.from_item(), around),
        condition(delete.vex(), delete.CURRENT() != null, scope),
        words.references(delete, around));
  }

  private Optional<Fragment> condition(
      @Nullable ParserRuleContext condition, boolean ofCursor, Scope scope) {
    if (ofCursor) {
      throw new Unreadable("WHERE CURRENT OF depends on a cursor");
    }
    return Optional.ofNullable(condition).map(c -> words.fragment(c, scope));
  }

  /**
   * All that a FROM leads to, by way of WITH too. A source that is no table (VALUES, a function)
   * goes by its alias: the statement then does not depend on the row's own columns alone.
   */
  private List<QualifiedName> sources(
      @Nullable With_clauseContext with, List<From_itemContext> items, Scope around) {
    if (items.isEmpty()) {
      return List.of();
    }
    Naming naming = new Naming(words);
    Scope scope = around.inner();
    if (with != null) {
      naming.queries().with(with, scope);
    }
    naming.queries().fromAll(items, scope);
    return naming.relations().isEmpty()
        ? scope.derived().stream().map(n -> new QualifiedName(Optional.empty(), n)).toList()
        : naming.relations();
  }

  Change truncate(Truncate_stmtContext truncate) {
    return new Change.Truncate(
        tables(truncate.only_table_multiply()), TableActions.cascades(truncate.cascade_restrict()));
  }

  List<QualifiedName> tables(List<Only_table_multiplyContext> tables) {
    return tables.stream().map(t -> words.qualified(t.schema_qualified_name())).toList();
  }

  List<Change> copy(Copy_statementContext copy) {
    if (copy.copy_from_statement() != null) {
      return List.of(copy(copy.copy_from_statement().table_cols(), true));
    }
    return copy.copy_to_statement().data_statement() != null
        ? read(copy.copy_to_statement().data_statement())
        : List.of(copy(copy.copy_to_statement().table_cols(), false));
  }

  private Change copy(Table_colsContext table, boolean into) {
    return new Change.Copy(
        words.qualified(table.schema_qualified_name()),
        table.columns() == null ? List.of() : words.names(table.columns().identifier()),
        into);
  }
}
