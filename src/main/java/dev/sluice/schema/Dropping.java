package dev.sluice.schema;

import dev.sluice.schema.Schema.Other;
import dev.sluice.schema.Schema.Referencing;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** What goes, and what goes with it. */
final class Dropping {
  private Dropping() {}

  static void table(Draft draft, Change.DropTable change) {
    if (change.temporary()) {
      table(draft, change.table().in(Schema.TEMPORARY), change.cascade());
    } else {
      relation(draft, change.table(), change.cascade());
    }
  }

  /** A table, view or sequence, whichever bears the name. */
  static void relation(Draft draft, QualifiedName written, boolean cascade) {
    QualifiedName name = draft.schema().resolve(written);
    if (draft.tables.has(name)) {
      table(draft, name, cascade);
    } else if (draft.views.has(name)) {
      view(draft, name, cascade);
    } else {
      draft.schema().other(ObjectKind.SEQUENCE, name).ifPresent(s -> sequence(draft, s));
    }
  }

  static void table(Draft draft, QualifiedName name, boolean cascade) {
    Schema before = draft.schema();
    for (Table child : before.childrenOf(name)) {
      if (child.bounds().isPresent() || cascade) {
        table(draft, child.name(), cascade);
      }
    }
    // Keys of other tables: without CASCADE the statement would have been refused, so that after it
    // there are none either way.
    if (!draft.conventions.foreignKeyOutlivesItsParent()) {
      for (Referencing referencing : before.foreignKeysTo(name)) {
        removeConstraint(draft, referencing.table(), referencing.key());
      }
    }
    viewsOver(draft, name, cascade);
    before.allIndexesOn(name).forEach(draft::remove);
    before.triggersOn(name).forEach(draft::remove);
    before.othersOn(name).forEach(draft::remove);
    draft.remove(name);
    draft.doubtful = draft.doubtful.minus(name);
  }

  private static void viewsOver(Draft draft, QualifiedName relation, boolean cascade) {
    if (cascade) {
      for (View view : draft.schema().viewsReading(relation)) {
        view(draft, view.name(), true);
      }
    }
  }

  static void view(Draft draft, QualifiedName name, boolean cascade) {
    if (draft.views.has(name)) {
      draft.views = draft.views.without(name);
      viewsOver(draft, name, cascade);
      draft.schema().allIndexesOn(name).forEach(draft::remove);
      draft.schema().triggersOn(name).forEach(draft::remove);
      draft.schema().othersOn(name).forEach(draft::remove);
    }
  }

  static void column(Draft draft, QualifiedName written, Name column, boolean cascade) {
    draft.withHeirs(written, table -> columnOf(draft, table.name(), column, cascade));
  }

  private static void columnOf(Draft draft, QualifiedName name, Name column, boolean cascade) {
    Schema before = draft.schema();
    before.table(name).map(Table::constraints).orElse(List.of()).stream()
        .filter(c -> standsOn(c, column))
        .forEach(c -> constraintWithout(draft, name, c, column));
    for (Index index : draft.schema().indexesOn(name)) {
      if (index.names(column)) {
        draft.remove(index);
        if (draft.conventions.indexOutlivesItsColumn()) {
          without(index, column).ifPresent(draft::put);
        }
      }
    }
    ownedSequences(draft, name, column);
    for (Other other : before.othersOn(name)) {
      if (other.name().kind() == ObjectKind.STATISTICS && names(other.definition(), column)) {
        draft.remove(other);
      }
    }
    if (cascade) {
      for (View view : before.viewsReading(name)) {
        if (view.query().references().names(name, column)) {
          view(draft, view.name(), true);
        }
      }
    }
    draft.change(
        name,
        t ->
            t.withColumns(
                t.columns().stream()
                    .filter(c -> !c.name().equals(column))
                    .filter(c -> !cascade || !generatedFrom(c, column))
                    .toList()));
  }

  /** A key of several columns goes with one of them, or stays without it, as the engine has it. */
  private static void constraintWithout(
      Draft draft, QualifiedName table, Constraint constraint, Name column) {
    constraintOf(draft, table, constraint, true);
    if (draft.conventions.indexOutlivesItsColumn()
        && constraint instanceof Constraint.PrimaryKey key
        && key.columns().size() > 1) {
      ConstraintFolding.add(draft, table, key.without(column));
    }
  }

  private static boolean generatedFrom(Column generated, Name column) {
    return generated.generated().map(g -> names(g.expression(), column)).orElse(false);
  }

