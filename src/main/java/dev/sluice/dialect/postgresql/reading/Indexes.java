package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_columnContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_def_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_restContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_varContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Indexes. */
final class Indexes {

  private final Words words;

  Indexes(Words words) {
    this.words = words;
  }

  Change create(Create_index_statementContext statement) {
    Index_restContext rest = statement.index_rest();
    QualifiedName table = words.qualified(statement.table_name);
    // An index is named without a schema: it stands in its table's.
    Optional<QualifiedName> name =
        Optional.ofNullable(statement.name)
            .map(n -> new QualifiedName(table.schema(), words.name(n)));
    Index index =
        new Index(
            name,
            table,
            statement.UNIQUE() != null,
            rest.method == null ? "btree" : words.name(rest.method).text(),
            rest.index_columns().index_column().stream().map(this::column).toList(),
            rest.including_index() == null
                ? List.of()
                : words.names(rest.including_index().identifier()),
            Optional.ofNullable(rest.index_where()).map(where -> words.fragment(where.vex())),
            rest.nulls_distinction() == null || rest.nulls_distinction().NOT() == null,
            Stream.<ParserRuleContext>of(rest.with_storage_parameter(), rest.table_space())
                .filter(Objects::nonNull)
                .map(words::of)
                .collect(Collectors.joining(" ")),
            true);
    return new Change.CreateIndex(
        index,
        statement.CONCURRENTLY() != null,
        statement.if_not_exists() != null,
        statement.ONLY() != null);
  }

  private IndexColumn column(Index_columnContext column) {
    VexContext key = column.column;
    // COLLATE binds to the expression in the grammar, and to the index column in the catalog.
    if (key.collate_identifier() != null) {
      key = key.vex(0);
    }
    return new IndexColumn(plain(key), words.fragment(key), words.behind(key, column));
  }

  /** The server takes {@code (a)} for the column too. */
  Optional<Name> plain(VexContext key) {
    if (Words.isParenthesised(key)) {
      return plain(key.vex(0));
    }
    if (key.value_expression_primary() == null) {
      return Optional.empty();
    }
    Indirection_varContext variable = key.value_expression_primary().indirection_var();
    return variable == null || variable.identifier() == null || variable.indirection_list() != null
        ? Optional.empty()
        : Optional.of(words.name(variable.identifier()));
  }

  Change alter(Alter_index_statementContext statement) {
    if (statement.index_def_action() == null) {
      throw new Unreadable("ALTER INDEX ALL names no index");
    }
    QualifiedName index = words.qualified(statement.schema_qualified_name());
    Index_def_actionContext action = statement.index_def_action();
    if (action.rename_to() != null) {
      return new Change.RenameIndex(index, Optional.empty(), words.name(action.rename_to().name));
    }
    if (action.ATTACH() != null) {
      return new Change.AttachIndex(index, words.qualified(action.index));
    }
    return new Change.AlterIndex(index, words.of(action));
  }

  Change reindex(Reindex_stmtContext statement) {
    boolean concurrently = statement.CONCURRENTLY() != null;
    if (statement.reindex_options() != null) {
      for (Reindex_optionContext option : statement.reindex_options().reindex_option()) {
        concurrently |= option.CONCURRENTLY() != null && words.isOn(option.boolean_value());
      }
    }
    Change.Reindex.Target target = target(statement);
    if (statement.schema_qualified_name() == null) {
      throw new Unreadable("REINDEX without a name rebuilds the whole database");
    }
    return new Change.Reindex(
        target, words.qualified(statement.schema_qualified_name()), concurrently);
  }

  private static Change.Reindex.Target target(Reindex_stmtContext statement) {
    if (statement.INDEX() != null) {
      return Change.Reindex.Target.INDEX;
    }
    if (statement.TABLE() != null) {
      return Change.Reindex.Target.TABLE;
    }
    if (statement.SCHEMA() != null) {
      return Change.Reindex.Target.SCHEMA;
    }
    return statement.DATABASE() != null
        ? Change.Reindex.Target.DATABASE
        : Change.Reindex.Target.SYSTEM;
  }
}
