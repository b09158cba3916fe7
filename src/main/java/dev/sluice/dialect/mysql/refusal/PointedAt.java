package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.DropTable;
import dev.sluice.schema.Change.Truncate;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Schema.Referencing;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables that are dropped or emptied while another one's foreign key points at them. MySQL looks at
 * all tables of a DROP together, MariaDB at one behind the other.
 */
final class PointedAt {

  private PointedAt() {}

  static Optional<String> in(List<Change> changes, Schema before, boolean mariadb) {
    if (!MysqlImpact.checksForeignKeys(before)) {
      return Optional.empty();
    }
    Set<QualifiedName> going = new HashSet<>();
    if (!mariadb) {
      changes.forEach(c -> dropped(c).ifPresent(t -> going.add(before.resolve(t))));
    }
    Schema schema = before;
    for (Change change : changes) {
      Optional<String> why = why(change, going, schema, mariadb);
      if (why.isPresent()) {
        return why;
      }
      schema = schema.after(change);
    }
    return Optional.empty();
  }

  private static Optional<QualifiedName> dropped(Change change) {
    return change instanceof DropTable c && !c.temporary()
        ? Optional.of(c.table())
        : Optional.empty();
  }

  private static Optional<String> why(
      Change change, Set<QualifiedName> going, Schema schema, boolean mariadb) {
    Optional<QualifiedName> table =
        change instanceof Truncate c ? Optional.of(c.tables().getFirst()) : dropped(change);
    if (table.isEmpty() || !schema.isCertain(table.get())) {
      return Optional.empty();
    }
    QualifiedName name = schema.resolve(table.get());
    String drop = mariadb ? "1451" : "3730";
    return schema.foreignKeysTo(name).stream()
        .filter(r -> !r.table().equals(name) && !going.contains(r.table()))
        .filter(r -> schema.isCertain(r.table()))
        .findFirst()
        .map(
            r ->
                held(r)
                    + " (error "
                    + (change instanceof Truncate ? "1701" : drop)
                    + "); drop it before");
  }

  private static String held(Referencing referencing) {
    return "the foreign key "
        + referencing.key().name().map(Name::text).orElse("on " + referencing.key().columns())
        + " of "
        + referencing.table().name()
        + " points at it";
  }
}