  private static boolean standsOn(Constraint constraint, Name column) {
    return constraint.columns().contains(column)
        || switch (constraint) {
          case Constraint.Check check -> names(check.expression(), column);
          case Constraint.Exclude exclude -> names(exclude.definition(), column);
          case Constraint.PrimaryKey ignored -> false;
          case Constraint.Unique ignored -> false;
          case Constraint.ForeignKey ignored -> false;
          case Constraint.NotNull ignored -> false;
        };
  }

  private static boolean names(Fragment fragment, Name column) {
    return fragment.references().columns().stream()
        .anyMatch(c -> c.name().equals(Optional.of(column)));
  }

  private static Optional<Index> without(Index index, Name column) {
    List<Index.IndexColumn> rest =
        index.columns().stream().filter(c -> !c.column().equals(Optional.of(column))).toList();
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Index(
                index.name(),
                index.table(),
                index.unique(),
                index.method(),
                rest,
                index.include(),
                index.predicate(),
                index.nullsDistinct(),
                index.storage(),
                index.valid(),
                index.hidden()));
  }

  static void ownedSequences(Draft draft, QualifiedName table, Name column) {
    ColumnName owner = new ColumnName(table, column);
    draft.schema().othersOn(table).stream()
        .filter(o -> o.owner().equals(Optional.of(owner)))
        .forEach(draft::remove);
  }

  static void constraint(Draft draft, Change.DropConstraint change) {
    Optional<Table> table = draft.table(change.table());
    Optional<Constraint> known =
        table.flatMap(t -> t.constraints().stream().filter(change::means).findFirst());
    if (known.isPresent()) {
      constraintOf(draft, table.orElseThrow().name(), known.get(), change.cascade());
    } else if (draft.conventions.indexNamesArePerTable()
        && change.meant() == Change.DropConstraint.Meant.ANY) {
      // UNIQUE is an index there, and its constraint has no record of its own.
      draft
          .schema()
          .index(change.table().withName(change.constraint()), Optional.of(change.table()))
          .filter(Index::unique)
          .ifPresent(draft::remove);
    }
  }

  private static void constraintOf(
      Draft draft, QualifiedName table, Constraint constraint, boolean cascade) {
    Schema before = draft.schema();
    removeConstraint(draft, table, constraint);
    for (Table heir : before.childrenOf(table)) {
      heir.constraints().stream()
          .filter(c -> inherited(c, constraint))
          .findFirst()
          .ifPresent(c -> constraintOf(draft, heir.name(), c, cascade));
    }
    switch (constraint) {
      case Constraint.PrimaryKey key -> keysTo(draft, table, key.columns());
      case Constraint.Unique key -> keysTo(draft, table, key.columns());
      case Constraint.NotNull notNull ->
          draft.changeColumn(table, notNull.column(), c -> c.withNullable(true));
      case Constraint.ForeignKey ignored -> {}
      case Constraint.Check ignored -> {}
      case Constraint.Exclude ignored -> {}
    }
  }

  // Keys of partitions bear other names than their parent's; a CHECK bears the same.
  private static boolean inherited(Constraint heirs, Constraint parents) {
    return heirs.getClass() == parents.getClass()
        && (parents.columns().isEmpty()
            ? heirs.name().equals(parents.name())
            : heirs.columns().equals(parents.columns()));
  }

  private static void keysTo(Draft draft, QualifiedName parent, List<Name> columns) {
    if (draft.conventions.foreignKeyOutlivesItsParent()) {
      return;
    }
    for (Referencing referencing : draft.schema().foreignKeysTo(parent)) {
      if (referencing.key().parentColumns().equals(columns)) {
        removeConstraint(draft, referencing.table(), referencing.key());
      }
    }
  }

  private static void removeConstraint(Draft draft, QualifiedName table, Constraint constraint) {
    Schema before = draft.schema();
    before.allIndexesOn(table).stream()
        .filter(i -> before.constraintOf(i).equals(Optional.of(constraint)))
        .forEach(draft::remove);
    draft.change(
        table,
        t -> {
          List<Constraint> rest = new ArrayList<>(t.constraints());
          rest.remove(constraint);
          return t.withConstraints(rest);
        });
  }

  static void index(Draft draft, Change.DropIndex change) {
    draft.schema().index(change.index(), change.table()).ifPresent(i -> indexTree(draft, i));
  }

  /** With the counterparts in the partitions, which are parts of it. */
  private static void indexTree(Draft draft, Index index) {
    Schema before = draft.schema();
    draft.remove(index);
    for (Table heir : before.childrenOf(before.resolve(index.table()))) {
      if (heir.bounds().isPresent()) {
        before.indexesOn(heir.name()).stream()
            .filter(i -> IndexFolding.isCounterpart(i, index))
            .findFirst()
            .ifPresent(i -> indexTree(draft, i));
      }
    }
  }

  private static void routine(Draft draft, QualifiedName name, Routine gone) {
    PMap<String, Routine> hidden = draft.overloads.getOrDefault(name, HashTreePMap.empty());
    Routine last = draft.routines.get(name);
    if (hidden.containsKey(gone.types())) {
      hidden = hidden.minus(gone.types());
    } else if (hidden.isEmpty()) {
      draft.routines = draft.routines.minus(name);
    } else if (last != null) {
      Routine next = hidden.values().iterator().next();
      draft.routines = draft.routines.plus(name, next);
      hidden = hidden.minus(next.types());
    }
    draft.overloads = draft.overloads.plus(name, hidden);
  }

  static void object(Draft draft, Change.DropObject change) {
    Schema before = draft.schema();
    QualifiedName name = before.resolve(change.name());
    switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW -> view(draft, name, change.cascade());
      case FUNCTION, PROCEDURE, AGGREGATE -> {
        Optional<Routine> gone = before.routine(name, change.signature());
        if (gone.isEmpty()) {
          return;
        }
        routine(draft, name, gone.get());
        if (change.cascade()) {
          before.triggers.values().stream()
              .filter(t -> t.function().equals(Optional.of(name)))
              .forEach(draft::remove);
        }
      }
      case TRIGGER ->
          change
              .on()
              .flatMap(t -> before.trigger(t, change.name().name()))
              .ifPresent(draft::remove);
      case TYPE, DOMAIN -> {
        draft.enums = draft.enums.minus(name);
        draft.domains = draft.domains.minus(name);
        other(draft, change);
        if (change.cascade()) {
          columnsOfType(draft, name);
        }
      }
      case SEQUENCE -> before.other(ObjectKind.SEQUENCE, name).ifPresent(s -> sequence(draft, s));
      case SCHEMA -> {
        other(draft, change);
        schema(draft, change.name().name());
      }
      case FOREIGN_TABLE -> table(draft, name, change.cascade());
      case EVENT_TRIGGER,
          EVENT,
          DATABASE,
          EXTENSION,
          POLICY,
          RULE,
          STATISTICS,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          other(draft, change);
    }
  }

  private static void other(Draft draft, Change.DropObject change) {
    draft.schema().other(change.kind(), change.on(), change.name()).ifPresent(draft::remove);
  }

  /** The default that draws from it goes along: without CASCADE it would have been refused. */
  private static void sequence(Draft draft, Other sequence) {
    draft.remove(sequence);
    sequence
        .owner()
        .ifPresent(
            owner ->
                draft.changeColumn(
                    owner.table(),
                    owner.column(),
                    c ->
                        c.identity().equals(Optional.of(Column.Identity.SERIAL))
                            ? c.withIdentity(Optional.empty()).withDefault(Optional.empty())
                            : c));
  }

  private static void columnsOfType(Draft draft, QualifiedName type) {
    for (Table table : draft.schema().tables()) {
      for (Column column : table.columns()) {
        String name = column.type().name();
        if (name.equals(type.toString()) || name.equals(type.name().text())) {
          column(draft, table.name(), column.name(), true);
        }
      }
    }
  }

  private static void schema(Draft draft, Name schema) {
    Schema before = draft.schema();
    Optional<Name> gone = Optional.of(schema);
    before.tables().stream()
        .map(Table::name)
        .filter(n -> n.schema().equals(gone))
        .forEach(n -> table(draft, n, true));
    before.views().stream()
        .map(View::name)
        .filter(n -> n.schema().equals(gone))
        .forEach(n -> view(draft, n, true));
    for (Other other : before.others.values()) {
      if (other.name().name().schema().equals(gone)) {
        draft.remove(other);
      }
    }
    in(schema, before.enums.keySet()).forEach(t -> columnsOfType(draft, t));
    in(schema, before.domains.keySet()).forEach(t -> columnsOfType(draft, t));
    draft.routines = draft.routines.minusAll(in(schema, before.routines.keySet()));
    draft.overloads = draft.overloads.minusAll(in(schema, before.overloads.keySet()));
    draft.enums = draft.enums.minusAll(in(schema, before.enums.keySet()));
    draft.domains = draft.domains.minusAll(in(schema, before.domains.keySet()));
  }

  private static List<QualifiedName> in(Name schema, java.util.Set<QualifiedName> names) {
    return names.stream().filter(n -> n.schema().equals(Optional.of(schema))).toList();
  }
}
