package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Effects on constraints and indexes. */
final class ConstraintEffects {
  private ConstraintEffects() {}

  static void add(QualifiedName written, Constraint constraint, Touching t) {
    QualifiedName table = t.relation(written);
    t.creates(Item.in(Item.Kind.CONSTRAINT, table, t.before().nameOf(table, constraint)));
    reads(table, constraint, t);
    ColumnEffects.withHeirs(table, t);
  }

  /** What it stands on, and the rows that must keep it. */
  static void reads(QualifiedName table, Constraint constraint, Touching t) {
    switch (constraint) {
      case Constraint.PrimaryKey key -> key(table, key.columns(), key.usingIndex(), t);
      case Constraint.Unique key -> key(table, key.columns(), key.usingIndex(), t);
      case Constraint.ForeignKey key -> foreignKey(table, key, t);
      case Constraint.Check check -> {
        Set<Name> columns = t.expression(check.expression(), table);
        if (check.validated()) {
          t.checksRows(table, columns);
        }
      }
      case Constraint.Exclude exclude ->
          t.checksRows(table, t.expression(exclude.definition(), table));
      case Constraint.NotNull notNull -> {
        t.columns(table, notNull.columns());
        if (notNull.validated()) {
          t.checksRows(table, notNull.columns());
        }
      }
    }
  }

  private static void key(
      QualifiedName table, List<Name> columns, Optional<Name> usingIndex, Touching t) {
    t.columns(table, columns);
    if (usingIndex.isPresent()) {
      t.reads(Item.index(t.before(), table.withName(usingIndex.get()), Optional.of(table)));
    } else {
      t.checksRows(table, columns);
    }
  }

  private static void foreignKey(QualifiedName table, Constraint.ForeignKey key, Touching t) {
    t.columns(table, key.columns());
    QualifiedName parent = t.relation(key.parent());
    Optional<Table> known = t.before().table(parent).or(() -> t.after().table(parent));
    List<Name> columns =
        key.parentColumns().isEmpty()
            ? known.map(Table::primaryKey).orElse(List.of())
            : key.parentColumns();
    t.columns(parent, columns);
    if (key.validated()) {
      t.checksRows(table, key.columns());
      t.checksRows(parent, columns);
    }
    for (Constraint constraint : known.map(Table::constraints).orElse(List.of())) {
      if (isKeyOn(constraint, columns) && constraint.name().isPresent()) {
        t.reads(Item.in(Item.Kind.CONSTRAINT, parent, constraint.name().get()));
      }
    }
    for (Index index : t.before().allIndexesOn(parent)) {
      if (index.unique() && keyColumns(index).equals(Set.copyOf(columns))) {
        index.name().ifPresent(n -> t.reads(Item.index(t.before(), n, Optional.of(parent))));
      }
    }
  }

  private static boolean isKeyOn(Constraint constraint, List<Name> columns) {
    boolean key =
        constraint instanceof Constraint.PrimaryKey || constraint instanceof Constraint.Unique;
    return key && Set.copyOf(constraint.columns()).equals(Set.copyOf(columns));
  }

  private static Set<Name> keyColumns(Index index) {
    Set<Name> columns = new LinkedHashSet<>();
    index.columns().forEach(c -> c.column().ifPresent(columns::add));
    return columns;
  }

  static void drop(Change.DropConstraint change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.drops(Item.in(Item.Kind.CONSTRAINT, table, change.constraint()));
    ColumnEffects.withHeirs(table, t);
    t.before().foreignKeysTo(table).forEach(r -> t.parts(r.table()));
  }

  static void rename(Change.RenameConstraint change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.drops(Item.in(Item.Kind.CONSTRAINT, table, change.constraint()));
    t.creates(Item.in(Item.Kind.CONSTRAINT, table, change.to()));
    ColumnEffects.withHeirs(table, t);
  }

  static void validate(Change.ValidateConstraint change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.changes(Item.in(Item.Kind.CONSTRAINT, table, change.constraint()));
    Optional<Constraint> known =
        t.before().table(table).flatMap(k -> k.constraint(change.constraint()));
    if (known.isEmpty()) {
      t.checksRows(table, List.of());
      return;
    }
    switch (known.get()) {
      case Constraint.ForeignKey key -> reads(table, key.validated(true), t);
      case Constraint.Check check -> reads(table, check.validated(true), t);
      case Constraint.NotNull notNull -> t.checksRows(table, notNull.columns());
      case Constraint.PrimaryKey ignored -> {}
      case Constraint.Unique ignored -> {}
      case Constraint.Exclude ignored -> {}
    }
  }

  static void index(Change.CreateIndex change, Touching t) {
    Index index = change.index();
    QualifiedName table = t.relation(index.table());
    QualifiedName name = t.before().nameOf(index);
    if (change.ifNotExists() && t.before().index(name, Optional.of(table)).isPresent()) {
      t.reads(Item.index(t.before(), name, Optional.of(table)));
      return;
    }
    t.creates(Item.index(t.before(), name, Optional.of(table)));
    Set<Name> columns = new LinkedHashSet<>(index.include());
    index.columns().forEach(c -> c.column().ifPresent(columns::add));
    index.columns().forEach(c -> columns.addAll(t.expression(c.key(), table)));
    index.predicate().ifPresent(p -> columns.addAll(t.expression(p, table)));
    t.columns(table, columns);
    if (index.unique()) {
      t.checksRows(table, columns);
    }
    ColumnEffects.withHeirs(table, t);
  }

  static void drop(Change.DropIndex change, Touching t) {
    Schema before = t.before();
    Optional<Index> known = before.index(change.index(), change.table());
    Optional<QualifiedName> table = known.map(Index::table).or(change::table);
    t.drops(
        Item.index(
            before,
            known.flatMap(Index::name).orElseGet(() -> before.resolve(change.index())),
            table));
    table.ifPresent(t::relation);
  }

  static void rename(Change.RenameIndex change, Touching t) {
    Schema before = t.before();
    Optional<Index> known = before.index(change.index(), change.table());
    QualifiedName old = known.flatMap(Index::name).orElseGet(() -> before.resolve(change.index()));
    Optional<QualifiedName> on = known.map(Index::table).or(change::table);
    t.drops(Item.index(before, old, on));
    t.creates(Item.index(before, old.withName(change.to()), on));
    known.map(Index::table).ifPresent(table -> t.parts(t.relation(table)));
  }

  static void attach(Change.AttachIndex change, Touching t) {
    t.changes(Item.of(Item.Kind.INDEX, t.before().resolve(change.parent())));
    t.reads(Item.of(Item.Kind.INDEX, t.before().resolve(change.index())));
  }

  static void reindex(Change.Reindex change, Touching t) {
    switch (change.target()) {
      case INDEX -> t.reads(Item.of(Item.Kind.INDEX, t.before().resolve(change.name())));
      case TABLE -> t.relation(change.name());
      case SCHEMA, DATABASE, SYSTEM -> {}
    }
  }
}
