package dev.sluice.dialect;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One engine at one version: all that differs between engines is behind this door, as functions
 * over text.
 */
public interface Dialect {

  Engine engine();

  EngineVersion version();

  /**
   * The schema that unqualified names mean where nobody says otherwise; {@code public} on
   * PostgreSQL.
   */
  Name defaultSchema();

  /** How its catalog is kept: what {@link Schema} needs to fold changes as this engine does. */
  Conventions conventions();

  /** The schema of a new database. */
  default Schema emptySchema() {
    return Schema.empty(List.of(defaultSchema()), conventions());
  }

  /**
   * Understands one statement. Never throws for bad SQL: what cannot be read is {@code
   * Unrecognised}.
   */
  Reading read(Statement statement);

  /**
   * All that reading it depends on besides its own text, in words that differ where that does;
   * empty where it is more than words can say.
   */
  Optional<String> circumstances(Statement statement);

  /**
   * What a routine does when it is called, whatever branches it takes; empty where its body is not
   * read.
   */
  Optional<Change.Block> body(Routine routine);

  /**
   * Reads a scalar expression, for the names in it; {@code References.UNKNOWN} where it cannot be
   * read.
   */
  Fragment expression(String sql);

  /**
   * What the change costs on this version, on the schema as it stands before it. What the schema
   * does not know is taken at its worst.
   */
  Impact impact(Change change, Schema before);

  /**
   * What each change of one statement costs, in the order of the changes.
   *
   * @param stated how the statement says that it is to be run
   * @param before as it stands before the statement
   */
  default List<Impact> impacts(List<Change> changes, Stated stated, Schema before) {
    List<Impact> impacts = new ArrayList<>();
    Schema schema = before;
    for (Change change : changes) {
      impacts.add(impact(change, schema));
      schema = schema.after(change);
    }
    return impacts;
  }

  /**
   * Why the server refuses the statement on the schema as it stands before it, for reasons that are
   * not in the rows; empty where it takes it, and where nobody can tell. What {@link
   * Schema#isCertain} does not vouch for may be otherwise.
   *
   * @param whole whether the schema has all tables that there are: what it lacks is not there
   */
  default Optional<Refusal> refusal(
      Statement statement, Reading reading, Schema before, boolean whole) {
    return reading.refusal();
  }

  /**
   * The statement with the words that make the server refuse it rather than run it in a worse way
   * than {@link #impacts} says. As it is where it has such words of its own, and on an engine that
   * knows none.
   *
   * @param changes of that statement, in order of its clauses
   * @param before as it stands before the statement
   */
  default String stating(String sql, List<Change> changes, Schema before) {
    return sql;
  }

  /**
   * Whether the expression's value differs from row to row or call to call. May call a stable
   * expression volatile, never the other way round: an unknown function counts as volatile.
   */
  boolean isVolatile(Fragment expression, Schema schema);

  /**
   * Whether it is one of the engine's own functions, and calling it changes neither schema nor rows
   * (sequences, settings and locks do not count). False for every other routine.
   */
  boolean isHarmless(QualifiedName function);

  /**
   * An expression over one row by bare names of its columns.
   *
   * @param row what the expression calls the row
   * @return empty where it cannot be said so: it names the row as a whole, or holds a query, in
   *     which a bare name is another
   */
  default Optional<String> bare(String expression, Name row) {
    return Optional.empty();
  }

  /** What changing a column's type means for the values in it. */
  TypeChange typeChange(Column column, DataType to, Schema schema);

  /** What a trigger makes of the writes that it fires for. */
  default Interception interception(Trigger trigger, Schema schema) {
    return Interception.UNKNOWN;
  }

  /** What a rule makes of the statements that it rewrites. */
  default Interception interception(Schema.Other rule, Schema schema) {
    return Interception.UNKNOWN;
  }

  /** Whether both are one type, whether written by a person or shown by the catalog. */
  boolean sameType(DataType one, DataType other);

  /**
   * Whether two expressions say the same where one is as a person wrote it and the other as the
   * catalog shows it. May call different ones the same, hardly ever the other way round.
   */
  boolean sameExpression(Fragment one, Fragment other);

  /**
   * A table in the words of the engine's catalog, where those say the same of it in another way:
   * written by a person or shown by the catalog, it is then the same.
   */
  default Table asShown(Table table) {
    return table;
  }

  /**
   * An index in the words of the engine's catalog.
   *
   * @param table that it is on; empty where it was never seen
   */
  default Index asShown(Index index, Optional<Table> table) {
    return index;
  }

  /**
   * The values that an UPDATE takes from another table, one for each assignment; an empty list
   * where it takes them in another way than by a row that equal columns find.
   */
  default List<Lookup> lookups(Statement update, Schema schema) {
    return List.of();
  }

  /**
   * The rows that an INSERT makes of those of another table; empty where it is more than one row of
   * each.
   */
  default Optional<RowCopy> rowCopy(Statement insert, Schema schema) {
    return Optional.empty();
  }

  /** Writes SQL: the only place that quotes. */
  Writer writer();

  /** Questions to the catalog, as SQL text. */
  Probes probes();
}
