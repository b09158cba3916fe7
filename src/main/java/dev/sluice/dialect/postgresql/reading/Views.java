package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;

/** Views, materialized ones too. */
final class Views {

  private final Words words;

  Views(Words words) {
    this.words = words;
  }

  Change create(Create_view_statementContext statement) {
    if (statement.distributed_clause() != null) {
      throw new Unreadable("it is written for Greenplum");
    }
    QualifiedName name = words.qualified(statement.name);
    Scope scope = Scope.outermost();
    String query = words.from(statement.v_query, statement);
    List<Name> columns =
        statement.column_names == null
            ? List.of()
            : words.names(statement.column_names.identifier());
    if (statement.RECURSIVE() != null) {
      throw new Unreadable("CREATE RECURSIVE VIEW is not modelled; WITH RECURSIVE in a view is");
    }
    String options =
        statement.column_names == null
            ? words.between(statement.name, statement.AS())
            : words.between(statement.column_names, statement.AS());
    View view =
        new View(
            name,
            columns,
            new Fragment(query, Naming.in(words, statement.v_query, scope)),
            statement.MATERIALIZED() != null,
            options);
    return new Change.CreateView(
        view,
        statement.REPLACE() != null,
        statement.if_not_exists() != null,
        Tables.isTemporary(name, statement.TEMP() != null || statement.TEMPORARY() != null));
  }

  /** What a view shares with tables is written as for a table; the server takes it so too. */
  Change alter(Alter_view_statementContext statement) {
    QualifiedName view = words.qualified(statement.name);
    Alter_view_actionContext action = statement.alter_view_action();
    if (action.rename_to() != null) {
      return rename(ObjectKind.VIEW, view, words.name(action.rename_to().name));
    }
    if (action.set_schema() != null) {
      return new Change.MoveObject(
          ObjectKind.VIEW, view, "", words.name(action.set_schema().identifier()));
    }
    if (action.RENAME() != null) {
      return new Change.RenameColumn(
          view, words.name(action.identifier(0)), words.name(action.identifier(1)));
    }
    if (action.set_def_column() != null) {
      return new Change.SetDefault(
          view, words.name(action.column_name), words.fragment(action.set_def_column().vex()));
    }
    if (action.drop_def() != null) {
      return new Change.DropDefault(view, words.name(action.column_name));
    }
    return new Change.AlterObject(ObjectKind.VIEW, view, Optional.empty(), words.of(action));
  }

  Change alter(Alter_materialized_view_statementContext statement) {
    Alter_materialized_view_actionContext action = statement.alter_materialized_view_action();
    if (action == null) {
      throw new Unreadable("ALTER MATERIALIZED VIEW ALL names no view");
    }
    QualifiedName view = words.qualified(statement.schema_qualified_name());
    if (action.rename_to() != null) {
      return rename(ObjectKind.MATERIALIZED_VIEW, view, words.name(action.rename_to().name));
    }
    if (action.set_schema() != null) {
      return new Change.MoveObject(
          ObjectKind.MATERIALIZED_VIEW, view, "", words.name(action.set_schema().identifier()));
    }
    if (action.RENAME() != null) {
      return new Change.RenameColumn(
          view, words.name(action.identifier(0)), words.name(action.identifier(1)));
    }
    return new Change.AlterObject(
        ObjectKind.MATERIALIZED_VIEW, view, Optional.empty(), words.of(action));
  }

  /**
   * Whether INSERT, UPDATE and DELETE reach the table behind it without a rule or a trigger
   * (manual, "Updatable Views"). Aggregates in its list are not looked for: one with them counts as
   * writable.
   */
  static boolean isUpdatable(View view) {
    Create_view_statementContext statement =
        Grammar.statements("CREATE VIEW v AS " + view.query().sql())
            .statement(0)
            .schema_statement()
            .schema_create()
            .getRuleContext(Create_view_statementContext.class, 0);
    Select_stmtContext query = statement.v_query;
    Select_primaryContext select = query.select_ops().select_primary();
    return !view.materialized()
        && query.with_clause() == null
        && query.after_ops().stream().allMatch(o -> o.orderby_clause() != null)
        && select != null
        && select.set_qualifier() == null
        && select.groupby_clause() == null
        && select.HAVING() == null
        && select.from_item().size() == 1
        && select.from_item(0).from_primary() != null
        && select.from_item(0).from_primary().schema_qualified_name() != null;
  }

  private static Change rename(ObjectKind kind, QualifiedName view, Name to) {
    return new Change.RenameObject(kind, view, Optional.empty(), "", to);
  }
}
