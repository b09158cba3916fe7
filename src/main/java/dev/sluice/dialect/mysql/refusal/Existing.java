package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns, indexes and constraints that are to be made and are there, or are to be changed and are
 * not there.
 *
 * <p>A server looks for what goes or changes in the table as it was, and for what comes among what
 * then is left.
 */
final class Existing {

  private final Altered table;
  private final Set<Name> columns = new HashSet<>();
  private final Set<Name> indexes = new HashSet<>();

  Existing(Altered table) {
    this.table = table;
  }

  Optional<String> why() {
    Optional<String> absent = table.changes().stream().flatMap(c -> absent(c).stream()).findFirst();
    if (absent.isPresent()) {
      return absent;
    }
    table.columns().forEach(c -> columns.add(c.name()));
    columns.removeAll(table.droppedColumns());
    columns.removeAll(table.renamedColumns());
    table.indexes().stream()
        .filter(i -> !table.drops(i) && !isOfForeignKey(i))
        .flatMap(i -> i.name().stream())
        .forEach(n -> indexes.add(n.name()));
    table.changes().forEach(this::renamedAway);
    return table.changes().stream().flatMap(c -> there(c).stream()).findFirst();
  }

  /** What a foreign key may have made for itself gives way to an index that serves it too. */
  private boolean isOfForeignKey(Index index) {
    return !index.unique()
        && table
            .constraints()
            .anyMatch(
                c ->
                    c instanceof Constraint.ForeignKey
                        && c.name().equals(index.name().map(QualifiedName::name))
                        && c.columns()
                            .equals(
                                index.columns().stream()
                                    .flatMap(k -> k.column().stream())
                                    .toList()));
  }

  private void renamedAway(Change change) {
    if (change instanceof RenameIndex rename) {
      indexes.remove(rename.index().name());
    }
  }

  private Optional<String> absent(Change change) {
    return switch (change) {
      case DropColumn c -> column(c.column(), c.ifExists(), "1091");
      case RenameColumn c -> column(c.column(), false, "1054");
      case RedefineColumn c -> added(c.column()).or(() -> column(c.column(), c.ifExists(), "1054"));
      case SetDefault c -> added(c.column()).or(() -> column(c.column(), false, "1054"));
      case DropDefault c -> added(c.column()).or(() -> column(c.column(), false, "1054"));
      case DropIndex c -> index(c.index().name(), c.ifExists(), "1091");
      case RenameIndex c -> index(c.index().name(), false, "1176");
      case HideIndex c -> index(c.index().name(), false, "1176");
      case DropConstraint c -> constraint(c);
      default -> Optional.empty();
    };
  }

  /** MySQL looks for it in the table as it was. */
  private Optional<String> added(Name column) {
    boolean only =
        !table.mariadb()
            && !table.has(column)
            && table.changes().stream()
                .anyMatch(c -> c instanceof AddColumn add && add.column().name().equals(column));
    return only
        ? Optional.of(
            "a clause of the statement that adds "
                + column
                + " cannot change it (error 1054); say all of it where it is added")
        : Optional.empty();
  }

  private Optional<String> column(Name column, boolean ifExists, String error) {
    return ifExists || table.has(column) || comes(column)
        ? Optional.empty()
        : no("column", column.text(), error);
  }

  // MariaDB lets a later clause work on what an earlier one adds.
  private boolean comes(Name column) {
    return table.changes().stream()
        .anyMatch(
            c ->
                switch (c) {
                  case AddColumn add -> add.column().name().equals(column);
                  case RenameColumn rename -> rename.to().equals(column);
                  case RedefineColumn other ->
                      other.renames() && other.definition().name().equals(column);
                  default -> false;
                });
  }

  private Optional<String> index(Name index, boolean ifExists, String error) {
    boolean there =
        table.before().index(table.name().withName(index), Optional.of(table.name())).isPresent()
            || table.changes().stream()
                .anyMatch(
                    c ->
                        switch (c) {
                          case CreateIndex create ->
                              create.index().name().map(n -> n.name().equals(index)).orElse(true);
                          case AddConstraint ignored -> true;
                          default -> false;
                        });
    return ifExists || there ? Optional.empty() : no("index", index.text(), error);
  }

  private Optional<String> constraint(DropConstraint drop) {
    boolean there =
        drop.ifExists()
            || table.constraints().anyMatch(drop::means)
            || table.changes().stream().anyMatch(AddConstraint.class::isInstance)
            || (drop.meant() == DropConstraint.Meant.ANY
                && table
                    .before()
                    .index(table.name().withName(drop.constraint()), Optional.of(table.name()))
                    .isPresent());
    if (there) {
      return Optional.empty();
    }
    return switch (drop.meant()) {
      case PRIMARY_KEY -> Optional.of(table.name().name() + " has no primary key (error 1091)");
      case FOREIGN_KEY -> no("foreign key", drop.constraint().text(), "1091");
      case CHECK -> no("CHECK", drop.constraint().text(), "3821");
      case ANY -> no("constraint", drop.constraint().text(), table.mariadb() ? "1091" : "3940");
    };
  }

  private Optional<String> no(String what, String name, String error) {
    return Optional.of(
        table.name().name() + " has no " + what + " " + name + " (error " + error + ")");
  }

  private Optional<String> there(Change change) {
    return switch (change) {
      case AddColumn c when c.ifNotExists() -> Optional.empty();
      case AddColumn c ->
          comes(columns, c.column().name(), "a column", "1060")
              .or(() -> hasKey(c.constraints()) ? key() : Optional.empty());
      case RenameColumn c -> comes(columns, c.to(), "a column", "1060");
      case RedefineColumn c when c.renames() ->
          comes(columns, c.definition().name(), "a column", "1060");
      case CreateIndex c when c.ifNotExists() -> Optional.empty();
      case CreateIndex c ->
          c.index().name().flatMap(n -> comes(indexes, n.name(), "an index", "1061"));
      case RenameIndex c -> comes(indexes, c.to(), "an index", "1061");
      case AddConstraint c when c.constraint() instanceof Constraint.PrimaryKey -> key();
      case RedefineColumn c when hasKey(c.constraints()) -> key();
      case AddConstraint c when c.constraint() instanceof Constraint.ForeignKey k -> foreignKey(k);
      default -> Optional.empty();
    };
  }

  /** Its name is free only when the statement that drops it has ended. */
  private Optional<String> foreignKey(Constraint.ForeignKey key) {
    return key.name()
        .filter(
            n ->
                table
                    .constraints()
                    .anyMatch(
                        c -> c instanceof Constraint.ForeignKey && c.name().equals(Optional.of(n))))
        .map(
            n ->
                table.name().name()
                    + " has a foreign key "
                    + n
                    + " already (error "
                    + (table.mariadb() ? "1005" : "1826")
                    + "); drop it in a statement before, or give the new one another name");
  }

  private Optional<String> comes(Set<Name> taken, Name name, String what, String error) {
    return taken.add(name)
        ? Optional.empty()
        : Optional.of(
            table.name().name() + " has " + what + " " + name + " already (error " + error + ")");
  }

  private static boolean hasKey(List<Constraint> constraints) {
    return constraints.stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
  }

  private Optional<String> key() {
    return table.constraints().anyMatch(c -> c instanceof Constraint.PrimaryKey && !table.drops(c))
        ? Optional.of(
            table.name().name()
                + " has a primary key already (errors 1068 and 1072); DROP PRIMARY KEY in the same statement"
                + " makes room")
        : Optional.empty();
  }
}
