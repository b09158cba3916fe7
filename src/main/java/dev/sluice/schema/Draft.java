package dev.sluice.schema;

import dev.sluice.schema.Schema.Domain;
import dev.sluice.schema.Schema.EnumType;
import dev.sluice.schema.Schema.IndexName;
import dev.sluice.schema.Schema.ObjectName;
import dev.sluice.schema.Schema.Other;
import dev.sluice.schema.Schema.TriggerName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pcollections.PBag;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * A schema in the making: what one change is folded into. The only mutable thing here, and it never
 * leaves {@link Schema#after}.
 */
final class Draft {

  final Conventions conventions;
  final List<Name> startPath;
  List<Name> path;
  PMap<String, String> settings;
  boolean complete;

  /** Whether this session made any temporary table or view. */
  boolean temporaries;

  /**
   * Tables that a block changed, and what else it made or dropped: nobody knows which of its
   * branches ran.
   */
  PSet<QualifiedName> doubtful;

  /** Values that this transaction added to enum types. */
  PMap<QualifiedName, PSet<String>> uncommitted;

  /** Enum types that this transaction made. */
  PSet<QualifiedName> freshTypes;

  Owned<QualifiedName, Table> tables;

  /** Those among them that have parents. */
  Owned<QualifiedName, Table> heirs;

  PBag<QualifiedName> constraintNames;
  Owned<IndexName, Index> indexes;
  Owned<QualifiedName, View> views;
  PMap<QualifiedName, Routine> routines;
  PMap<QualifiedName, PMap<String, Routine>> overloads;
  PMap<QualifiedName, EnumType> enums;
  PMap<QualifiedName, Domain> domains;
  Owned<TriggerName, Trigger> triggers;
  Owned<ObjectName, Other> others;

  Draft(Schema schema) {
    conventions = schema.conventions;
    startPath = schema.startPath;
    path = schema.path;
    settings = schema.settings;
    complete = schema.complete;
    temporaries = schema.temporaries;
    doubtful = schema.doubtful;
    uncommitted = schema.uncommitted;
    freshTypes = schema.freshTypes;
    tables = schema.tables;
    heirs = schema.heirs;
    constraintNames = schema.constraintNames;
    indexes = schema.indexes;
    views = schema.views;
    routines = schema.routines;
    overloads = schema.overloads;
    enums = schema.enums;
    domains = schema.domains;
    triggers = schema.triggers;
    others = schema.others;
  }

  /** As it stands now; for lookups as well as for the end. */
  Schema schema() {
    return new Schema(this);
  }

  /** What a table hangs on: its parents, and the parents of its foreign keys. */
  static Set<QualifiedName> relationsBehind(Table table) {
    Set<QualifiedName> behind = new LinkedHashSet<>(table.parents());
    for (Constraint constraint : table.constraints()) {
      if (constraint instanceof Constraint.ForeignKey key) {
        behind.add(key.parent());
      }
    }
    return behind;
  }

  Optional<Table> table(QualifiedName name) {
    return tables.get(schema().resolve(name));
  }

  void put(Table table) {
    Optional<Table> old = tables.get(table.name());
    // Most changes leave a table's constraints alone, or nearly all of them.
    List<Constraint> before = old.map(Table::constraints).orElse(List.of());
    if (!before.equals(table.constraints())) {
      for (Constraint constraint : before) {
        if (!table.constraints().contains(constraint)) {
          constraintNames = minusName(table, constraint);
        }
      }
      for (Constraint constraint : table.constraints()) {
        if (!before.contains(constraint)) {
          constraintNames = plusName(table, constraint);
        }
      }
    }
    tables = tables.with(table.name(), table);
    heirs =
        table.parents().isEmpty() ? heirs.without(table.name()) : heirs.with(table.name(), table);
  }

  /** The table alone: what hangs on it stays. */
  void remove(QualifiedName table) {
    tables
        .get(table)
        .ifPresent(
            old -> {
              for (Constraint constraint : old.constraints()) {
                constraintNames = minusName(old, constraint);
              }
              tables = tables.without(table);
              heirs = heirs.without(table);
            });
  }

  /** Marks what differs from an earlier schema. */
  void doubt(Schema earlier) {
    doubt(views.keys(), earlier.views.keys());
    doubt(routines.keySet(), earlier.routines.keySet());
    doubt(enums.keySet(), earlier.enums.keySet());
    doubt(domains.keySet(), earlier.domains.keySet());
    if (others != earlier.others) {
      doubt(named(others), named(earlier.others));
    }
    if (tables == earlier.tables && indexes == earlier.indexes) {
      return;
    }
    Stream.concat(earlier.tables.values().stream(), tables.values().stream())
        .map(Table::name)
        .filter(n -> differs(n, earlier))
        .forEach(n -> doubtful = doubtful.plus(n));
  }

  private static Set<QualifiedName> named(Owned<ObjectName, Other> others) {
    return others.values().stream().map(o -> o.name().name()).collect(Collectors.toSet());
  }

  private void doubt(Set<QualifiedName> now, Set<QualifiedName> earlier) {
    if (!now.equals(earlier)) {
      Stream.concat(
              now.stream().filter(n -> !earlier.contains(n)),
              earlier.stream().filter(n -> !now.contains(n)))
          .forEach(n -> doubtful = doubtful.plus(n));
    }
  }

  private boolean differs(QualifiedName table, Schema earlier) {
    return !tables.get(table).equals(earlier.tables.get(table))
        || !indexes.on(table).equals(earlier.indexes.on(table));
  }

  private PBag<QualifiedName> plusName(Table table, Constraint constraint) {
    return constraint
        .name()
        .map(n -> constraintNames.plus(table.name().withName(n)))
        .orElse(constraintNames);
  }

  private PBag<QualifiedName> minusName(Table table, Constraint constraint) {
    return constraint
        .name()
        .map(n -> constraintNames.minus(table.name().withName(n)))
        .orElse(constraintNames);
  }

  /** Changes the table where it is known. */
  void change(QualifiedName name, UnaryOperator<Table> how) {
    table(name).map(how).ifPresent(this::put);
  }

  /** Changes a column where it is known, in the table's partitions and heirs too. */
  void changeColumn(QualifiedName name, Name column, UnaryOperator<Column> how) {
    withHeirs(name, table -> put(table.withColumns(replaced(table.columns(), column, how))));
  }

  private static List<Column> replaced(
      List<Column> columns, Name column, UnaryOperator<Column> how) {
    return columns.stream().map(c -> c.name().equals(column) ? how.apply(c) : c).toList();
  }

  /** The table, where it is known, and then its partitions and heirs, theirs included. */
  void withHeirs(QualifiedName name, Consumer<Table> what) {
    table(name)
        .ifPresent(
            table -> {
              what.accept(table);
              for (Table child : schema().childrenOf(table.name())) {
                withHeirs(child.name(), what);
              }
            });
  }

  void put(Index index) {
    index
        .name()
        .ifPresent(
            n -> indexes = indexes.with(schema().indexName(n, Optional.of(index.table())), index));
  }

  void remove(Index index) {
    index
        .name()
        .ifPresent(
            n -> indexes = indexes.without(schema().indexName(n, Optional.of(index.table()))));
  }

  void put(View view) {
    views = views.with(view.name(), view);
  }

  void put(Trigger trigger) {
    triggers = triggers.with(new TriggerName(trigger.table(), trigger.name()), trigger);
  }

  void remove(Trigger trigger) {
    triggers = triggers.without(new TriggerName(trigger.table(), trigger.name()));
  }

  void put(Other other) {
    others = others.with(other.name(), other);
  }

  void remove(Other other) {
    others = others.without(other.name());
  }

  /** The names in use where {@code neighbour} stands. */
  Conventions.Taken taken(QualifiedName neighbour) {
    Schema now = schema();
    return new Conventions.Taken() {
      @Override
      public boolean byRelation(Name name) {
        QualifiedName there = neighbour.withName(name);
        return conventions.indexNamesArePerTable()
            ? now.indexes.has(new IndexName(Optional.of(neighbour), there))
            : now.hasRelation(there) || now.indexes.has(new IndexName(Optional.empty(), there));
      }

      @Override
      public boolean byConstraint(Name name) {
        return now.constraintNames.contains(neighbour.withName(name));
      }
    };
  }
}
