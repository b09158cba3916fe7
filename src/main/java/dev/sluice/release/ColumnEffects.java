package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** Effects on columns. */
final class ColumnEffects {
  private ColumnEffects() {}

  static void add(Change.AddColumn change, Touching t) {
    QualifiedName table = t.relation(change.table());
    Column column = change.column();
    if (change.ifNotExists() && t.before().column(table, column.name()).isPresent()) {
      t.columns(table, List.of(column.name()));
      return;
    }
    t.creates(Item.in(Item.Kind.COLUMN, table, column.name()));
    withHeirs(table, t);
    names(column, table, t);
    // Whether rows are there, which what changes other columns of them has no part in.
    if (!column.mayBeOmitted()) {
      t.checksRows(table, List.of(column.name()));
    }
    change.constraints().forEach(c -> ConstraintEffects.reads(table, c, t));
  }

  /** What a column's declaration names. */
  static void names(Column column, QualifiedName table, Touching t) {
    t.type(column.type());
    column.defaultValue().ifPresent(d -> t.expression(d, table));
    column.generated().ifPresent(g -> t.expression(g.expression(), table));
  }

  /** The parts of a table, and of its partitions and heirs, where a change goes down to them. */
  static void withHeirs(QualifiedName table, Touching t) {
    t.parts(table);
    for (Table heir : t.before().childrenOf(table)) {
      withHeirs(heir.name(), t);
    }
  }

  static void drop(Change.DropColumn change, Touching t) {
    Schema before = t.before();
    QualifiedName table = t.relation(change.table());
    t.drops(Item.in(Item.Kind.COLUMN, table, change.column()));
    withHeirs(table, t);
    before.foreignKeysTo(table).forEach(r -> t.parts(r.table()));
    if (change.cascade()) {
      for (View view : before.viewsReading(table)) {
        if (view.query().references().names(table, change.column())) {
          TableEffects.dropView(view, t);
        }
      }
    }
  }

  static void rename(Change.RenameColumn change, Touching t) {
    QualifiedName table = t.relation(change.table());
    t.drops(Item.in(Item.Kind.COLUMN, table, change.column()));
    t.creates(Item.in(Item.Kind.COLUMN, table, change.to()));
    withHeirs(table, t);
    t.before().foreignKeysTo(table).forEach(r -> t.parts(r.table()));
  }

  static void redefine(Change.RedefineColumn change, Touching t) {
    Column definition = change.definition();
    QualifiedName table;
    if (change.renames()) {
      rename(new Change.RenameColumn(change.table(), change.column(), definition.name()), t);
      table = t.before().resolve(change.table());
    } else {
      table = alter(change.table(), change.column(), t);
    }
    t.changes(Item.in(Item.Kind.ROWS, table, change.column()));
    names(definition, table, t);
    if (!definition.nullable()) {
      t.checksRows(table, List.of(change.column()));
    }
    change.constraints().forEach(c -> ConstraintEffects.reads(table, c, t));
  }

  static void type(Change.AlterColumnType change, Touching t) {
    QualifiedName table = alter(change.table(), change.column(), t);
    t.changes(Item.in(Item.Kind.ROWS, table, change.column()));
    t.type(change.type());
    change
        .using()
        .ifPresent(
            u -> t.expression(u, table).forEach(c -> t.reads(Item.in(Item.Kind.ROWS, table, c))));
  }

  /** A column's own properties; gives the table's resolved name. */
  static QualifiedName alter(QualifiedName written, Name column, Touching t) {
    QualifiedName table = t.relation(written);
    t.changes(Item.in(Item.Kind.COLUMN, table, column));
    withHeirs(table, t);
    return table;
  }

  /** One side of a column, which only who writes rows meets; gives the table's resolved name. */
  static QualifiedName aspect(Item.Kind side, QualifiedName written, Name column, Touching t) {
    QualifiedName table = t.relation(written);
    t.columns(table, List.of(column));
    t.changes(Item.in(side, table, column));
    withHeirs(table, t);
    return table;
  }

  static void computes(QualifiedName written, Name column, Fragment expression, Touching t) {
    QualifiedName table = t.before().resolve(written);
    t.changes(Item.in(Item.Kind.ROWS, table, column));
    t.expression(expression, table).forEach(c -> t.reads(Item.in(Item.Kind.ROWS, table, c)));
  }
}
