package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Schema.Referencing;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;

/**
 * Columns and indexes that a foreign key needs, its own or one that points here: an index has to
 * begin with its columns at both ends, and which one does not matter.
 */
final class ForeignKeyNeeds {

  private final Altered table;

  ForeignKeyNeeds(Altered table) {
    this.table = table;
  }

  Optional<String> why() {
    return column().or(() -> dropsKeys() && isChecked() ? index() : Optional.empty());
  }

  private Optional<String> column() {
    List<Name> dropped = table.droppedColumns();
    return table
        .constraints()
        .filter(c -> c instanceof ForeignKey && !table.drops(c))
        .flatMap(k -> k.columns().stream().filter(dropped::contains).map(c -> column(c, k)))
        .findFirst();
  }

  private String column(Name column, Constraint key) {
    return "the foreign key "
        + name(key)
        + " stands on "
        + column
        + (table.mariadb() ? " (errors 1553 and 1828)" : " (error 1828)")
        + "; drop it in the same statement, or before";
  }

  private boolean dropsKeys() {
    return table.changes().stream()
        .anyMatch(
            c ->
                switch (c) {
                  case Change.DropIndex ignored -> true;
                  case Change.DropConstraint ignored -> true;
                  case Change.DropColumn ignored -> true;
                  default -> false;
                });
  }

  /** MariaDB takes out an index that is needed where foreign keys are not checked. */
  private boolean isChecked() {
    return !table.mariadb() || MysqlImpact.checksForeignKeys(table.before());
  }

  private Optional<String> index() {
    Schema after = table.after();
    List<Index> left = after.allIndexesOn(table.name());
    Optional<String> own =
        after.table(table.name()).stream()
            .flatMap(t -> t.constraints().stream())
            .filter(ForeignKey.class::isInstance)
            .filter(k -> isLost(k.columns(), left))
            .map(k -> lost(k.columns(), "the foreign key " + name(k)))
            .findFirst();
    return own.or(
        () ->
            after.foreignKeysTo(table.name()).stream()
                .filter(r -> isLost(r.key().parentColumns(), left) && !isReplaced(r))
                .map(r -> lost(r.key().parentColumns(), pointing(r)))
                .findFirst());
  }

  private boolean isLost(List<Name> columns, List<Index> left) {
    return !columns.isEmpty()
        && table.indexes().stream().anyMatch(i -> begins(i, columns))
        && left.stream().noneMatch(i -> begins(i, columns));
  }

  /** Another primary key in the same statement is all that MariaDB asks for. */
  private boolean isReplaced(Referencing referencing) {
    return table.mariadb()
        && table.table().primaryKey().equals(referencing.key().parentColumns())
        && table.changes().stream()
            .anyMatch(
                c ->
                    c instanceof AddConstraint add
                        && add.constraint() instanceof Constraint.PrimaryKey);
  }

  private static String pointing(Referencing referencing) {
    return "the foreign key " + name(referencing.key()) + " of " + referencing.table().name();
  }

  private String lost(List<Name> columns, String key) {
    return "no index that begins with "
        + String.join(", ", columns.stream().map(Name::text).toList())
        + " would be left, and "
        + key
        + " needs one (errors 1553 and "
        + (table.mariadb() ? "1025" : "1829")
        + "); add another in the same statement, or drop the foreign key"
        + " before";
  }

  /** Whether the index begins with whole columns, these and in this order. */
  static boolean begins(Index index, List<Name> columns) {
    return index.method().equals("btree")
        && index.columns().size() >= columns.size()
        && index.columns().subList(0, columns.size()).stream()
            .map(c -> c.column().filter(n -> !c.modifiers().startsWith("(")))
            .toList()
            .equals(columns.stream().map(Optional::of).toList());
  }

  private static String name(Constraint key) {
    return key.name().map(Name::text).orElse("on " + key.columns());
  }
}
