package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** A column under another name, however the statement says so: RENAME COLUMN, or CHANGE. */
public record ColumnRenaming(QualifiedName table, Name column, Name to) {

  /** Empty where the change gives no column another name. */
  public static Optional<ColumnRenaming> of(Change change) {
    return switch (change) {
      case Change.RenameColumn c -> Optional.of(new ColumnRenaming(c.table(), c.column(), c.to()));
      case Change.RedefineColumn c when c.renames() ->
          Optional.of(new ColumnRenaming(c.table(), c.column(), c.definition().name()));
      default -> Optional.empty();
    };
  }
}
