package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint.Action;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Schema.Referencing;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableProperties;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Columns at either end of a foreign key that get another type, character set or NOT NULL. */
final class ForeignKeyColumns {

  /**
   * A foreign key that stays.
   *
   * @param end the column of this table in it
   * @param other what the column is compared with, where that is another table's and certain
   * @param points whether this table is the one that has the key
   */
  private record Held(
      ForeignKey key, Name end, Optional<Column> other, Table ofOther, boolean points) {}

  private final Altered table;
  private final MysqlImpact impact;

  ForeignKeyColumns(Altered table, MysqlImpact impact) {
    this.table = table;
    this.impact = impact;
  }

  Optional<String> why() {
    boolean concerned =
        table.changes().stream()
            .anyMatch(c -> c instanceof RedefineColumn || converts(c) || leavesInnodb(c));
    if (!concerned) {
      return Optional.empty();
    }
    List<Held> held = held();
    return held.isEmpty()
        ? Optional.empty()
        : table.changes().stream().flatMap(c -> why(c, held).stream()).findFirst();
  }

  private List<Held> held() {
    List<Held> held = new ArrayList<>();
    Schema before = table.before();
    table
        .constraints()
        .filter(c -> c instanceof ForeignKey && !table.drops(c))
        .map(ForeignKey.class::cast)
        .forEach(
            k -> {
              Optional<Table> parent = other(k.parent());
              for (int at = 0; at < k.columns().size(); at++) {
                Name there =
                    at < k.parentColumns().size() ? k.parentColumns().get(at) : k.columns().get(at);
                held.add(
                    new Held(
                        k,
                        k.columns().get(at),
                        parent.flatMap(t -> t.column(there)),
                        parent.orElse(table.table()),
                        true));
              }
            });
    for (Referencing from : before.foreignKeysTo(table.name())) {
      Optional<Table> child = other(from.table());
      ForeignKey key = from.key();
      for (int at = 0; child.isPresent() && at < key.parentColumns().size(); at++) {
        Name there = key.columns().get(at);
        held.add(
            new Held(
                key, key.parentColumns().get(at), child.get().column(there), child.get(), false));
      }
    }
    return held;
  }

  private Optional<Table> other(QualifiedName name) {
    return name.equals(table.name()) || !table.before().isCertain(name)
        ? Optional.empty()
        : table.before().table(name);
  }

  private Optional<String> why(Change change, List<Held> held) {
    return switch (change) {
      case RedefineColumn c ->
          table.table().column(c.column()).stream()
              .flatMap(
                  was ->
                      held.stream()
                          .filter(h -> h.end().equals(was.name()))
                          .flatMap(h -> redefined(c, was, h).stream()))
              .findFirst();
      case AlterTable c when converts(c) ->
          held.stream().flatMap(h -> converted(c, h).stream()).findFirst();
      case AlterTable c when leavesInnodb(c) ->
          Optional.of(
              "the foreign key "
                  + name(held.getFirst())
                  + " holds it in InnoDB (error "
                  + (table.mariadb() ? "1217" : "3776")
                  + "); drop it before");
      default -> Optional.empty();
    };
  }

  private Optional<String> redefined(RedefineColumn change, Column was, Held held) {
    Column is = change.definition();
    boolean clears =
        held.points()
            && (held.key().onDelete() == Action.SET_NULL
                || held.key().onUpdate() == Action.SET_NULL);
    if (clears && was.nullable() && !is.nullable()) {
      return Optional.of(
          "the foreign key "
              + name(held)
              + " sets "
              + was.name()
              + " to NULL ("
              + (table.mariadb() ? "errors 1830 and 1832" : "error 1830")
              + "); drop it in the same statement");
    }
    if (table.mariadb()) {
      boolean other = impact.isOfOtherType(change, table.before());
      return other ? Optional.of(changed(held, "errors 1832 and 1833 and 1846")) : Optional.empty();
    }
    Optional<String> difference =
        held.other().flatMap(o -> Compared.difference(is, table.table(), o, held.ofOther()));
    if (difference.isPresent() && isCompared(was, is, difference.get())) {
      return Optional.of(changed(held, "error 3780") + ": " + difference.get());
    }
    boolean copied =
        impact.storesOtherwise(change, table.before()) || !was.identity().equals(is.identity());
    return copied && MysqlImpact.checksForeignKeys(table.before())
        ? Optional.of(changed(held, "errors 1832 and 1833 and 3780 and 1170"))
        : Optional.empty();
  }

  /** Texts in different character sets pass where nothing is checked. */
  private boolean isCompared(Column was, Column is, String difference) {
    return !difference.isEmpty()
        && (MysqlImpact.checksForeignKeys(table.before())
            || (Types.integerRank(is.type()) >= 0 && Types.integerRank(was.type()) >= 0));
  }

  private Optional<String> converted(AlterTable change, Held held) {
    Optional<Column> column =
        table
            .table()
            .column(held.end())
            .filter(c -> Types.isString(c.type()) && !Types.isList(c.type()));
    boolean certain =
        table.mariadb()
            || (held.other().isPresent() && MysqlImpact.checksForeignKeys(table.before()));
    if (column.isEmpty() || !certain) {
      return Optional.empty();
    }
    Map<String, String> properties = new TreeMap<>(table.table().properties());
    TableProperties.put(properties, change.property(), change.text());
    Text to = Text.of(properties);
    Text from = Text.of(column.get(), table.table().properties());
    boolean other =
        from.charset().isPresent() && (!from.sameCharset(to) || Compared.sortOtherwise(from, to));
    return other
        ? Optional.of(
            changed(
                held, table.mariadb() ? "errors 1832 and 1833" : "errors 3780 and 1832 and 1833"))
        : Optional.empty();
  }

  private static boolean converts(Change change) {
    return change instanceof AlterTable c && c.property() == AlterTable.Property.CONVERT_CHARSET;
  }

  private static boolean leavesInnodb(Change change) {
    return change instanceof AlterTable c
        && c.property() == AlterTable.Property.ENGINE
        && !c.text().toLowerCase(java.util.Locale.ROOT).contains("innodb");
  }

  private static String name(Held held) {
    return held.key().name().map(Name::text).orElse("on " + held.key().columns());
  }

  private String changed(Held held, String errors) {
    String whose = held.points() ? "" : " of " + held.ofOther().name().name();
    return "the foreign key "
        + name(held)
        + whose
        + " holds the type of "
        + held.end()
        + " ("
        + errors
        + "); drop it before, change both columns, and add it again";
  }
}
