package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Tables that are to be made and are there. */
final class ExistingTables {

  private ExistingTables() {}

  static Optional<String> in(List<Change> changes, Schema before) {
    Schema schema = before;
    for (Change change : changes) {
      if (change instanceof Change.CreateTable create
          && !create.ifNotExists()
          && !create.temporary()
          && schema.isCertain(create.table().name())) {
        return Optional.of("there is a table " + create.table().name() + " already (error 1050)");
      }
      Optional<QualifiedName> renamed = renamed(change, schema);
      if (renamed.isPresent() && isThere(renamed.get(), schema)) {
        return Optional.of("there is a table " + renamed.get().name() + " already (error 1050)");
      }
      schema = schema.after(change);
    }
    return Optional.empty();
  }

  private static boolean isThere(QualifiedName name, Schema schema) {
    return schema.isCertain(name) || (schema.view(name).isPresent() && schema.isSettled(name));
  }

  private static Optional<QualifiedName> renamed(Change change, Schema schema) {
    return change instanceof Change.RenameTable rename && !rename.table().name().equals(rename.to())
        ? Optional.of(schema.resolve(rename.table()).withName(rename.to()))
        : Optional.empty();
  }
}
