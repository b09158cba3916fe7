package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables that are to be changed where all that are there are known, and they are not. */
final class AbsentTables {

  private AbsentTables() {}

  static Optional<String> in(List<Change> changes, Schema before) {
    Schema schema = before;
    for (Change change : changes) {
      Schema now = schema;
      Optional<QualifiedName> absent =
          Stream.concat(needed(change).stream(), read(change).stream())
              .filter(t -> isAbsent(t, now))
              .findFirst();
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

  /**
   * Whether there surely is no such table.
   *
   * @param whole whether the schema has all tables that there are
   */
  static boolean is(QualifiedName table, Schema schema, boolean whole) {
    return whole && isAbsent(table, schema);
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

  /** What the statement reads; a view that is made must find all of it. */
  private static Set<QualifiedName> read(Change change) {
    return switch (change) {
      case Insert c when c.references().complete() -> c.references().relations();
      case Update c when c.references().complete() -> c.references().relations();
      case Delete c when c.references().complete() -> c.references().relations();
      case CreateView c when c.view().query().references().complete() ->
          c.view().query().references().relations();
      case CreateTable c when !c.ifNotExists() ->
          c.query()
              .map(Fragment::references)
              .filter(References::complete)
              .map(References::relations)
              .orElseGet(
                  () ->
                      c.copies().stream().map(CreateTable.Like::table).collect(Collectors.toSet()));
      default -> Set.of();
    };
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
      case CreateTrigger c -> Optional.of(c.trigger().table());
      case LockTable c -> c.tables().stream().findFirst();
      default -> MysqlImpact.altered(change);
    };
  }
}
