package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.DropColumn;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Change.RenameColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table and the clauses of one statement on it, which the server looks at together.
 *
 * @param name resolved; the schema before knows the table in full
 */
record Altered(boolean mariadb, QualifiedName name, List<Change> changes, Schema before) {

  Table table() {
    return before.table(name).orElseThrow();
  }

  Schema after() {
    Schema after = before;
    for (Change change : changes) {
      after = after.after(change);
    }
    return after;
  }

  boolean has(Name column) {
    return table().column(column).isPresent();
  }

  /** The columns that the table has and its clauses drop. */
  List<Name> droppedColumns() {
    return changes.stream()
        .filter(DropColumn.class::isInstance)
        .map(c -> ((DropColumn) c).column())
        .filter(this::has)
        .toList();
  }

  /** The columns that get another name. */
  List<Name> renamedColumns() {
    return changes.stream()
        .flatMap(
            c ->
                switch (c) {
                  case RenameColumn r -> Stream.of(r.column());
                  case RedefineColumn r when r.renames() -> Stream.of(r.column());
                  default -> Stream.empty();
                })
        .filter(this::has)
        .toList();
  }

  boolean redefines(Name column) {
    return changes.stream()
        .anyMatch(
            c ->
                switch (c) {
                  case RedefineColumn r -> r.column().equals(column);
                  case Change.SetDefault d -> d.column().equals(column);
                  case Change.DropDefault d -> d.column().equals(column);
                  default -> false;
                });
  }

  boolean drops(Constraint constraint) {
    return changes.stream()
        .anyMatch(c -> c instanceof DropConstraint drop && drop.means(constraint));
  }

  boolean drops(Index index) {
    return changes.stream()
            .anyMatch(
                c ->
                    switch (c) {
                      case DropIndex drop ->
                          before.index(drop.index(), Optional.of(name)).equals(Optional.of(index));
                      // UNIQUE is an index, and its constraint has no record of its own.
                      case DropConstraint drop ->
                          drop.meant() == DropConstraint.Meant.ANY
                              && constraints().noneMatch(drop::means)
                              && index
                                  .name()
                                  .filter(n -> n.name().equals(drop.constraint()))
                                  .isPresent();
                      default -> false;
                    })
        || before.constraintOf(index).filter(this::drops).isPresent();
  }

  /** The columns of the table that the expression names. */
  List<Name> named(Fragment expression) {
    return expression.references().columns().stream()
        .flatMap(c -> c.name().stream())
        .filter(this::has)
        .distinct()
        .toList();
  }

  Stream<Column> columns() {
    return table().columns().stream();
  }

  Stream<Constraint> constraints() {
    return table().constraints().stream();
  }

  List<Index> indexes() {
    return before.allIndexesOn(name);
  }
}
