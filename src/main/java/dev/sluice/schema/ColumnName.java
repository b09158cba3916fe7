package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/** A column of a table. */
public record ColumnName(QualifiedName table, Name column) {
  /** {@code shop.orders.reference}, unquoted, for messages. */
  @Override
  public String toString() {
    return table + "." + column;
  }
}
