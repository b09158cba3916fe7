package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Gathers the effects of one change. Takes names as they stand in the text, and resolves them. */
final class Touching {

  private final Schema before;
  private final Schema after;
  private final Calls calls;
  private final Set<Item> creates = new LinkedHashSet<>();
  private final Set<Item> reads = new LinkedHashSet<>();
  private final Set<Item> checks = new LinkedHashSet<>();
  private final Set<Item> changes = new LinkedHashSet<>();
  private final Set<Item> drops = new LinkedHashSet<>();
  private boolean complete = true;

  Touching(Schema before, Schema after, Calls calls) {
    this.before = before;
    this.after = after;
    this.calls = calls;
  }

  Schema before() {
    return before;
  }

  Schema after() {
    return after;
  }

  Effects effects() {
    return new Effects(creates, reads, checks, changes, drops, complete);
  }

  void creates(Item item) {
    creates.add(item);
  }

  void reads(Item item) {
    reads.add(item);
  }

  void checks(Item item) {
    checks.add(item);
  }

  void changes(Item item) {
    changes.add(item);
  }

  void drops(Item item) {
    drops.add(item);
  }

  /** It may touch more than is listed. */
  void incomplete() {
    complete = false;
  }

  /** Creates the object, or changes it where it is there already. */
  void makes(Item item, boolean there) {
    if (there) {
      changes.add(item);
    } else {
      creates.add(item);
    }
  }

  /** Needs the table, view or sequence; gives its resolved name. */
  QualifiedName relation(QualifiedName name) {
    QualifiedName resolved = before.resolve(name);
    reads.add(Item.of(Item.Kind.RELATION, resolved));
    return resolved;
  }

  /** Needs the schema that a new object is put into. */
  void into(QualifiedName resolved) {
    resolved
        .schema()
        .ifPresent(s -> reads.add(EffectsOf.other(ObjectKind.SCHEMA, QualifiedName.of(s.text()))));
  }

  void columns(QualifiedName table, Collection<Name> columns) {
    columns.forEach(c -> reads.add(Item.in(Item.Kind.COLUMN, table, c)));
  }

  /** Needs the values of these columns to be in order; whole rows where none are given. */
  void checksRows(QualifiedName table, Collection<Name> columns) {
    if (columns.isEmpty()) {
      checks.add(Item.of(Item.Kind.ROWS, table));
    }
    columns.forEach(c -> checks.add(Item.in(Item.Kind.ROWS, table, c)));
  }

  /** Needs the user's type behind a column, where it is known to be one. */
  void type(DataType type) {
    QualifiedName name = EffectsOf.typeName(type);
    if (before.enumType(name).isPresent()
        || before.domain(name).isPresent()
        || before.other(ObjectKind.TYPE, name).isPresent()) {
      reads.add(Item.of(Item.Kind.TYPE, before.resolve(name)));
    }
  }

  /** Needs what an expression over the rows of {@code table} names; gives the columns in it. */
  Set<Name> expression(Fragment fragment, QualifiedName table) {
    References references = fragment.references();
    objects(references);
    Set<Name> named = columnsOf(references, table);
    columns(table, named);
    return named;
  }

  private Set<Name> columnsOf(References references, QualifiedName table) {
    Optional<Table> known = after.table(table).or(() -> before.table(table));
    Set<Name> named = new LinkedHashSet<>();
    for (References.Column column : references.columns()) {
      boolean own =
          column
              .table()
              .map(t -> before.resolve(t).equals(table) || t.name().equals(table.name()))
              .orElse(true);
      if (own && column.name().isPresent()) {
        Name name = column.name().get();
        boolean surelyNot = known.filter(t -> t.complete() && t.column(name).isEmpty()).isPresent();
        if (!surelyNot) {
          named.add(name);
        }
      } else if (own) {
        known.ifPresent(t -> t.columns().forEach(c -> named.add(c.name())));
      }
    }
    return named;
  }

  /** Needs what a query or body names; not the rows. */
  void query(References references) {
    objects(references);
    for (QualifiedName relation : references.relations()) {
      QualifiedName resolved = relation(relation);
      columns(resolved, columnsOf(references, resolved));
    }
    for (QualifiedName written : references.writes()) {
      QualifiedName resolved = relation(written);
      columns(resolved, columnsOf(references, resolved));
    }
  }

  /** Needs what it names, and the rows that it reads. */
  void rows(References references) {
    query(references);
    for (QualifiedName relation : references.relations()) {
      QualifiedName resolved = before.resolve(relation);
      Set<Name> columns = columnsOf(references, resolved);
      if (columns.isEmpty()) {
        reads.add(Item.of(Item.Kind.ROWS, resolved));
      }
      columns.forEach(c -> reads.add(Item.in(Item.Kind.ROWS, resolved, c)));
    }
    complete &= references.complete();
  }

