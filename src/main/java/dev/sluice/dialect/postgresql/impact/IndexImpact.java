package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** What changes of indexes cost. An index whose table was never seen is locked by its own name. */
final class IndexImpact {

  private final Schema schema;
  private final EngineVersion version;

  IndexImpact(Schema schema, EngineVersion version) {
    this.schema = schema;
    this.version = version;
  }

  Impact create(Change.CreateIndex change) {
    QualifiedName table = change.index().table();
    LockSet locks = new LockSet(schema);
    boolean there =
        change.ifNotExists()
            && change.index().name().flatMap(n -> schema.index(inSchemaOf(table, n))).isPresent();
    if (there) {
      Impact nothing =
          locks
              .on(table, change.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE)
              .doing(Work.INSTANT);
      return change.concurrently() ? nothing.outsideTransaction() : nothing;
    }
    if (change.concurrently()) {
      return locks
          .on(table, LockMode.SHARE_UPDATE_EXCLUSIVE)
          .doing(Work.BUILD)
          .outsideTransaction();
    }
    return change.only()
        ? locks.on(table, LockMode.SHARE).doing(isPartitioned(table) ? Work.INSTANT : Work.BUILD)
        : locks.onPartitions(table, LockMode.SHARE).doing(Work.BUILD);
  }

  private QualifiedName inSchemaOf(QualifiedName table, QualifiedName index) {
    return new QualifiedName(schema.resolve(table).schema(), index.name());
  }

  private boolean isPartitioned(QualifiedName table) {
    return schema.table(table).map(t -> t.partitionKey().isPresent()).orElse(false);
  }

  Impact drop(Change.DropIndex change) {
    QualifiedName locked = tableOf(change.index()).orElse(change.index());
    LockSet locks = new LockSet(schema);
    return change.concurrently()
        ? locks.on(locked, LockMode.SHARE_UPDATE_EXCLUSIVE).doing(Work.INSTANT).outsideTransaction()
        : locks.onPartitions(locked, LockMode.ACCESS_EXCLUSIVE).doing(Work.INSTANT);
  }

  private Optional<QualifiedName> tableOf(QualifiedName index) {
    return schema.index(index).map(Index::table);
  }

  Impact rename(Change.RenameIndex change) {
    return onIndex(change.index(), LockMode.SHARE_UPDATE_EXCLUSIVE).doing(Work.INSTANT);
  }

  /** The parent's index becomes valid with the last; only the index itself is locked hard. */
  Impact attach(Change.AttachIndex change) {
    return onIndex(change.parent(), LockMode.SHARE_UPDATE_EXCLUSIVE)
        .on(change.index(), LockMode.ACCESS_EXCLUSIVE)
        .doing(Work.INSTANT);
  }

  Impact alter(Change.AlterIndex change) {
    List<String> words = SqlText.tokens(change.text());
    boolean moves = words.contains("tablespace");
    boolean weak = !moves && !words.contains("depends");
    return onIndex(
            change.index(), weak ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE)
        .doing(moves ? Work.REWRITE : Work.INSTANT);
  }

  private LockSet onIndex(QualifiedName index, LockMode mode) {
    return new LockSet(schema).on(index, mode);
  }

  /** The planner locks every index of a table, so a locked index stops readers as well. */
  Impact reindex(Change.Reindex change) {
    LockSet locks = new LockSet(schema);
    List<QualifiedName> tables = tables(change);
    for (QualifiedName table : tables) {
      locks.on(table, change.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE);
    }
    if (!change.concurrently()) {
      locks.on(indexes(change, tables), LockMode.ACCESS_EXCLUSIVE);
    }
    Impact impact = locks.doing(Work.BUILD);
    return change.concurrently() || isSplit(change, tables) ? impact.outsideTransaction() : impact;
  }

  /** Whether it commits after each table or partition. */
  private boolean isSplit(Change.Reindex change, List<QualifiedName> tables) {
    return switch (change.target()) {
      case SCHEMA, DATABASE, SYSTEM -> true;
      case TABLE, INDEX ->
          Feature.REINDEX_PARTITIONED.in(version) && tables.stream().anyMatch(this::isPartitioned);
    };
  }

  private List<QualifiedName> tables(Change.Reindex change) {
    return switch (change.target()) {
      case TABLE -> List.of(change.name());
      case INDEX -> List.of(tableOf(change.name()).orElse(change.name()));
      case SCHEMA -> inSchema(change.name().name());
      case DATABASE -> schema.tables().stream().map(Table::name).toList();
      case SYSTEM -> List.of();
    };
  }

  private List<QualifiedName> inSchema(Name name) {
    return schema.tables().stream()
        .map(Table::name)
        .filter(t -> t.schema().equals(Optional.of(name)))
        .toList();
  }

  private List<QualifiedName> indexes(Change.Reindex change, List<QualifiedName> tables) {
    return change.target() == Change.Reindex.Target.INDEX
        ? List.of(change.name())
        : tables.stream()
            .flatMap(t -> schema.allIndexesOn(t).stream())
            .flatMap(i -> i.name().stream())
            .toList();
  }
}
