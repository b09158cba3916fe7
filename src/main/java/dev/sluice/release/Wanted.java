package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Uniqueness that statements of the release itself need: a foreign key points at it, or ON CONFLICT
 * names it.
 *
 * @param keys columns that a foreign key points at
 * @param conflicts columns that ON CONFLICT names
 * @param constraints that ON CONFLICT ON CONSTRAINT names
 * @param identities tables that get a primary key, by resolved name
 */
record Wanted(
    Set<Key> keys, Set<Key> conflicts, Set<Named> constraints, Set<QualifiedName> identities) {

  /** By resolved table. */
  record Key(QualifiedName table, Set<Name> columns) {}

  /** By resolved table. */
  record Named(QualifiedName table, Name constraint) {}

  static Wanted in(List<Placed> release) {
    Wanted all = new Wanted(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    release.forEach(p -> all.gather(p.change(), p.before()));
    return all;
  }

  private void gather(Change change, Schema before) {
    switch (change) {
      case Change.AddConstraint c -> added(c.table(), c.constraint(), before);
      case Change.AddColumn c -> c.constraints().forEach(k -> added(c.table(), k, before));
      case Change.RedefineColumn c -> c.constraints().forEach(k -> added(c.table(), k, before));
      case Change.CreateTable c -> c.table().constraints().forEach(k -> key(k, before));
      case Change.Insert c ->
          c.conflict().ifPresent(conflict -> conflict(before.resolve(c.table()), conflict));
      case Change.Block c -> c.changes().forEach(i -> gather(i, before));
      default -> {}
    }
  }

  private void added(QualifiedName table, Constraint constraint, Schema before) {
    if (constraint instanceof Constraint.PrimaryKey) {
      identities.add(before.resolve(table));
    }
    key(constraint, before);
  }

  /** Whether the table gets a primary key, in the place of the one that it has. */
  boolean byIdentity(QualifiedName table) {
    return identities.contains(table);
  }

  private void key(Constraint constraint, Schema before) {
    if (constraint instanceof Constraint.ForeignKey key) {
      QualifiedName parent = before.resolve(key.parent());
      List<Name> columns =
          key.parentColumns().isEmpty()
              ? before.table(parent).map(Table::primaryKey).orElse(List.of())
              : key.parentColumns();
      keys.add(new Key(parent, Set.copyOf(columns)));
    }
  }

  private void conflict(QualifiedName table, Change.Insert.Conflict conflict) {
    conflict.constraint().ifPresent(c -> constraints.add(new Named(table, c)));
    if (!conflict.columns().isEmpty()) {
      conflicts.add(new Key(table, Set.copyOf(conflict.columns())));
    }
  }

  boolean byKey(QualifiedName table, List<Name> columns) {
    return keys.contains(new Key(table, Set.copyOf(columns)));
  }

  /**
   * @param name of the constraint; empty for an index
   */
  boolean byConflict(QualifiedName table, List<Name> columns, Optional<Name> name) {
    return conflicts.contains(new Key(table, Set.copyOf(columns)))
        || name.map(n -> constraints.contains(new Named(table, n))).orElse(false);
  }
}
