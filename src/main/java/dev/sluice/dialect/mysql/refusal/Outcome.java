package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table as one statement leaves it: CREATE TABLE, ALTER TABLE or CREATE INDEX.
 *
 * @param was before the statement; empty where the statement makes it
 * @param is known in full
 */
record Outcome(
    boolean mariadb,
    Optional<Table> was,
    Table is,
    List<Change> changes,
    Schema before,
    Schema after) {

  QualifiedName name() {
    return is.name();
  }

  boolean makesTable() {
    return was.isEmpty();
  }

  boolean isInnodb() {
    return Optional.ofNullable(is.properties().get("ENGINE"))
        .map(e -> e.equalsIgnoreCase("innodb"))
        .orElse(true);
  }

  Optional<Column> column(Name column) {
    return is.column(column);
  }

  List<Index> indexes() {
    return after.allIndexesOn(name());
  }

  /** The indexes that the statement makes, those of its constraints included. */
  List<Index> newIndexes() {
    Set<Index> had = was.map(t -> Set.copyOf(before.allIndexesOn(t.name()))).orElse(Set.of());
    return indexes().stream().filter(i -> !had.contains(i)).toList();
  }

  Stream<ForeignKey> foreignKeys() {
    return is.constraints().stream()
        .filter(ForeignKey.class::isInstance)
        .map(ForeignKey.class::cast);
  }

  /** The foreign keys that the statement makes. */
  List<ForeignKey> newForeignKeys() {
    Set<Name> had =
        was.map(Table::constraints).orElse(List.of()).stream()
            .filter(ForeignKey.class::isInstance)
            .flatMap(c -> c.name().stream())
            .collect(Collectors.toSet());
    return foreignKeys().filter(k -> k.name().map(n -> !had.contains(n)).orElse(true)).toList();
  }

  boolean isPrimary(Index index) {
    return after.constraintOf(index).stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
  }

  /** In words of a message. */
  String named(Index index) {
    return isPrimary(index)
        ? "the primary key"
        : "the index " + index.name().map(n -> n.name().text()).orElse("");
  }
}
