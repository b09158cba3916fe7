package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Directive;
import dev.sluice.schema.Column;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * What is known where a change is judged. Takes names as they stand in the text.
 *
 * @param before the schema right before the change
 * @param made what the release has made up to there
 * @param wanted uniqueness that the release builds on
 * @param directives of the statement
 */
record Scene(
    Schema before,
    Made made,
    Wanted wanted,
    Dialect dialect,
    Calls calls,
    DataChanges dataChanges,
    List<Directive> directives) {

  Scene at(Schema schema, Made sofar) {
    return new Scene(schema, sofar, wanted, dialect, calls, dataChanges, directives);
  }

  QualifiedName resolve(QualifiedName name) {
    return before.resolve(name);
  }

  boolean made(QualifiedName table) {
    return made.relation(resolve(table));
  }

  boolean made(QualifiedName table, Name column) {
    return made.column(resolve(table), column);
  }

  Optional<Table> table(QualifiedName name) {
    return before.table(name);
  }

  Optional<Column> column(QualifiedName table, Name column) {
    return before.column(table, column);
  }

  /** Whether the replay never saw all of the table, so that it is taken at its worst. */
  boolean unseen(QualifiedName table) {
    return !made(table)
        && before.view(table).isEmpty()
        && !table(table).map(Table::complete).orElse(false);
  }

  /** What is to be said of a table that was never seen, or only in part; empty for others. */
  List<String> remarks(QualifiedName table) {
    if (!unseen(table)) {
      return List.of();
    }
    return List.of(
        table(table).isPresent()
            ? "only a part of " + table + " was ever seen: the rest is taken at its worst"
            : table + " was never seen: it is taken as there, in use, and at its worst");
  }
}
