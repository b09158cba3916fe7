package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.impact.Feature;
import dev.sluice.schema.Change;
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
 * What is not done to partitioned tables, or not while nobody waits, or not to a kind of column.
 */
final class PartitionRules {

  private final Schema schema;
  private final EngineVersion version;

  PartitionRules(Schema schema, EngineVersion version) {
    this.schema = schema;
    this.version = version;
  }

  Optional<String> of(Change change) {
    return switch (change) {
      case Change.CreateIndex c ->
          c.concurrently()
              ? partitioned(c.index().table())
                  .map(
                      t ->
                          "no index of a partitioned table is built concurrently: build one on each"
                              + " partition, CREATE INDEX ON ONLY "
                              + c.index().table()
                              + ", and attach them")
              : c.index().unique()
                  ? unique(c.index().table(), columns(c.index()))
                  : Optional.empty();
      case Change.DropIndex c -> dropIndex(c);
      case Change.Reindex c ->
          c.concurrently()
                  && c.target() == Change.Reindex.Target.INDEX
                  && !Feature.REINDEX_PARTITIONED.in(version)
              ? ofPartitioned(c.name()).map(i -> "no index of a partitioned table is rebuilt")
              : Optional.empty();
      case Change.DetachPartition c ->
          c.concurrently() && hasDefault(c.parent())
              ? Optional.of(
                  "nothing is detached concurrently while "
                      + c.parent()
                      + " has a DEFAULT partition")
              : Optional.empty();
      case Change.AddConstraint c -> constraint(c.table(), c.constraint());
      case Change.AttachPartition c ->
          schema.isCertain(c.parent()) && partitioned(c.parent()).isEmpty()
              ? Optional.of(c.parent() + " is not partitioned")
              : Optional.empty();
      case Change.AlterColumnType c -> key(c.table(), c.column());
      case Change.DropColumn c -> key(c.table(), c.column());
      case Change.AddColumn c -> generated(Stream.of(c.column()));
      case Change.CreateTable c -> generated(c.table().columns().stream());
      default -> Optional.empty();
    };
  }

  /** The words VIRTUAL and STORED: the second has to be said before 18. */
  private Optional<String> generated(Stream<Column> columns) {
    return Feature.VIRTUAL_COLUMNS.in(version)
        ? Optional.empty()
        : columns
            .filter(c -> c.generated().map(g -> !g.stored()).orElse(false))
            .findFirst()
            .map(
                c ->
                    "a generated column that is not STORED came with PostgreSQL "
                        + Feature.VIRTUAL_COLUMNS.since());
  }

  private Optional<Table> partitioned(QualifiedName table) {
    return schema.table(table).filter(t -> t.partitionKey().isPresent() && settled(table));
  }

  private boolean settled(QualifiedName table) {
    return schema.isSettled(table);
  }

  private Optional<Index> ofPartitioned(QualifiedName index) {
    return schema.index(index).filter(i -> partitioned(i.table()).isPresent());
  }

  private Optional<String> dropIndex(Change.DropIndex change) {
    if (change.concurrently() && change.cascade()) {
      return Optional.of("DROP INDEX CONCURRENTLY takes no CASCADE");
    }
    return change.concurrently()
        ? ofPartitioned(change.index())
            .map(i -> "no index of a partitioned table is dropped concurrently")
        : Optional.empty();
  }

  private boolean hasDefault(QualifiedName parent) {
    return settled(parent)
        && schema.childrenOf(parent).stream()
            .anyMatch(t -> t.isDefaultPartition() && settled(t.name()));
  }

  private Optional<String> constraint(QualifiedName table, Constraint constraint) {
    if (partitioned(table).isEmpty()) {
      return Optional.empty();
    }
    return switch (constraint) {
      case Constraint.ForeignKey k ->
          k.validated() || Feature.FOREIGN_KEY_NOT_VALID_ON_PARTITIONED_TABLES.in(version)
              ? Optional.empty()
              : Optional.of(
                  "a foreign key of a partitioned table can be NOT VALID from PostgreSQL "
                      + Feature.FOREIGN_KEY_NOT_VALID_ON_PARTITIONED_TABLES.since()
                      + " on: add it to each partition first");
      case Constraint.PrimaryKey k ->
          k.usingIndex().isPresent() ? usingIndex() : unique(table, k.columns());
      case Constraint.Unique k ->
          k.usingIndex().isPresent() ? usingIndex() : unique(table, k.columns());
      case Constraint.Exclude k ->
          Feature.EXCLUDE_ON_PARTITIONED_TABLES.in(version)
              ? Optional.empty()
              : Optional.of(
                  "EXCLUDE on a partitioned table came with PostgreSQL "
                      + Feature.EXCLUDE_ON_PARTITIONED_TABLES.since());
      case Constraint.Check k -> Optional.empty();
      case Constraint.NotNull k -> Optional.empty();
    };
  }

  private static Optional<String> usingIndex() {
    return Optional.of(
        "a partitioned table adopts no index: ADD the constraint without USING INDEX, where each"
            + " partition has its own already");
  }

  /** Of whole columns: a key over expressions is not compared. */
  private Optional<String> unique(QualifiedName table, List<Name> columns) {
    List<Name> keys = partitioned(table).map(this::keyColumns).orElse(List.of());
    return columns.isEmpty()
        ? Optional.empty()
        : keys.stream()
            .filter(k -> !columns.contains(k))
            .findFirst()
            .map(
                k ->
                    "what is unique on a partitioned table has its key in it: "
                        + k
                        + " is missing");
  }

  private Optional<String> key(QualifiedName table, Name column) {
    return partitioned(table)
        .filter(t -> keyColumns(t).contains(column))
        .map(t -> column + " is in the partition key");
  }

  private List<Name> keyColumns(Table table) {
    Fragment key = table.partitionKey().orElseThrow();
    return key.references().complete()
        ? table.columns().stream()
            .map(Column::name)
            .filter(
                n ->
                    key.references().columns().stream()
                        .anyMatch(c -> c.name().map(n::equals).orElse(false)))
            .toList()
        : List.of();
  }

  private static List<Name> columns(Index index) {
    return index.columns().stream().allMatch(c -> c.column().isPresent())
        ? index.columns().stream().flatMap(c -> c.column().stream()).toList()
        : List.of();
  }
}
