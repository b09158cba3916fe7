package dev.sluice.dialect.mysql.probing;

import static dev.sluice.dialect.mysql.probing.Catalog.both;
import static dev.sluice.dialect.mysql.probing.Catalog.not;
import static dev.sluice.dialect.mysql.writing.Quoting.literal;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.impact.Feature;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether tables, their constraints and their indexes are as a change leaves them. */
final class TableProbes {

  private final boolean mariadb;
  private final boolean shows;

  TableProbes(Engine engine, EngineVersion version) {
    this.mariadb = engine == Engine.MARIADB;
    this.shows = !mariadb || Feature.IGNORED_INDEXES.in(engine, version);
  }

  /** By kind: while a rename is under way, a view may bear either name. */
  static Optional<String> renamed(Change.RenameTable change) {
    if (sameButForCase(change.table().name(), change.to())) {
      return Optional.empty();
    }
    QualifiedName to = change.table().withName(change.to());
    String asTable = both(Catalog.table(to), not(Catalog.table(change.table())));
    String asView = both(Catalog.view(to), not(Catalog.relation(change.table(), "")));
    return Optional.of("(" + asTable + " OR " + asView + ")");
  }

  private static boolean sameButForCase(Name one, Name other) {
    return one.text().equalsIgnoreCase(other.text());
  }

  static Optional<String> moved(Change.MoveTable change) {
    QualifiedName to = change.table().in(change.schema());
    return Optional.of(both(Catalog.table(to), not(Catalog.table(change.table()))));
  }

  /** Empty where the catalog shows the same before and after: the table is only written anew. */
  static Optional<String> altered(Change.AlterTable change) {
    return switch (change.property()) {
      case REMOVE_PARTITIONING ->
          Optional.of(
              both(
                  Catalog.table(change.table()),
                  not(Catalog.partition(change.table(), "partition_name IS NOT NULL"))));
      case ADD_VERSIONING ->
          Optional.of(Catalog.relation(change.table(), "table_type = 'SYSTEM VERSIONED'"));
      case DROP_VERSIONING ->
          Optional.of(Catalog.relation(change.table(), "table_type = 'BASE TABLE'"));
      default -> Optional.empty();
    };
  }

  static Optional<String> partitioned(Change.AlterPartitions change) {
    if (change.partitions().isEmpty()) {
      return Optional.empty();
    }
    return switch (change.operation()) {
      case ADD -> Optional.of(every(change, ""));
      case DROP -> Optional.of(every(change, "NOT "));
      default -> Optional.empty();
    };
  }

  private static String every(Change.AlterPartitions change, String not) {
    return change.partitions().stream()
        .map(p -> not + Catalog.partition(change.table(), "partition_name = " + literal(p.text())))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  /** By name; a foreign key without one by its columns. Empty for a CHECK without a name. */
  Optional<String> added(Change.AddConstraint change) {
    QualifiedName table = change.table();
    return switch (change.constraint()) {
      case Constraint.PrimaryKey c ->
          Optional.of(Catalog.constraint(table, Name.ignoringCase("PRIMARY"), ""));
      case Constraint.Unique c -> c.name().map(n -> Catalog.index(table, n, ""));
      case Constraint.ForeignKey c ->
          Optional.of(
              c.name()
                  .map(n -> Catalog.constraint(table, n, "constraint_type = 'FOREIGN KEY'"))
                  .orElseGet(
                      () ->
                          c.columns().stream()
                              .map(column -> Catalog.refers(table, column, c.parent()))
                              .collect(Collectors.joining(" AND ", "(", ")"))));
      case Constraint.Check c ->
          c.name()
              .map(
                  n ->
                      Catalog.constraint(
                          table,
                          n,
                          "constraint_type = 'CHECK'"
                              + (mariadb
                                  ? ""
                                  : " AND enforced = " + (c.enforced() ? "'YES'" : "'NO'"))));
      case Constraint.Exclude c -> Optional.empty();
      case Constraint.NotNull c -> Optional.empty();
    };
  }

  static Optional<String> dropped(Change.DropConstraint change) {
    String type =
        switch (change.meant()) {
          case PRIMARY_KEY -> "constraint_type = 'PRIMARY KEY'";
          case FOREIGN_KEY -> "constraint_type = 'FOREIGN KEY'";
          case CHECK -> "constraint_type = 'CHECK'";
          case ANY -> "";
        };
    return Optional.of(not(Catalog.constraint(change.table(), change.constraint(), type)));
  }

  static Optional<String> enforced(Change.AlterConstraint change) {
    boolean off = change.text().toUpperCase(Locale.ROOT).contains("NOT");
    return Optional.of(
        Catalog.constraint(
            change.table(), change.constraint(), "enforced = " + (off ? "'NO'" : "'YES'")));
  }

  static Optional<String> renamed(Change.RenameIndex change) {
    return sameButForCase(change.index().name(), change.to())
        ? Optional.empty()
        : change
            .table()
            .map(
                t ->
                    both(
                        Catalog.index(t, change.to(), ""),
                        not(Catalog.index(t, change.index().name(), ""))));
  }

  Optional<String> hidden(Change.HideIndex change) {
    if (!shows) {
      return Optional.empty();
    }
    String is =
        mariadb
            ? "ignored = " + (change.hidden() ? "'YES'" : "'NO'")
            : "is_visible = " + (change.hidden() ? "'NO'" : "'YES'");
    return Optional.of(Catalog.index(change.table(), change.index().name(), is));
  }
}
