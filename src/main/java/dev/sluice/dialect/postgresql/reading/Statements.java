package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** Hands each statement to the class of its family. */
final class Statements {

  private final Words words;

  Statements(Words words) {
    this.words = words;
  }

  /** The changes that a text makes, which the grammar reads. */
  static List<Change> read(String text) {
    Statements statements = new Statements(new Words(text));
    List<Change> changes = new ArrayList<>();
    Grammar.statements(text).statement().forEach(s -> changes.addAll(statements.read(s)));
    return changes;
  }

  List<Change> read(StatementContext statement) {
    if (statement.data_statement() != null) {
      return new Rows(words).read(statement.data_statement());
    }
    if (statement.schema_statement() != null) {
      return read(statement.schema_statement());
    }
    throw new Unreadable("it is not read yet");
  }

  List<Change> read(Schema_statementContext statement) {
    if (statement.schema_create() != null) {
      return create(statement.schema_create());
    }
    if (statement.schema_alter() != null) {
      return alter(statement.schema_alter());
    }
    throw new Unreadable("it is not read yet");
  }

  private List<Change> create(Schema_createContext statement) {
    if (statement.create_table_statement() != null) {
      return List.of(new Tables(words).create(statement.create_table_statement()));
    }
    if (statement.create_table_as_statement() != null) {
      return List.of(new Tables(words).createAs(statement.create_table_as_statement()));
    }
    if (statement.create_index_statement() != null) {
      return List.of(new Indexes(words).create(statement.create_index_statement()));
    }
    throw new Unreadable("it is not read yet");
  }

  private List<Change> alter(Schema_alterContext statement) {
    if (statement.alter_table_statement() != null) {
      return new TableActions(words).alter(statement.alter_table_statement());
    }
    if (statement.alter_index_statement() != null) {
      return List.of(new Indexes(words).alter(statement.alter_index_statement()));
    }
    throw new Unreadable("it is not read yet");
  }
}
