package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** MODIFY and CHANGE of MySQL and MariaDB. */
final class RedefinedColumn {
  private RedefinedColumn() {}

  static void fold(Draft draft, Change.RedefineColumn change) {
    QualifiedName table = draft.schema().resolve(change.table());
    Column written = ColumnFolding.resolved(change.definition(), draft.schema());
    Name name = written.name();
    ColumnFolding.firstSeen(draft, table);
    boolean known = draft.schema().column(table, change.column()).isPresent();
    if (!known && change.ifExists()) {
      return;
    }
    if (change.renames()) {
      Renaming.column(draft, table, change.column(), name);
    }
    draft.change(table, t -> t.withColumns(columns(t, written, change)));
    change.constraints().forEach(c -> ConstraintFolding.add(draft, table, c));
  }

  private static List<Column> columns(Table table, Column written, Change.RedefineColumn change) {
    // A key refuses NULL whatever the definition says.
    Column column =
        table.primaryKey().contains(written.name()) ? written.withNullable(false) : written;
    List<Column> columns = new ArrayList<>(table.columns());
    int place = columns.stream().map(Column::name).toList().indexOf(written.name());
    if (place < 0) {
      columns.add(ColumnFolding.place(columns, change.position()), column);
    } else if (change.position().isEmpty()) {
      columns.set(place, column);
    } else {
      columns.remove(place);
      columns.add(ColumnFolding.place(columns, change.position()), column);
    }
    return columns;
  }
}
