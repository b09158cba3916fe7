package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/**
 * A view.
 *
 * @param columns the explicit list of column names; empty where the query's own count
 * @param materialized whether it keeps its rows
 * @param options what stands between the columns and AS ({@code WITH (security_invoker = true)}),
 *     as written; mostly empty. What follows the query (CHECK OPTION, NO DATA) belongs to the query
 */
public record View(
    QualifiedName name, List<Name> columns, Fragment query, boolean materialized, String options) {
  public View {
    columns = List.copyOf(columns);
  }
}
