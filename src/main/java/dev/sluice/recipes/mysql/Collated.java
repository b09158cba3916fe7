package dev.sluice.recipes.mysql;

import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.EarlyLook;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Column;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The unique keys of columns that get another collation. Rows that they tell apart can be the same
 * by it, and then the statement fails at its end (error 1062): they are looked for before.
 */
final class Collated {

  private static final Text UNSAID = new Text(Optional.empty(), Optional.empty());

  private final Situation at;
  private final Table table;

  /** What columns get that have another one, by their names before. */
  private final Map<Name, Text> becomes = new HashMap<>();

  /**
   * @param table as it stands before the change
   */
  Collated(Situation at, Table table) {
    this.at = at;
    this.table = table;
  }

  /** Of one column that is defined anew. */
  static Optional<Collated> of(Situation at, QualifiedName name, Optional<Column> was, Column is) {
    return at.schema()
        .table(name)
        .map(
            table -> {
              Collated collated = new Collated(at, table);
              Text text = Text.of(is, table.properties());
              was.filter(c -> Types.isString(is.type())).ifPresent(c -> collated.put(c, text));
              return collated;
            });
  }

  /** Of a table whose texts all become another one. */
  static Collated of(Situation at, Table table, Text is) {
    Collated collated = new Collated(at, table);
    table.columns().stream()
        .filter(c -> Types.isString(c.type()))
        .forEach(c -> collated.put(c, is));
    return collated;
  }

  private void put(Column was, Text is) {
    Text text = Text.of(was, table.properties());
    // A list is in a key by its numbers.
    if (Types.isString(was.type()) && !Types.isList(was.type()) && !text.equals(is)) {
      becomes.put(was.name(), is);
    }
  }

  boolean isEmpty() {
    return keys().isEmpty();
  }

  /** A column of a unique key whose new collation nobody says: it cannot be asked for. */
  Optional<Name> unsaid() {
    return keys().stream()
        .flatMap(i -> i.columns().stream())
        .flatMap(c -> c.column().stream())
        .filter(c -> UNSAID.equals(becomes.get(c)))
        .findFirst();
  }

  /** Adds the questions while all can be taken back. */
  void lookEarly(Sketch sketch) {
    keys().forEach(i -> EarlyLook.forDuplicates(sketch, at, i, expressions(i)));
  }

  /** Adds the questions that come before the change. */
  void verify(Sketch sketch, Phase phase) {
    for (Index index : keys()) {
      Rows rows = new Rows(at, sketch.schema(phase));
      List<String> keys = expressions(index);
      sketch.add(
          sketch
              .verify(
                  phase,
                  table.name(),
                  rows.noDuplicates(table.name(), keys, Optional.empty(), true),
                  rows.duplicates(table.name(), keys, Optional.empty(), true))
              .titled(
                  "verify that no rows of "
                      + table.name().name()
                      + " are the same for "
                      + at.schema().nameOf(index).name()
                      + " by the new collation")
              .because("the statement fails on two such rows"));
    }
  }

  private List<Index> keys() {
    return at.schema().allIndexesOn(table.name()).stream()
        .filter(Index::unique)
        .filter(
            i ->
                i.columns().stream()
                    .anyMatch(c -> c.column().map(becomes::containsKey).orElse(false)))
        .toList();
  }

  private List<String> expressions(Index index) {
    return index.columns().stream().map(this::expression).toList();
  }

  private String expression(IndexColumn key) {
    return BuildIndex.part(key, key.column().map(this::collated).orElseGet(() -> key.key().sql()));
  }

  private String collated(Name column) {
    String quoted = at.writer().quote(column);
    Text is = becomes.get(column);
    if (is == null) {
      return quoted;
    }
    Text was = Text.of(table.column(column).orElseThrow(), table.properties());
    String text =
        is.charset()
            .filter(c -> is.collation().isEmpty() || !was.sameCharset(is))
            .map(c -> "CONVERT(" + quoted + " USING " + c + ")")
            .orElse(quoted);
    return text + is.collation().map(c -> " COLLATE " + c).orElse("");
  }
}
