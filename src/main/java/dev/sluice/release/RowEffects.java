package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Effects of statements that write rows. */
final class RowEffects {
  private RowEffects() {}

  static void insert(Change.Insert change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.changes(Item.of(Item.Kind.ROWS, table));
    filled(table, change.columns(), t);
    change
        .conflict()
        .flatMap(Change.Insert.Conflict::constraint)
        .ifPresent(c -> t.reads(Item.in(Item.Kind.CONSTRAINT, table, c)));
    if (change.upsert() || change.conflict().isPresent()) {
      t.before().allIndexesOn(table).stream()
          .filter(i -> i.unique() && i.name().isPresent())
          .forEach(
              i -> t.reads(Item.index(t.before(), i.name().orElseThrow(), Optional.of(table))));
    }
    t.evaluates(without(change.references(), change.table()));
    fires(table, t);
    if (change.replaces()) {
      reachesChildren(table, t);
    }
  }

  /** An INSERT that leaves a column out depends on its default. */
  private static void filled(QualifiedName table, List<Name> named, Touching t) {
    t.columns(table, named);
    t.reads(Item.of(Item.Kind.DEFAULT, table));
    t.reads(Item.of(Item.Kind.NULLABILITY, table));
    t.before()
        .table(table)
        .ifPresent(
            known -> {
              t.columns(table, known.columns().stream().map(Column::name).toList());
              known.columns().forEach(c -> t.type(c.type()));
            });
  }

  // The target stands among the references as written, not as read.
  private static References without(References references, QualifiedName target) {
    return references.doing(
        references.writes().stream().filter(w -> !w.equals(target)).collect(Collectors.toSet()),
        references.functions());
  }

  static void update(Change.Update change, Touching t) {
    QualifiedName table = t.relation(change.table());
    List<Name> assigned =
        change.assignments().stream().map(Change.Update.Assignment::column).toList();
    assigned.forEach(
        c -> {
          t.changes(Item.in(Item.Kind.ROWS, table, c));
          t.reads(Item.in(Item.Kind.DEFAULT, table, c));
          t.reads(Item.in(Item.Kind.NULLABILITY, table, c));
        });
    t.columns(table, assigned);
    t.before()
        .table(table)
        .ifPresent(
            known ->
                known.columns().stream()
                    .filter(c -> assigned.contains(c.name()))
                    .forEach(c -> t.type(c.type())));
    readsOwnRow(table, change.references(), t);
    t.evaluates(without(change.references(), change.table()));
    fires(table, t);
  }

  static void delete(Change.Delete change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.changes(Item.of(Item.Kind.ROWS, table));
    readsOwnRow(table, change.references(), t);
    t.evaluates(without(change.references(), change.table()));
    fires(table, t);
    reachesChildren(table, t);
  }

  /** Values of the row itself that decide or go in. */
  private static void readsOwnRow(QualifiedName table, References references, Touching t) {
    Optional<Table> known = t.before().table(table);
    for (References.Column column : references.columns()) {
      boolean own = column.table().map(x -> t.before().resolve(x).equals(table)).orElse(true);
      column
          .name()
          .filter(n -> own && known.map(k -> !k.complete() || k.column(n).isPresent()).orElse(true))
          .ifPresent(
              n -> {
                t.columns(table, List.of(n));
                t.reads(Item.in(Item.Kind.ROWS, table, n));
              });
    }
  }

  private static void reachesChildren(QualifiedName table, Touching t) {
    t.before().foreignKeysTo(table).stream()
        .filter(r -> r.key().enforced())
        .filter(
            r ->
                switch (r.key().onDelete()) {
                  case CASCADE, SET_NULL, SET_DEFAULT -> true;
                  case NO_ACTION, RESTRICT -> false;
                })
        .forEach(r -> t.changes(Item.of(Item.Kind.ROWS, r.table())));
  }

  static void merge(Change.Merge change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.changes(Item.of(Item.Kind.ROWS, table));
    filled(table, List.of(), t);
    t.evaluates(without(change.references(), change.table()));
    fires(table, t);
  }

  static void truncate(Change.Truncate change, Touching t) {
    for (QualifiedName written : change.tables()) {
      QualifiedName table = t.relation(written);
      t.changes(Item.of(Item.Kind.ROWS, table));
      if (change.cascade()) {
        t.before().foreignKeysTo(table).forEach(r -> t.changes(Item.of(Item.Kind.ROWS, r.table())));
      }
    }
  }

  static void copy(Change.Copy change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.columns(table, change.columns());
    if (change.into()) {
      t.changes(Item.of(Item.Kind.ROWS, table));
      filled(table, change.columns(), t);
      fires(table, t);
    } else {
      t.reads(Item.of(Item.Kind.ROWS, table));
    }
  }

  /** Users' triggers decide on what is written, and write elsewhere. */
  private static void fires(QualifiedName table, Touching t) {
    t.reads(Item.of(Item.Kind.TRIGGER, table));
    for (Trigger trigger : t.before().triggersOn(table)) {
      trigger
          .function()
          .flatMap(t.before()::routine)
          .ifPresent(
              r -> {
                t.reads(Item.of(Item.Kind.ROUTINE, r.name()));
                r.definition()
                    .references()
                    .writes()
                    .forEach(w -> t.changes(Item.of(Item.Kind.ROWS, w)));
              });
    }
  }
}
