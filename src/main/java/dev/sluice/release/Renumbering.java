package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Statements of one file that draw a column's numbers from an identity instead of a default (DROP
 * DEFAULT, ADD GENERATED … AS IDENTITY, setval and what is between): one change, because an INSERT
 * that comes in between is refused, by either version.
 *
 * @param first position in the release of DROP DEFAULT
 * @param last position of the last change that belongs to it
 * @param columns most often one
 */
record Renumbering(int first, int last, Set<ColumnName> columns) {

  Renumbering {
    columns = Set.copyOf(columns);
  }

  boolean holds(int position) {
    return first <= position && position <= last;
  }

  /**
   * @param scripts the file of each change
   * @param before the schema right before each change
   */
  static List<Renumbering> in(
      List<Change> changes, IntFunction<String> scripts, IntFunction<Schema> before) {
    List<Renumbering> all = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i) instanceof Change.DropDefault) {
        Optional<Renumbering> found = from(i, changes, scripts, before);
        if (found.isPresent()) {
          all.add(found.get());
          i = found.get().last();
        }
      }
    }
    return all;
  }

  private static Optional<Renumbering> from(
      int first, List<Change> changes, IntFunction<String> scripts, IntFunction<Schema> before) {
    Set<ColumnName> open = new HashSet<>();
    Set<ColumnName> all = new HashSet<>();
    int last = -1;
    for (int i = first; i < changes.size() && scripts.apply(i).equals(scripts.apply(first)); i++) {
      Schema there = before.apply(i);
      Change change = changes.get(i);
      if (change instanceof Change.DropDefault drop && (i == first || !open.isEmpty())) {
        ColumnName column = column(drop.table(), drop.column(), there);
        boolean old =
            before
                .apply(0)
                .column(drop.table(), drop.column())
                .filter(Renumbering::draws)
                .isPresent();
        if (!old) {
          break;
        }
        open.add(column);
        all.add(column);
      } else if (!(change instanceof Change.AddIdentity add
              && open.remove(column(add.table(), add.column(), there)))
          && !belongs(change, there, open, all)) {
        break;
      }
      last = open.isEmpty() ? i : last;
    }
    return last < 0 ? Optional.empty() : Optional.of(new Renumbering(first, last, all));
  }

  private static ColumnName column(QualifiedName table, Name column, Schema schema) {
    return new ColumnName(schema.resolve(table), column);
  }

  private static boolean draws(Column column) {
    return column.identity().equals(Optional.of(Column.Identity.SERIAL))
        || column
            .defaultValue()
            .map(
                d ->
                    d.references().functions().stream()
                        .anyMatch(f -> f.name().text().equals("nextval")))
            .orElse(false);
  }

  /** Whether it is about the numbers of one of the columns. */
  private static boolean belongs(
      Change change, Schema there, Set<ColumnName> open, Set<ColumnName> all) {
    return switch (change) {
      case Change.DropObject c when c.kind() == ObjectKind.SEQUENCE ->
          owner(c.name(), there).filter(open::contains).isPresent();
      case Change.AlterSequence c -> owner(c.sequence(), there).filter(all::contains).isPresent();
      case Change.AlterColumnOption c -> all.contains(column(c.table(), c.column(), there));
      case Change.Query c -> setsNumbers(c, there, all);
      default -> false;
    };
  }

  private static boolean setsNumbers(Change.Query query, Schema there, Set<ColumnName> columns) {
    boolean sets =
        query.query().references().functions().stream()
            .anyMatch(f -> f.name().text().equals("setval"));
    Set<QualifiedName> named = named(query);
    return sets
        && !named.isEmpty()
        && named.stream()
            .allMatch(
                n ->
                    owner(n, there).filter(columns::contains).isPresent()
                        || columns.stream().anyMatch(c -> c.table().equals(there.resolve(n))));
  }

  private static Set<QualifiedName> named(Change.Query query) {
    Set<QualifiedName> named = query.query().references().named();
    return named.isEmpty() ? query.query().references().relations() : named;
  }

  /** Whose numbers a sequence holds. */
  private static Optional<ColumnName> owner(QualifiedName sequence, Schema there) {
    return there.other(ObjectKind.SEQUENCE, sequence).flatMap(Schema.Other::owner);
  }

  /** What the change at a position of it is; empty where it is what it is by itself. */
  Optional<Verdict> verdict(int position, List<Placed> release) {
    Placed at = release.get(position);
    return switch (at.change()) {
      case Change.DropDefault c ->
          Optional.of(
              Verdict.expand(
                  "INSERTs that leave it out get a number of the identity that takes its place, in"
                      + " one transaction with this"));
      case Change.AddIdentity c -> Optional.of(identity(c, release));
      case Change.Query c -> Optional.of(set(c, release));
      case Change.AlterColumnOption c -> Optional.of(restarted());
      case Change.AlterSequence c when c.ownedBy().isEmpty() -> Optional.of(restarted());
      case Change.DropObject c ->
          release.get(last).after().other(ObjectKind.SEQUENCE, c.name()).isPresent()
              ? Optional.of(
                  Verdict.expand("the identity's own sequence takes its name, in one transaction"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Verdict restarted() {
    return Verdict.expand(
        "where the identity's numbers go on, in one transaction with what makes it");
  }

  private Verdict identity(Change.AddIdentity change, List<Placed> release) {
    boolean set =
        release.subList(first, last + 1).stream()
            .map(Placed::change)
            .anyMatch(
                c ->
                    c instanceof Change.Query
                        || c instanceof Change.AlterColumnOption
                        || (c instanceof Change.AlterSequence s && s.ownedBy().isEmpty()));
    return KindOfColumnChange.addIdentity(change, true, set);
  }

  // pg_get_serial_sequence names what the column owned first (seen on PostgreSQL 17).
  private Verdict set(Change.Query query, List<Placed> release) {
    for (int i = first; i <= last; i++) {
      if (release.get(i).change() instanceof Change.AddIdentity add) {
        Schema there = release.get(i).before();
        ColumnName column = column(add.table(), add.column(), there);
        Optional<QualifiedName> still =
            there.others().stream()
                .filter(o -> o.name().kind() == ObjectKind.SEQUENCE)
                .filter(o -> o.owner().equals(Optional.of(column)))
                .map(o -> o.name().name())
                .findFirst();
        if (still.isPresent() && reaches(query, column, still.get(), there)) {
          return Verdict.unknown(
              "it sets "
                  + still.get().name()
                  + ", which the column still owns and no longer draws from, and not the identity's"
                  + " own sequence: INSERTs of either version get numbers that rows have. DROP"
                  + " SEQUENCE "
                  + still.get().name()
                  + ", or ALTER SEQUENCE "
                  + still.get().name()
                  + " OWNED BY NONE, before ADD GENERATED mends it");
        }
      }
    }
    return restarted();
  }

  private static boolean reaches(
      Change.Query query, ColumnName column, QualifiedName sequence, Schema there) {
    boolean asks =
        query.query().references().functions().stream()
            .anyMatch(f -> f.name().text().equals("pg_get_serial_sequence"));
    return named(query).stream()
        .map(there::resolve)
        .anyMatch(n -> n.equals(sequence) || (asks && n.equals(column.table())));
  }
}
