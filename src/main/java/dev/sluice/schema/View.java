package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/**
 * A view.
 *
 * @param columns the explicit list of column names; empty where the query's own count
 * @param materialized whether it keeps its rows
 */
public record View(QualifiedName name, List<Name> columns, Fragment query, boolean materialized) {
  public View {
    columns = List.copyOf(columns);
  }
}
