package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tables that are to be changed where all that are there are known, and they are not. */
final class AbsentTables {

  private AbsentTables() {}

  static Optional<String> in(List<Change> changes, Schema before) {
    Schema schema = before;
    for (Change change : changes) {
      Schema now = schema;
      Optional<QualifiedName> absent = needed(change).filter(t -> isAbsent(t, now));
      if (absent.isPresent()) {
        return Optional.of(
            "there is no table "
                + absent.get()
                + (change instanceof DropTable ? " (error 1051)" : " (error 1146)"));
      }
      schema = schema.after(change);
    }
    return Optional.empty();
  }

  /** A server that does not tell upper case from lower finds it under the other. */
  private static boolean isAbsent(QualifiedName written, Schema schema) {
    QualifiedName table = schema.resolve(written);
    // What is in another database is nobody's to know.
    Optional<Name> own = Optional.of(schema.atNextMigration().defaultSchema());
    String text = table.name().text().toLowerCase(Locale.ROOT);
    return table.schema().equals(own)
        && !schema.knows(table)
        && schema.tables().stream()
            .noneMatch(t -> t.name().name().text().toLowerCase(Locale.ROOT).equals(text));
  }

  private static Optional<QualifiedName> needed(Change change) {
    return switch (change) {
      case DropTable c when c.ifExists() || c.temporary() -> Optional.empty();
      case DropTable c -> Optional.of(c.table());
      case DropIndex c when c.ifExists() -> Optional.empty();
      case Truncate c -> Optional.of(c.tables().getFirst());
      case Insert c -> Optional.of(c.table());
      case Update c -> Optional.of(c.table());
      case Delete c -> Optional.of(c.table());
      default -> MysqlImpact.altered(change);
    };
  }
}
