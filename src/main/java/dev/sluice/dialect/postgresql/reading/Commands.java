package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Explain_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Explain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_cols_listContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vacuum_modeContext;

/** Maintenance, cursors, code that runs once, and what has no effect on schema or rows. */
final class Commands {

  private final Words words;

  Commands(Words words) {
    this.words = words;
  }

  List<Change> read(Script_additionalContext statement) {
    if (statement.additional_statement() != null) {
      return read(statement.additional_statement());
    }
    if (statement.VACUUM() != null) {
      return List.of(
          new Change.Maintenance(
              vacuum(statement.vacuum_mode()), tables(statement.table_cols_list())));
    }
    if (statement.CALL() != null) {
      return List.of(new Change.Query(words.fragment(statement)));
    }
    if (statement.declare_statement() != null) {
      return List.of(new Change.Query(words.fragment(statement.declare_statement().select_stmt())));
    }
    if (statement.execute_statement() != null) {
      throw new Unreadable("EXECUTE runs a prepared statement, whose text stands elsewhere");
    }
    if (statement.explain_statement() != null) {
      return explain(statement.explain_statement());
    }
    return List.of(new Change.NoEffect(words.of(statement)));
  }

  List<Change> read(Additional_statementContext statement) {
    if (statement.anonymous_block() != null) {
      return List.of(Blocks.read(words, statement.anonymous_block()));
    }
    if (statement.truncate_stmt() != null) {
      return List.of(new Rows(words).truncate(statement.truncate_stmt()));
    }
    if (statement.copy_statement() != null) {
      return new Rows(words).copy(statement.copy_statement());
    }
    if (statement.reindex_stmt() != null) {
      return List.of(new Indexes(words).reindex(statement.reindex_stmt()));
    }
    if (statement.cluster_stmt() != null) {
      return List.of(
          new Change.Maintenance(
              Change.Maintenance.Kind.CLUSTER,
              Optional.ofNullable(statement.cluster_stmt().schema_qualified_name())
                  .map(words::qualified)
                  .stream()
                  .toList()));
    }
    if (statement.analyze_keyword() != null) {
      return List.of(
          new Change.Maintenance(
              Change.Maintenance.Kind.ANALYZE, tables(statement.table_cols_list())));
    }
    if (statement.CHECKPOINT() != null) {
      return List.of(new Change.Maintenance(Change.Maintenance.Kind.CHECKPOINT, List.of()));
    }
    if (statement.REFRESH() != null) {
      return List.of(
          new Change.RefreshView(
              words.qualified(statement.schema_qualified_name()),
              statement.CONCURRENTLY() != null));
    }
    if (statement.RESET() != null) {
      return List.of(new Session(words).reset(statement));
    }
    if (statement.REASSIGN() != null) {
      throw new Unreadable("REASSIGN OWNED changes objects without naming them");
    }
    // LISTEN, UNLISTEN, NOTIFY, LOAD, DEALLOCATE, PREPARE
    return List.of(new Change.NoEffect(words.of(statement)));
  }

  private Change.Maintenance.Kind vacuum(Vacuum_modeContext mode) {
    boolean full =
        mode.FULL() != null
            || mode.vacuum_option().stream()
                .anyMatch(o -> o.FULL() != null && words.isOn(o.boolean_value()));
    return full ? Change.Maintenance.Kind.VACUUM_FULL : Change.Maintenance.Kind.VACUUM;
  }

  private List<QualifiedName> tables(@Nullable Table_cols_listContext list) {
    return list == null
        ? List.of()
        : list.inheritance_specified_table_cols().stream()
            .map(t -> words.qualified(t.schema_qualified_name()))
            .toList();
  }

  /** With ANALYZE it runs the statement. */
  private List<Change> explain(Explain_statementContext statement) {
    boolean runs = statement.analyze_keyword() != null;
    for (Explain_optionContext option : statement.explain_option()) {
      runs |= option.analyze_keyword() != null && words.isOn(option.boolean_value());
    }
    if (!runs) {
      return List.of(new Change.NoEffect(words.of(statement)));
    }
    ParserRuleContext query = statement.explain_query();
    return Statements.read(words.of(query));
  }
}
