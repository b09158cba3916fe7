package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Sequence_bodyContext;

/** Sequences. */
final class Sequences {

  private final Words words;

  Sequences(Words words) {
    this.words = words;
  }

  Change create(Create_sequence_statementContext statement) {
    if (statement.TEMP() != null || statement.TEMPORARY() != null) {
      // Only its session sees it.
      return new Change.NoEffect(words.of(statement));
    }
    return new Change.CreateSequence(
        words.qualified(statement.name),
        options(statement, statement.name, statement.sequence_body()),
        owner(statement.sequence_body()),
        statement.UNLOGGED() != null,
        statement.if_not_exists() != null);
  }

  Change alter(Alter_sequence_statementContext statement) {
    QualifiedName name = words.qualified(statement.name);
    if (statement.rename_to() != null) {
      return new Change.RenameObject(
          ObjectKind.SEQUENCE, name, Optional.empty(), "", words.name(statement.rename_to().name));
    }
    if (statement.set_schema() != null) {
      return new Change.MoveObject(
          ObjectKind.SEQUENCE, name, "", words.name(statement.set_schema().identifier()));
    }
    if (statement.set_logged() != null) {
      return new Change.AlterObject(
          ObjectKind.SEQUENCE, name, Optional.empty(), words.of(statement.set_logged()));
    }
    return new Change.AlterSequence(
        name,
        options(statement, statement.name, statement.sequence_body()),
        owner(statement.sequence_body()));
  }

  /** All that stands behind the name, without the OWNED BY of a column. */
  private String options(
      ParserRuleContext statement, ParserRuleContext name, List<Sequence_bodyContext> bodies) {
    String all = words.behind(name, statement);
    for (Sequence_bodyContext body : bodies) {
      if (column(body).isPresent()) {
        all = all.replace(words.of(body), "");
      }
    }
    return all.lines().map(String::strip).collect(Collectors.joining(" ")).strip();
  }

  private Optional<ColumnName> owner(List<Sequence_bodyContext> bodies) {
    return bodies.stream().flatMap(body -> column(body).stream()).findFirst();
  }

  /** Of OWNED BY; empty for OWNED BY NONE. */
  private Optional<ColumnName> column(Sequence_bodyContext body) {
    return body.col_name == null ? Optional.empty() : words.column(body.col_name);
  }
}
