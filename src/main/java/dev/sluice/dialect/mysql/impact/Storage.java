package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a table is kept, as far as it decides what a change of it costs. */
final class Storage {

  private final Schema schema;
  private final QualifiedName name;
  private final Optional<Table> table;

  Storage(Schema schema, QualifiedName name) {
    this.schema = schema;
    this.name = name;
    this.table = schema.table(name);
  }

  Optional<Table> table() {
    return table;
  }

  /** Whether all of it was seen. Where not, anything may be in it. */
  boolean isKnown() {
    return table.map(Table::complete).orElse(false);
  }

  /** InnoDB is what both engines take where nothing is said. */
  boolean isInnodb() {
    return property("ENGINE").map(e -> e.equals("innodb")).orElse(true);
  }

  boolean isCompressed() {
    return rowFormat("compressed")
        || property("KEY_BLOCK_SIZE").map(s -> !s.equals("0")).orElse(false);
  }

  boolean isRedundant() {
    return rowFormat("redundant");
  }

  private boolean rowFormat(String format) {
    return property("ROW_FORMAT").map(format::equals).orElse(false);
  }

  /** In lower case; empty where nobody said it. */
  Optional<String> property(String key) {
    return table
        .map(Table::properties)
        .map(p -> p.get(key))
        .map(v -> v.strip().toLowerCase(Locale.ROOT));
  }

  boolean hasFulltext() {
    return indexes().stream().anyMatch(i -> i.method().equals("fulltext"));
  }

  /**
   * Whether a unique key is on a whole TEXT or BLOB. MariaDB keeps a hash of it in a virtual column
   * that it shows nobody.
   */
  boolean hasHashedKey() {
    return indexes().stream().anyMatch(this::isHashed);
  }

  /** Whether it is unique, and on a whole TEXT or BLOB. */
  boolean isHashed(Index index) {
    return index.unique()
        && index.columns().stream()
            .filter(key -> key.modifiers().isEmpty())
            .flatMap(key -> key.column().stream())
            .flatMap(name -> column(name).stream())
            .anyMatch(c -> isText(c.type()));
  }

  /** MariaDB's JSON is a LONGTEXT; MySQL takes no key on one. */
  private static boolean isText(DataType type) {
    return Types.textRank(type) >= 0
        || Types.blobRank(type) >= 0
        || Types.base(type).equals("json");
  }

  List<Index> indexes() {
    return schema.allIndexesOn(name);
  }

  /** Whether an index or a primary key is on it. */
  boolean isIndexed(Name column) {
    return indexes().stream().anyMatch(i -> i.names(column)) || primaryKey().contains(column);
  }

  List<Name> primaryKey() {
    return table.map(Table::primaryKey).orElse(List.of());
  }

  /** Whether the rows are sorted by the column: by the primary key, or what stands in for it. */
  boolean isClusteredBy(Name column) {
    return primaryKey().contains(column)
        || (primaryKey().isEmpty()
            && indexes().stream().filter(this::mayCluster).anyMatch(i -> i.names(column)));
  }

  /** Whether something tells each row from all others. */
  boolean hasKey() {
    return !primaryKey().isEmpty() || indexes().stream().anyMatch(this::mayCluster);
  }

  /** Whether InnoDB sorts the rows by it where there is no primary key. */
  boolean mayCluster(Index index) {
    return index.unique()
        && index.columns().stream()
            .allMatch(
                c ->
                    c.modifiers().isEmpty()
                        && c.column()
                            .flatMap(n -> table.flatMap(t -> t.column(n)))
                            .map(column -> !column.nullable())
                            .orElse(false));
  }

  boolean hasVirtualColumns() {
    return columns().stream().anyMatch(Storage::isVirtual);
  }

  /** Whether a virtual column stands behind the column, so that it has another place without it. */
  boolean hasVirtualColumnBehind(Name column) {
    List<Name> names = columns().stream().map(Column::name).toList();
    return columns().stream().skip(names.indexOf(column) + 1L).anyMatch(Storage::isVirtual);
  }

  boolean hasIndexedVirtualColumns() {
    return columns().stream().filter(Storage::isVirtual).anyMatch(c -> isIndexed(c.name()));
  }

  static boolean isVirtual(Column column) {
    return column.generated().map(g -> !g.stored()).orElse(false);
  }

  static boolean isStored(Column column) {
    return column.generated().map(Column.Generated::stored).orElse(false);
  }

  List<Column> columns() {
    return table.map(Table::columns).orElse(List.of());
  }

  Optional<Column> column(Name column) {
    return table.flatMap(t -> t.column(column));
  }

  /** Deletes or updates of a parent reach its rows without a statement of their own. */
  boolean isReachedByCascade() {
    return foreignKeys().stream().anyMatch(k -> reaches(k.onDelete()) || reaches(k.onUpdate()));
  }

  private static boolean reaches(Constraint.Action action) {
    return switch (action) {
      case CASCADE, SET_NULL, SET_DEFAULT -> true;
      case NO_ACTION, RESTRICT -> false;
    };
  }

  List<Constraint.ForeignKey> foreignKeys() {
    return table.stream()
        .flatMap(t -> t.constraints().stream())
        .filter(Constraint.ForeignKey.class::isInstance)
        .map(Constraint.ForeignKey.class::cast)
        .toList();
  }

  /** Whether a foreign key of another table, or its own, points at the column. */
  boolean isPointedAt(Name column) {
    return schema.foreignKeysTo(name).stream()
        .anyMatch(
            r ->
                (r.key().parentColumns().isEmpty() ? primaryKey() : r.key().parentColumns())
                    .contains(column));
  }
}
