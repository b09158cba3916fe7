package dev.sluice.plan;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.ColumnRenaming;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.Set;

/**
 * What the release itself has made so far, by resolved names: it has no traffic, and tables have no
 * rows.
 */
record Made(Set<QualifiedName> tables, Set<ColumnName> columns) {

  static final Made NOTHING = new Made(Set.of(), Set.of());

  Made {
    tables = Set.copyOf(tables);
    columns = Set.copyOf(columns);
  }

  boolean column(QualifiedName table, Name column) {
    return tables.contains(table) || columns.contains(new ColumnName(table, column));
  }

  /** After a change; what does not make, rename or drop a table or a column changes nothing. */
  Made after(Change change, Schema before) {
    Set<QualifiedName> itsTables = new HashSet<>(tables);
    Set<ColumnName> itsColumns = new HashSet<>(columns);
    if (change instanceof Change.CreateTable c && !before.knows(c.table().name())) {
      itsTables.add(before.place(c.table().name()));
    } else if (change instanceof Change.DropTable c) {
      itsTables.remove(before.resolve(c.table()));
    } else if (change instanceof Change.RenameTable c) {
      rename(before.resolve(c.table()), before.resolve(c.table()).withName(c.to()), itsTables);
    } else if (change instanceof Change.MoveTable c) {
      rename(before.resolve(c.table()), before.resolve(c.table()).in(c.schema()), itsTables);
    } else if (change instanceof Change.AddColumn c) {
      itsColumns.add(new ColumnName(before.resolve(c.table()), c.column().name()));
    }
    ColumnRenaming.of(change)
        .filter(r -> itsColumns.remove(new ColumnName(before.resolve(r.table()), r.column())))
        .ifPresent(r -> itsColumns.add(new ColumnName(before.resolve(r.table()), r.to())));
    return new Made(itsTables, itsColumns);
  }

  private static void rename(QualifiedName from, QualifiedName to, Set<QualifiedName> tables) {
    if (tables.remove(from)) {
      tables.add(to);
    }
  }
}
