package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Constraints, and the indexes that they own. */
final class ConstraintFolding {
  private ConstraintFolding() {}

  static void add(Draft draft, Change.AddConstraint change) {
    boolean there =
        change.ifNotExists()
            && change
                .constraint()
                .name()
                .flatMap(n -> draft.table(change.table()).flatMap(t -> t.constraint(n)))
                .isPresent();
    if (!there) {
      add(draft, change.table(), change.constraint());
    }
  }

  /** Those of one table or column. */
  static void addAll(Draft draft, QualifiedName table, List<Constraint> written) {
    RepeatedKeys.once(primaryKeyFirst(written), draft.conventions)
        .forEach(c -> add(draft, table, c));
  }

  // As PostgreSQL does: the names that are made up for the others depend on it.
  private static List<Constraint> primaryKeyFirst(List<Constraint> constraints) {
    List<Constraint> ordered = new ArrayList<>(constraints);
    ordered.sort(Comparator.comparingInt(c -> c instanceof Constraint.PrimaryKey ? 0 : 1));
    return ordered;
  }

  static void add(Draft draft, QualifiedName tableName, Constraint written) {
    Schema before = draft.schema();
    QualifiedName name = before.resolve(tableName);
    ColumnFolding.firstSeen(draft, name);
    draft
        .table(name)
        .ifPresent(
            table -> {
              Constraint constraint = named(draft, table, resolved(written, before, table));
              put(draft, table, constraint);
              for (Table heir : draft.schema().childrenOf(table.name())) {
                if (passesTo(constraint, heir.bounds().isPresent())) {
                  add(draft, heir.name(), forHeir(constraint));
                }
              }
            });
  }

  private static void put(Draft draft, Table table, Constraint constraint) {
    List<Constraint> all = new ArrayList<>(table.constraints());
    all.removeIf(c -> c.name().isPresent() && c.name().equals(constraint.name()));
    all.add(owningItsIndex(constraint));
    draft.put(table.withConstraints(all));
    switch (constraint) {
      case Constraint.PrimaryKey key -> {
        key.columns().forEach(c -> ColumnFolding.nullable(draft, table.name(), c, false));
        IndexFolding.ofConstraint(draft, table, key, key.usingIndex());
      }
      case Constraint.Unique key -> IndexFolding.ofConstraint(draft, table, key, key.usingIndex());
      case Constraint.Exclude exclude ->
          IndexFolding.ofConstraint(draft, table, exclude, Optional.empty());
      case Constraint.NotNull notNull ->
          ColumnFolding.nullable(draft, table.name(), notNull.column(), false);
      case Constraint.ForeignKey key -> {
        if (draft.conventions.foreignKeysAreIndexed()) {
          IndexFolding.ofForeignKey(draft, table, key);
        }
      }
      case Constraint.Check ignored -> {}
    }
  }

