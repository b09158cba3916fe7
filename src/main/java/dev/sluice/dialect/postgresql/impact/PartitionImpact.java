package dev.sluice.dialect.postgresql.impact;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** What partitions cost when they come and go. */
final class PartitionImpact {

  private final Schema schema;

  PartitionImpact(Schema schema) {
    this.schema = schema;
  }

  Impact attach(Change.AttachPartition change) {
    QualifiedName partition = change.partition();
    LockSet locks =
        new LockSet(schema)
            .on(change.parent(), LockMode.SHARE_UPDATE_EXCLUSIVE)
            .onTree(partition, LockMode.ACCESS_EXCLUSIVE);
    Work work = add(locks, change.parent(), change.bounds());
    if (!proof(change.parent(), change.bounds()).holdsIn(schema.table(partition))) {
      work = work.max(Work.SCAN);
    }
    for (Constraint.ForeignKey key : keysOf(change.parent())) {
      if (hasKey(partition, key)) {
        // The partition's own is merged into the parent's, and its triggers go.
        locks.onPartitions(key.parent(), LockMode.ACCESS_EXCLUSIVE);
      } else {
        work = work.max(Work.SCAN);
      }
    }
    return locks.doing(lacksIndex(change.parent(), partition) ? work.max(Work.BUILD) : work);
  }

  /**
   * What a new partition costs those that are there: the parents of its foreign keys, and the
   * DEFAULT partition, which is searched for rows that belong to the new one.
   */
  Work add(LockSet locks, QualifiedName parent, Fragment bounds) {
    keysOf(parent).forEach(k -> locks.onPartitions(k.parent(), LockMode.SHARE_ROW_EXCLUSIVE));
    Optional<Table> others = defaultOf(schema, parent);
    others.ifPresent(d -> locks.onTree(d.name(), LockMode.ACCESS_EXCLUSIVE));
    boolean searched = others.isPresent() && !proof(parent, bounds).excludedFrom(others.get());
    return searched ? Work.SCAN : Work.INSTANT;
  }

  private PartitionProof proof(QualifiedName parent, Fragment bounds) {
    return new PartitionProof(
        schema.table(parent).flatMap(Table::partitionKey).map(Fragment::sql), bounds.sql());
  }

  private List<Constraint.ForeignKey> keysOf(QualifiedName table) {
    return schema.table(table).map(PartitionImpact::foreignKeys).orElse(List.of());
  }

  private boolean hasKey(QualifiedName partition, Constraint.ForeignKey key) {
    return keysOf(partition).stream()
        .anyMatch(
            k ->
                k.columns().equals(key.columns())
                    && schema.resolve(k.parent()).equals(schema.resolve(key.parent()))
                    && k.validated());
  }

  private static List<Constraint.ForeignKey> foreignKeys(Table table) {
    return table.constraints().stream()
        .filter(Constraint.ForeignKey.class::isInstance)
        .map(Constraint.ForeignKey.class::cast)
        .toList();
  }

  /** Whether the parent has an index without a counterpart in the partition. */
  private boolean lacksIndex(QualifiedName parent, QualifiedName partition) {
    List<Index> its = schema.allIndexesOn(partition);
    return schema.allIndexesOn(parent).stream()
        .anyMatch(p -> its.stream().noneMatch(i -> isCounterpart(p, i)));
  }

  private static boolean isCounterpart(Index parents, Index partitions) {
    return parents.unique() == partitions.unique()
        && parents.method().equals(partitions.method())
        && parents.include().equals(partitions.include())
        && keys(parents).equals(keys(partitions))
        && parents.predicate().map(Fragment::sql).equals(partitions.predicate().map(Fragment::sql));
  }

  private static List<String> keys(Index index) {
    return index.columns().stream()
        .map(
            c -> c.column().map(n -> n.text()).orElseGet(() -> c.key().sql()) + " " + c.modifiers())
        .toList();
  }

  /**
   * @param locksPartition whether detaching locks the partition as hard as its parent
   */
  Impact detach(Change.DetachPartition change, boolean locksPartition) {
    LockSet locks = new LockSet(schema);
    if (change.concurrently()) {
      // It waits in between for whoever uses the parent, and locks the partition hard at the end.
      return locks
          .on(change.parent(), LockMode.SHARE_UPDATE_EXCLUSIVE)
          .on(change.partition(), LockMode.ACCESS_EXCLUSIVE)
          .doing(Work.INSTANT)
          .outsideTransaction();
    }
    if (change.completes()) {
      locks
          .on(change.parent(), LockMode.SHARE_UPDATE_EXCLUSIVE)
          .on(change.partition(), LockMode.ACCESS_EXCLUSIVE);
      keysOf(change.parent())
          .forEach(k -> locks.onPartitions(k.parent(), LockMode.SHARE_ROW_EXCLUSIVE));
      return locks.doing(Work.INSTANT);
    }
    // The partition's copies of keys and triggers are taken apart from the parent's.
    boolean copies =
        !keysOf(change.parent()).isEmpty() || !schema.triggersOn(change.parent()).isEmpty();
    locks
        .on(change.parent(), LockMode.ACCESS_EXCLUSIVE)
        .on(
            change.partition(),
            (locksPartition || copies)
                ? LockMode.ACCESS_EXCLUSIVE
                : LockMode.SHARE_UPDATE_EXCLUSIVE);
    schema
        .childrenOf(change.partition())
        .forEach(c -> locks.onTree(c.name(), LockMode.ACCESS_EXCLUSIVE));
    lockDefault(schema, locks, change.parent());
    keysOf(change.parent())
        .forEach(k -> locks.onPartitions(k.parent(), LockMode.SHARE_ROW_EXCLUSIVE));
    return locks.doing(Work.INSTANT);
  }

  static void lockDefault(Schema schema, LockSet locks, QualifiedName parent) {
    defaultOf(schema, parent).ifPresent(d -> locks.on(d.name(), LockMode.ACCESS_EXCLUSIVE));
  }

  private static Optional<Table> defaultOf(Schema schema, QualifiedName parent) {
    return schema.childrenOf(parent).stream().filter(Table::isDefaultPartition).findFirst();
  }
}
