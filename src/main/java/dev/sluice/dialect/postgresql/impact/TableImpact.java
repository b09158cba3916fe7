package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** What changes of whole tables cost. */
final class TableImpact {

  private final Schema schema;

  TableImpact(Schema schema) {
    this.schema = schema;
  }

  /** The new table blocks nobody; what it hangs on is locked. */
  Impact create(Change.CreateTable change) {
    Table table = change.table();
    boolean there = change.ifNotExists() && schema.table(table.name()).isPresent();
    if (there) {
      return Impact.NONE;
    }
    LockSet locks = new LockSet(schema);
    // A query reads its tables, for as long as it takes, and locks out nobody.
    Work work = change.query().map(TableImpact::reading).orElse(Work.INSTANT);
    for (QualifiedName parent : table.parents()) {
      if (table.bounds().isPresent()) {
        locks.on(parent, LockMode.ACCESS_EXCLUSIVE);
        work = work.max(new PartitionImpact(schema).add(locks, parent, table.bounds().get()));
      } else {
        locks.on(parent, LockMode.SHARE_UPDATE_EXCLUSIVE);
      }
    }
    parentsOf(table).forEach(p -> locks.onPartitions(p, LockMode.SHARE_ROW_EXCLUSIVE));
    return locks.doing(work);
  }

  private static List<QualifiedName> parentsOf(Table table) {
    return table.constraints().stream()
        .filter(Constraint.ForeignKey.class::isInstance)
        .map(c -> ((Constraint.ForeignKey) c).parent())
        .filter(p -> !p.equals(table.name()))
        .toList();
  }

  /** Of a query that fills a table or a view, unless it says WITH NO DATA. */
  static Work reading(Fragment query) {
    List<String> words = SqlText.tokens(query.sql());
    boolean empty =
        words.size() > 3
            && words.subList(words.size() - 3, words.size()).equals(List.of("with", "no", "data"));
    References references = query.references();
    return empty || (references.complete() && references.relations().isEmpty())
        ? Work.INSTANT
        : Work.SCAN;
  }

  /** The other end of each foreign key is locked too, for the triggers that the key has there. */
  Impact drop(Change.DropTable change) {
    LockSet locks = new LockSet(schema);
    drop(locks, change.table(), change.cascade());
    return locks.doing(Work.INSTANT);
  }

  void drop(LockSet locks, QualifiedName name, boolean cascade) {
    locks.onTree(name, LockMode.ACCESS_EXCLUSIVE);
    Optional<Table> table = schema.table(name);
    table
        .map(this::ownParents)
        .orElse(List.of())
        .forEach(p -> locks.onPartitions(p, LockMode.ACCESS_EXCLUSIVE));
    table
        .filter(t -> t.bounds().isPresent())
        .ifPresent(
            t -> {
              locks.on(t.parents(), LockMode.ACCESS_EXCLUSIVE);
              t.parents().forEach(p -> PartitionImpact.lockDefault(schema, locks, p));
            });
    if (cascade) {
      schema
          .foreignKeysTo(name)
          .forEach(r -> locks.onPartitions(r.table(), LockMode.ACCESS_EXCLUSIVE));
      locks.onViewsReading(name, LockMode.ACCESS_EXCLUSIVE);
    }
    schema.childrenOf(name).forEach(c -> drop(locks, c.name(), cascade));
  }

  /** Of a partition without those of the keys that it has from its parent. */
  private List<QualifiedName> ownParents(Table table) {
    List<QualifiedName> inherited =
        table.parents().stream()
            .flatMap(p -> schema.table(p).stream())
            .flatMap(p -> parentsOf(p).stream())
            .toList();
    return parentsOf(table).stream().filter(p -> !inherited.contains(p)).toList();
  }

  Impact alter(Change.AlterTable change) {
    LockSet locks = new LockSet(schema);
    QualifiedName table = change.table();
    return switch (change.property()) {
      case PARAMETERS -> locks.on(table, ofParameters(change.text())).doing(Work.INSTANT);
      case CLUSTER_ON -> locks.on(table, LockMode.SHARE_UPDATE_EXCLUSIVE).doing(Work.INSTANT);
      case LOGGED, UNLOGGED ->
          locks
              .on(table, LockMode.ACCESS_EXCLUSIVE)
              .doing(
                  isPartitioned(table) || isSo(table, change.property() == Property.UNLOGGED)
                      ? Work.INSTANT
                      : Work.REWRITE);
      case TABLESPACE, ACCESS_METHOD ->
          locks
              .on(table, LockMode.ACCESS_EXCLUSIVE)
              .doing(isPartitioned(table) ? Work.INSTANT : Work.REWRITE);
      case INHERIT ->
          locks
              .on(table, LockMode.ACCESS_EXCLUSIVE)
              .on(parent(change.text()), LockMode.SHARE_UPDATE_EXCLUSIVE)
              .doing(Work.INSTANT);
      case REPLICA_IDENTITY, ROW_SECURITY, NO_INHERIT, OF_TYPE ->
          locks.on(table, LockMode.ACCESS_EXCLUSIVE).doing(Work.INSTANT);
      case ENGINE,
          ROW_FORMAT,
          KEY_BLOCK_SIZE,
          DEFAULT_CHARSET,
          CONVERT_CHARSET,
          AUTO_INCREMENT,
          COMMENT,
          FORCE,
          ORDER_BY,
          PARTITION_BY,
          REMOVE_PARTITIONING,
          ADD_VERSIONING,
          DROP_VERSIONING,
          PERIOD,
          ENCRYPTION,
          COMPRESSION,
          KEYS,
          TABLESPACE_FILE,
          OTHER_OPTION ->
          Impact.UNKNOWN;
    };
  }

  /** One parameter makes logical decoding look at the table otherwise, and waits for everyone. */
  private static LockMode ofParameters(String text) {
    return SqlText.tokens(text).contains("user_catalog_table")
            || SqlText.tokens(text).contains("oids")
        ? LockMode.ACCESS_EXCLUSIVE
        : LockMode.SHARE_UPDATE_EXCLUSIVE;
  }

  /** A table that is as it is to be is left alone ({@code ATPrepChangePersistence}). */
  private boolean isSo(QualifiedName table, boolean unlogged) {
    return schema.isCertain(table)
        && schema.table(table).map(t -> t.unlogged() == unlogged).orElse(false);
  }

  private boolean isPartitioned(QualifiedName table) {
    return schema.table(table).map(t -> t.partitionKey().isPresent()).orElse(false);
  }

  private static QualifiedName parent(String text) {
    List<String> words = SqlText.tokens(text);
    return Types.name(words.subList(words.indexOf("inherit") + 1, words.size()));
  }

  Impact truncate(Change.Truncate change) {
    LockSet locks = new LockSet(schema);
    change.tables().forEach(t -> truncate(locks, t, change.cascade()));
    return locks.doing(Work.INSTANT);
  }

  private void truncate(LockSet locks, QualifiedName table, boolean cascade) {
    locks.onTree(table, LockMode.ACCESS_EXCLUSIVE);
    if (cascade) {
      QualifiedName resolved = schema.resolve(table);
      schema.foreignKeysTo(table).stream()
          .map(Schema.Referencing::table)
          .filter(t -> !t.equals(resolved))
          .forEach(t -> truncate(locks, t, true));
    }
  }
}