  /**
   * Evaluates it as a part of a statement that is known otherwise: an unknown function in it is
   * taken for one that computes.
   */
  void evaluates(References references) {
    reaches(references);
  }

  /** Runs it for what it does: an unknown routine may do anything. */
  void runs(References references) {
    complete &= reaches(references).unknown().isEmpty();
  }

  /** Reads and writes rows, its own and those of the routines that it calls. */
  private Calls.Reach reaches(References references) {
    Calls.Reach reach = calls.from(references, before);
    rows(reach.references());
    reach.references().writes().forEach(w -> changes.add(Item.of(Item.Kind.ROWS, w)));
    return reach;
  }

  private void objects(References references) {
    for (QualifiedName function : references.functions()) {
      if (before.routine(function).isPresent()) {
        reads.add(Item.of(Item.Kind.ROUTINE, before.resolve(function)));
      }
    }
    references.types().forEach(t -> reads.add(Item.of(Item.Kind.TYPE, before.resolve(t))));
  }

  /**
   * What became of the columns, constraints, indexes and sequences of a relation: made, altered or
   * gone, names that the engine made up and what went along included.
   */
  void parts(QualifiedName relation) {
    Optional<Table> old = before.table(relation);
    Optional<Table> now = after.table(relation);
    List<Column> columns = old.map(Table::columns).orElse(List.of());
    List<Column> columnsNow = now.map(Table::columns).orElse(List.of());
    List<Constraint> constraints = old.map(Table::constraints).orElse(List.of());
    List<Constraint> constraintsNow = now.map(Table::constraints).orElse(List.of());
    if (!columns.equals(columnsNow)) {
      columns(relation, columns, columnsNow);
    }
    if (!constraints.equals(constraintsNow)) {
      compare(
          named(constraints),
          named(constraintsNow),
          n -> Item.in(Item.Kind.CONSTRAINT, relation, n));
    }
    if (!before.sharesIndexesWith(after)) {
      compare(
          indexes(before, relation),
          indexes(after, relation),
          n -> Item.index(before, n, Optional.of(relation)));
    }
    if (!before.sharesOthersWith(after)) {
      compare(
          sequences(before, relation),
          sequences(after, relation),
          n -> Item.of(Item.Kind.RELATION, n));
    }
  }

  private void columns(QualifiedName relation, List<Column> old, List<Column> now) {
    Map<Name, Column> gone = new HashMap<>();
    old.forEach(c -> gone.put(c.name(), c));
    for (Column column : now) {
      Name name = column.name();
      Column was = gone.remove(name);
      if (was == null) {
        creates.add(Item.in(Item.Kind.COLUMN, relation, name));
      } else if (!was.equals(column)) {
        changed(!itself(was).equals(itself(column)), Item.Kind.COLUMN, relation, name);
        changed(
            !was.defaultValue().equals(column.defaultValue()), Item.Kind.DEFAULT, relation, name);
        changed(was.nullable() != column.nullable(), Item.Kind.NULLABILITY, relation, name);
      }
    }
    gone.keySet().forEach(n -> drops.add(Item.in(Item.Kind.COLUMN, relation, n)));
  }

  private void changed(boolean differs, Item.Kind side, QualifiedName relation, Name column) {
    if (differs) {
      changes.add(Item.in(side, relation, column));
    }
  }

  private <K, V> void compare(Map<K, V> old, Map<K, V> now, Function<K, Item> item) {
    now.forEach(
        (name, value) -> {
          V was = old.get(name);
          if (was == null) {
            creates.add(item.apply(name));
          } else if (!was.equals(value)) {
            changes.add(item.apply(name));
          }
        });
    old.keySet().stream().filter(n -> !now.containsKey(n)).forEach(n -> drops.add(item.apply(n)));
  }

  /** Without what only who writes rows depends on. */
  private static Column itself(Column column) {
    return column.withNullable(true).withDefault(Optional.empty());
  }

  private static Map<Name, Constraint> named(List<Constraint> constraints) {
    Map<Name, Constraint> all = new HashMap<>();
    constraints.forEach(c -> c.name().ifPresent(n -> all.put(n, c)));
    return all;
  }

  private static Map<QualifiedName, Index> indexes(Schema schema, QualifiedName relation) {
    Map<QualifiedName, Index> all = new HashMap<>();
    schema.allIndexesOn(relation).forEach(i -> i.name().ifPresent(n -> all.put(n, i)));
    return all;
  }

  private static Map<QualifiedName, Schema.Other> sequences(Schema schema, QualifiedName relation) {
    Map<QualifiedName, Schema.Other> all = new HashMap<>();
    schema.othersOn(relation).stream()
        .filter(o -> o.name().kind() == ObjectKind.SEQUENCE)
        .forEach(o -> all.put(o.name().name(), o));
    return all;
  }
}
