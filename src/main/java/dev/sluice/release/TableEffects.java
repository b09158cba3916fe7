package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;

/** Effects on tables as wholes. */
final class TableEffects {
  private TableEffects() {}

  static void create(Change.CreateTable change, Touching t) {
    Schema before = t.before();
    Table table = change.table();
    QualifiedName name =
        change.temporary() ? table.name().in(Schema.TEMPORARY) : before.place(table.name());
    if (change.ifNotExists() && before.table(name).isPresent()) {
      t.relation(name);
      return;
    }
    t.into(name);
    t.creates(Item.of(Item.Kind.RELATION, name));
    t.parts(name);
    table.parents().forEach(t::relation);
    change.ofType().ifPresent(o -> t.reads(Item.of(Item.Kind.TYPE, before.resolve(o))));
    for (Change.CreateTable.Like copy : change.copies()) {
      QualifiedName source = t.relation(copy.table());
      before
          .table(source)
          .ifPresent(s -> t.columns(source, s.columns().stream().map(Column::name).toList()));
    }
    table.columns().forEach(c -> ColumnEffects.names(c, name, t));
    for (Constraint constraint : table.constraints()) {
      ConstraintEffects.reads(name, constraint, t);
    }
    change
        .query()
        .ifPresent(
            q -> {
              t.evaluates(q.references());
              t.changes(Item.of(Item.Kind.ROWS, name));
            });
  }

  static void drop(QualifiedName written, boolean cascade, Touching t) {
    Schema before = t.before();
    QualifiedName name = before.resolve(written);
    t.drops(Item.of(Item.Kind.RELATION, name));
    t.parts(name);
    before.foreignKeysTo(name).forEach(r -> t.parts(r.table()));
    for (Table child : before.childrenOf(name)) {
      if (child.bounds().isPresent() || cascade) {
        drop(child.name(), cascade, t);
      }
    }
    if (cascade) {
      before.viewsReading(name).forEach(v -> dropView(v, t));
    }
  }

  /** With the views over it, as CASCADE does. */
  static void dropView(View view, Touching t) {
    t.drops(Item.of(Item.Kind.RELATION, view.name()));
    t.before().viewsReading(view.name()).forEach(v -> dropView(v, t));
  }

  static void rename(QualifiedName from, QualifiedName to, Touching t) {
    QualifiedName old = t.before().resolve(from);
    QualifiedName now = to.schema().isPresent() ? to : old.withName(to.name());
    t.drops(Item.of(Item.Kind.RELATION, old));
    t.creates(Item.of(Item.Kind.RELATION, now));
    t.into(now);
  }

  static void alter(Change.AlterTable change, Touching t) {
    switch (change.property()) {
      // Who inherits what changes which rows a reader sees, and how they are stored what else can
      // be
      // done to them.
      case INHERIT,
          NO_INHERIT,
          CONVERT_CHARSET,
          FORCE,
          ORDER_BY,
          PARTITION_BY,
          REMOVE_PARTITIONING,
          ADD_VERSIONING,
          DROP_VERSIONING,
          PERIOD,
          TABLESPACE_FILE ->
          t.changes(Item.of(Item.Kind.RELATION, t.relation(change.table())));
      case PARAMETERS,
          TABLESPACE,
          LOGGED,
          UNLOGGED,
          ACCESS_METHOD,
          REPLICA_IDENTITY,
          ROW_SECURITY,
          CLUSTER_ON,
          OF_TYPE,
          ENGINE,
          ROW_FORMAT,
          KEY_BLOCK_SIZE,
          DEFAULT_CHARSET,
          AUTO_INCREMENT,
          COMMENT,
          ENCRYPTION,
          COMPRESSION,
          KEYS,
          OTHER_OPTION ->
          EffectsOf.aspect(change.table(), change.property().name().toLowerCase(Locale.ROOT), t);
    }
  }

  static void partitions(Change.AlterPartitions change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.changes(Item.of(Item.Kind.ROWS, table));
    switch (change.operation()) {
      case EXCHANGE ->
          change.other().ifPresent(o -> t.changes(Item.of(Item.Kind.ROWS, t.relation(o))));
      case CONVERT_IN ->
          change
              .other()
              .ifPresent(o -> t.drops(Item.of(Item.Kind.RELATION, t.before().resolve(o))));
      case CONVERT_OUT ->
          change
              .other()
              .ifPresent(o -> t.creates(Item.of(Item.Kind.RELATION, t.before().place(o))));
      case ADD,
          DROP,
          TRUNCATE,
          REORGANIZE,
          COALESCE,
          REBUILD,
          OPTIMIZE,
          ANALYZE,
          CHECK,
          REPAIR,
          DISCARD_TABLESPACE,
          IMPORT_TABLESPACE -> {}
    }
  }

  static void attach(Change.AttachPartition change, Touching t) {
    QualifiedName parent = t.relation(change.parent());
    QualifiedName partition = t.relation(change.partition());
    t.changes(Item.of(Item.Kind.RELATION, partition));
    t.changes(Item.of(Item.Kind.ROWS, parent));
    t.checksRows(partition, List.of());
    t.parts(partition);
  }

  static void detach(Change.DetachPartition change, Touching t) {
    QualifiedName parent = t.relation(change.parent());
    t.changes(Item.of(Item.Kind.RELATION, t.relation(change.partition())));
    t.changes(Item.of(Item.Kind.ROWS, parent));
  }
}
