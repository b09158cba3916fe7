package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table as far as it is known.
 *
 * @param columns in the engine's order
 * @param constraints all of them, inline ones included
 * @param partitionKey as written behind PARTITION BY; empty where it is not partitioned
 * @param parents what it inherits from or is a partition of; mostly empty
 * @param bounds of a partition, as written from FOR VALUES on, or DEFAULT; empty where it is none
 * @param complete false where part of its structure was never seen (LIKE of an unknown table,
 *     CREATE TABLE AS)
 * @param properties of the table as a whole, by their name in upper case: on MySQL and MariaDB
 *     {@code ENGINE}, {@code CHARSET}, {@code COLLATE}, {@code ROW_FORMAT}, values as written
 *     without quotes, on PostgreSQL {@code UNLOGGED}; empty for what nobody said
 */
public record Table(
    QualifiedName name,
    List<Column> columns,
    List<Constraint> constraints,
    Optional<Fragment> partitionKey,
    List<QualifiedName> parents,
    Optional<Fragment> bounds,
    boolean complete,
    Map<String, String> properties) {

  public Table {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
    parents = List.copyOf(parents);
    // In the order of their names: that of Map.copyOf differs from one process to the next.
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** Without properties. */
  public Table(
      QualifiedName name,
      List<Column> columns,
      List<Constraint> constraints,
      Optional<Fragment> partitionKey,
      List<QualifiedName> parents,
      Optional<Fragment> bounds,
      boolean complete) {
    this(name, columns, constraints, partitionKey, parents, bounds, complete, Map.of());
  }

  /** A table of which nothing is known but that it is there. */
  public static Table unseen(QualifiedName name) {
    return new Table(
        name, List.of(), List.of(), Optional.empty(), List.of(), Optional.empty(), false);
  }

  public Optional<Column> column(Name name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  public Optional<Constraint> constraint(Name name) {
    return constraints.stream().filter(c -> c.name().map(name::equals).orElse(false)).findFirst();
  }

  /** The columns of its primary key; empty where none is known. */
  public List<Name> primaryKey() {
    return constraints.stream()
        .filter(Constraint.PrimaryKey.class::isInstance)
        .findFirst()
        .map(Constraint::columns)
        .orElse(List.of());
  }

  public Table withColumns(List<Column> others) {
    return new Table(
        name, others, constraints, partitionKey, parents, bounds, complete, properties);
  }

  public Table withConstraints(List<Constraint> others) {
    return new Table(name, columns, others, partitionKey, parents, bounds, complete, properties);
  }

  public Table withName(QualifiedName other) {
    return new Table(
        other, columns, constraints, partitionKey, parents, bounds, complete, properties);
  }

  public Table withParents(List<QualifiedName> others, Optional<Fragment> itsBounds) {
    return new Table(
        name, columns, constraints, partitionKey, others, itsBounds, complete, properties);
  }

  public Table withPartitionKey(Optional<Fragment> other) {
    return new Table(name, columns, constraints, other, parents, bounds, complete, properties);
  }

  public Table withProperties(Map<String, String> others) {
    return new Table(name, columns, constraints, partitionKey, parents, bounds, complete, others);
  }

  /** Whether a crash takes its rows (PostgreSQL). */
  public boolean unlogged() {
    return properties.containsKey("UNLOGGED");
  }

  /** Whether it takes the rows that no other partition of its parent takes. */
  public boolean isDefaultPartition() {
    return bounds.map(b -> b.sql().strip().equalsIgnoreCase("default")).orElse(false);
  }
}
