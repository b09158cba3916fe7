package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Uniqueness that the release itself builds on, by resolved table: a foreign key to the columns, or
 * an INSERT with ON CONFLICT.
 */
record Wanted(Set<Key> keys, Set<QualifiedName> upserts) {

  record Key(QualifiedName table, Set<Name> columns) {}

  static Wanted in(List<Placed> release) {
    Set<Key> keys = new HashSet<>();
    Set<QualifiedName> upserts = new HashSet<>();
    release.forEach(p -> gather(p.change(), p.before(), keys, upserts));
    return new Wanted(Set.copyOf(keys), Set.copyOf(upserts));
  }

  private static void gather(
      Change change, Schema before, Set<Key> keys, Set<QualifiedName> upserts) {
    switch (change) {
      case Change.AddConstraint c -> key(c.constraint(), before, keys);
      case Change.AddColumn c -> c.constraints().forEach(k -> key(k, before, keys));
      case Change.CreateTable c -> c.table().constraints().forEach(k -> key(k, before, keys));
      case Change.Insert c when c.upsert() -> upserts.add(before.resolve(c.table()));
      case Change.Block c -> c.changes().forEach(i -> gather(i, before, keys, upserts));
      default -> {}
    }
  }

  private static void key(Constraint constraint, Schema before, Set<Key> keys) {
    if (constraint instanceof Constraint.ForeignKey key) {
      QualifiedName parent = before.resolve(key.parent());
      List<Name> columns =
          key.parentColumns().isEmpty()
              ? before.table(parent).map(Table::primaryKey).orElse(List.of())
              : key.parentColumns();
      keys.add(new Key(parent, Set.copyOf(columns)));
    }
  }

  boolean byKey(QualifiedName table, List<Name> columns) {
    return keys.contains(new Key(table, Set.copyOf(columns)));
  }

  boolean byUpsert(QualifiedName table) {
    return upserts.contains(table);
  }
}