  /** An adopted index is the constraint's own from then on. */
  private static Constraint owningItsIndex(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey key ->
          new Constraint.PrimaryKey(
              key.name(),
              key.columns(),
              Optional.empty(),
              key.timing(),
              key.storage(),
              key.modifiers());
      case Constraint.Unique key -> key.owningItsIndex();
      case Constraint.ForeignKey key -> key;
      case Constraint.Check check -> check;
      case Constraint.Exclude exclude -> exclude;
      case Constraint.NotNull notNull -> notNull;
    };
  }

  private static Constraint named(Draft draft, Table table, Constraint constraint) {
    if (constraint.name().isPresent()) {
      return constraint;
    }
    Optional<Name> adopted =
        switch (constraint) {
          case Constraint.PrimaryKey key -> key.usingIndex();
          case Constraint.Unique key -> key.usingIndex();
          case Constraint.ForeignKey ignored -> Optional.empty();
          case Constraint.Check ignored -> Optional.empty();
          case Constraint.Exclude ignored -> Optional.empty();
          case Constraint.NotNull ignored -> Optional.empty();
        };
    return constraint.named(
        adopted.orElseGet(
            () -> draft.conventions.constraint(table, constraint, draft.taken(table.name()))));
  }

  /** With the names in it resolved, and the columns that the text leaves to the catalog. */
  private static Constraint resolved(Constraint constraint, Schema at, Table table) {
    return switch (constraint) {
      case Constraint.ForeignKey key ->
          key.to(
                  at.resolve(key.parent()),
                  key.parentColumns().isEmpty()
                      ? at.table(key.parent()).map(Table::primaryKey).orElse(List.of())
                      : key.parentColumns())
              .withIndex(
                  at.conventions.foreignKeysAreIndexed() ? key.name().or(key::index) : key.index());
      case Constraint.Check check ->
          new Constraint.Check(
              check.name(),
              at.resolved(check.expression()),
              check.inherited(),
              check.validated(),
              check.enforced());
      case Constraint.Exclude exclude ->
          new Constraint.Exclude(
              exclude.name(), at.resolved(exclude.definition()), exclude.timing());
      case Constraint.PrimaryKey key ->
          new Constraint.PrimaryKey(
              key.name(),
              columnsOf(key, key.usingIndex(), at, table),
              key.usingIndex(),
              key.timing(),
              key.storage(),
              key.modifiers());
      case Constraint.Unique key -> key.over(columnsOf(key, key.usingIndex(), at, table));
      case Constraint.NotNull notNull -> notNull;
    };
  }

  private static List<Name> columnsOf(
      Constraint key, Optional<Name> usingIndex, Schema at, Table table) {
    return usingIndex
        .flatMap(i -> at.index(table.name().withName(i), Optional.of(table.name())))
        .map(i -> i.columns().stream().flatMap(c -> c.column().stream()).toList())
        .orElse(key.columns());
  }

  /** Enforcement, and when a foreign key is checked; INHERIT and NO INHERIT leave no mark. */
  static void alter(Draft draft, Change.AlterConstraint change) {
    draft.withHeirs(
        change.table(),
        t ->
            draft.put(
                t.withConstraints(
                    t.constraints().stream()
                        .map(
                            c ->
                                c.name().equals(Optional.of(change.constraint()))
                                    ? altered(c, change)
                                    : c)
                        .toList())));
  }

  private static Constraint altered(Constraint constraint, Change.AlterConstraint change) {
    return switch (constraint) {
      case Constraint.Check check -> check.enforced(change.enforced().orElse(check.enforced()));
      case Constraint.ForeignKey key ->
          key.enforced(change.enforced().orElse(key.enforced()))
              .timed(change.timing().orElse(key.timing()));
      case Constraint.PrimaryKey key -> key;
      case Constraint.Unique key -> key;
      case Constraint.Exclude exclude -> exclude;
      case Constraint.NotNull notNull -> notNull;
    };
  }

  static void validate(Draft draft, Change.ValidateConstraint change) {
    draft.withHeirs(
        change.table(),
        t ->
            draft.put(
                t.withConstraints(
                    t.constraints().stream()
                        .map(
                            c ->
                                c.name().equals(Optional.of(change.constraint()))
                                    ? validated(c)
                                    : c)
                        .toList())));
  }

  private static Constraint validated(Constraint constraint) {
    return switch (constraint) {
      case Constraint.Check check -> check.validated(true);
      case Constraint.ForeignKey key -> key.validated(true);
      case Constraint.NotNull notNull ->
          new Constraint.NotNull(notNull.name(), notNull.column(), true);
      case Constraint.PrimaryKey key -> key;
      case Constraint.Unique key -> key;
      case Constraint.Exclude exclude -> exclude;
    };
  }

  /** What a new partition or heir of {@code parent} gets, in the form to add to it. */
  static List<Constraint> inheritedFrom(Table parent, boolean asPartition) {
    return parent.constraints().stream()
        .filter(c -> passesTo(c, asPartition))
        .map(ConstraintFolding::forHeir)
        .toList();
  }

  private static boolean passesTo(Constraint constraint, boolean partition) {
    return switch (constraint) {
      case Constraint.Check check -> check.inherited();
      case Constraint.NotNull ignored -> true;
      case Constraint.PrimaryKey ignored -> partition;
      case Constraint.Unique ignored -> partition;
      case Constraint.Exclude ignored -> partition;
      case Constraint.ForeignKey ignored -> partition;
    };
  }

  // Keys own an index, which needs a name of its own in each partition.
  private static Constraint forHeir(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey key -> unnamed(key);
      case Constraint.Unique key -> unnamed(key);
      case Constraint.Exclude exclude -> unnamed(exclude);
      case Constraint.Check check -> check;
      case Constraint.NotNull notNull -> notNull;
      case Constraint.ForeignKey key -> key;
    };
  }

  static Constraint unnamed(Constraint.PrimaryKey key) {
    return new Constraint.PrimaryKey(
        Optional.empty(),
        key.columns(),
        Optional.empty(),
        key.timing(),
        key.storage(),
        key.modifiers());
  }

  static Constraint unnamed(Constraint.Unique key) {
    return key.unnamed();
  }

  static Constraint unnamed(Constraint.Exclude exclude) {
    return new Constraint.Exclude(Optional.empty(), exclude.definition(), exclude.timing());
  }

  /** Whether the table has a constraint that says the same, under whatever name. */
  static boolean hasLike(Draft draft, QualifiedName table, Constraint constraint) {
    return draft
        .table(table)
        .map(
            t ->
                t.constraints().stream()
                    .anyMatch(
                        c ->
                            c.getClass() == constraint.getClass()
                                && !c.columns().isEmpty()
                                && c.columns().equals(constraint.columns())))
        .orElse(false);
  }
}
