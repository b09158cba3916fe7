package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Check;
import dev.sluice.schema.Index;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Columns that go or are renamed while something else of the table is made of them. */
final class ColumnUse {

  private final Altered table;

  ColumnUse(Altered table) {
    this.table = table;
  }

  Optional<String> why() {
    return table.droppedColumns().stream()
        .flatMap(c -> dropped(c).stream())
        .findFirst()
        .or(() -> table.renamedColumns().stream().flatMap(c -> renamed(c).stream()).findFirst())
        .or(this::none);
  }

  private Optional<String> dropped(Name column) {
    return check(column, true)
        .or(() -> computed(column))
        .or(() -> partition(column))
        .or(() -> table.mariadb() ? key(column) : functional(column));
  }

  /** MariaDB writes the new name into all of it. */
  private Optional<String> renamed(Name column) {
    return table.mariadb()
        ? Optional.empty()
        : check(column, false)
            .or(() -> computed(column))
            .or(() -> partition(column))
            .or(() -> functional(column));
  }

  /** A CHECK on a column alone goes with it. */
  private Optional<String> check(Name column, boolean drop) {
    return table
        .constraints()
        .filter(c -> c instanceof Check && !table.drops(c))
        .map(Check.class::cast)
        .filter(c -> table.named(c.expression()).contains(column))
        .filter(c -> !drop || table.named(c.expression()).size() > 1)
        .findFirst()
        .map(
            c ->
                "the CHECK"
                    + c.name().map(n -> " " + n.text()).orElse("")
                    + " names "
                    + column
                    + " (error "
                    + (table.mariadb() ? "1054" : "3959")
                    + "); drop it in the same statement, and add it again where it is wanted");
  }

  private Optional<String> computed(Name column) {
    List<Name> going = table.droppedColumns();
    return table
        .columns()
        .filter(c -> !going.contains(c.name()) && !table.redefines(c.name()))
        .flatMap(c -> computed(c, column).stream())
        .findFirst();
  }

  private Optional<String> computed(Column other, Name column) {
    Optional<String> generated =
        other
            .generated()
            .filter(g -> table.named(g.expression()).contains(column))
            .map(
                g ->
                    "the column "
                        + other.name()
                        + " is computed from "
                        + column
                        + error("3108")
                        + "; it goes, or is redefined, before");
    return generated.or(
        () ->
            other
                .defaultValue()
                .filter(d -> table.named(d).contains(column))
                .map(
                    d ->
                        "the default of "
                            + other.name()
                            + " is made of "
                            + column
                            + error("3766")
                            + "; it gets another one before"));
  }

  private Optional<String> partition(Name column) {
    boolean repartitioned =
        table.changes().stream()
            .anyMatch(c -> c instanceof Change.AlterTable a && ofPartitions(a.property()));
    return table
        .table()
        .partitionKey()
        .filter(k -> !repartitioned && table.named(k).contains(column))
        .map(k -> "its partitions are by " + column + error("3855"));
  }

  private static boolean ofPartitions(Change.AlterTable.Property property) {
    return property == Change.AlterTable.Property.PARTITION_BY
        || property == Change.AlterTable.Property.REMOVE_PARTITIONING;
  }

  private String error(String mysql) {
    return " (error " + (table.mariadb() ? "1054" : mysql) + ")";
  }

  private Optional<String> functional(Name column) {
    return table.indexes().stream()
        .filter(i -> !table.drops(i))
        .filter(
            i ->
                i.columns().stream()
                    .anyMatch(c -> c.column().isEmpty() && table.named(c.key()).contains(column)))
        .findFirst()
        .map(
            i ->
                "the index "
                    + named(i)
                    + " is over an expression of "
                    + column
                    + " (error 3837); drop it before");
  }

  /** MariaDB drops a column from an index, but not from one that keeps others apart. */
  private Optional<String> key(Name column) {
    return table.indexes().stream()
        .filter(i -> i.unique() && !table.drops(i))
        .filter(i -> i.columns().size() > 1 && columns(i).contains(column))
        .filter(i -> !table.droppedColumns().containsAll(columns(i)))
        .findFirst()
        .map(
            i ->
                (isPrimary(i) ? "the primary key" : "the unique index " + named(i))
                    + " is over "
                    + column
                    + " and other columns (error 1072); drop it in the same statement, and add it"
                    + " again over the others where it is wanted");
  }

  private boolean isPrimary(Index index) {
    return table.before().constraintOf(index).stream()
        .anyMatch(Constraint.PrimaryKey.class::isInstance);
  }

  private static List<Name> columns(Index index) {
    return index.columns().stream().flatMap(c -> c.column().stream()).toList();
  }

  private static String named(Index index) {
    return index.name().map(QualifiedName::name).map(Name::text).orElse("");
  }

  private Optional<String> none() {
    boolean all =
        !table.droppedColumns().isEmpty()
            && table.after().table(table.name()).map(t -> t.columns().isEmpty()).orElse(false);
    return all
        ? Optional.of("no column would be left (error 1090); DROP TABLE drops them all")
        : Optional.empty();
  }
}
