package dev.sluice.recipes.general;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Writer;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Situation;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Questions about the rows of a table. Each stops at the first row that answers it. */
public final class Rows {

  private static final int SAMPLES = 5;

  private final Writer writer;
  private final Schema schema;
  private final String keyless;

  public Rows(Situation at, Schema schema) {
    this.writer = at.writer();
    this.schema = schema;
    // What tells a row of a table without a key; MySQL shows nothing of the kind.
    this.keyless = at.dialect().engine() == Engine.POSTGRESQL ? "ctid" : "count(*)";
  }

  /** That there is no such row. */
  public Condition none(QualifiedName table, String where) {
    return none(table, table.name(), where);
  }

  /**
   * The same.
   *
   * @param row what the condition calls a row of the table
   */
  public Condition none(QualifiedName table, Name row, String where) {
    return new Condition(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM "
            + called(table, row)
            + " WHERE "
            + where
            + ") THEN 1 ELSE 0 END",
        "0");
  }

  /** Keys of such rows, and nothing else of them: rows are not for messages. */
  public String samples(QualifiedName table, String where) {
    return samples(table, table.name(), where);
  }

  /**
   * The same.
   *
   * @param row what the condition calls a row of the table
   */
  public String samples(QualifiedName table, Name row, String where) {
    return "SELECT " + key(table) + " FROM " + called(table, row) + " WHERE " + where + limit();
  }

  private String called(QualifiedName table, Name row) {
    return writer.quote(table) + (row.equals(table.name()) ? "" : " AS " + writer.quote(row));
  }

  private static String limit() {
    return " LIMIT " + SAMPLES;
  }

  private String key(QualifiedName table) {
    List<Name> key = schema.table(table).map(Table::primaryKey).orElse(List.of());
    return key.isEmpty() ? keyless : list(key);
  }

  /** That no two rows have the same values; rows with a NULL among them do not count. */
  public Condition noDuplicates(
      QualifiedName table, List<String> keys, Optional<String> predicate, boolean nullsDistinct) {
    return new Condition(
        "SELECT CASE WHEN EXISTS ("
            + grouped("1", table, keys, predicate, nullsDistinct)
            + ") THEN 1 ELSE 0 END",
        "0");
  }

  /** The values of the key, without which nobody finds such rows, and how often; nothing else. */
  public String duplicates(
      QualifiedName table, List<String> keys, Optional<String> predicate, boolean nullsDistinct) {
    return grouped(
            String.join(", ", keys) + ", count(*) AS " + writer.quote(new Name("rows")),
            table,
            keys,
            predicate,
            nullsDistinct)
        + limit();
  }

  private String grouped(
      String what,
      QualifiedName table,
      List<String> keys,
      Optional<String> predicate,
      boolean nullsDistinct) {
    List<String> where = new ArrayList<>();
    predicate.ifPresent(p -> where.add("(" + p + ")"));
    if (nullsDistinct) {
      keys.forEach(k -> where.add(k + " IS NOT NULL"));
    }
    return "SELECT "
        + what
        + " FROM "
        + writer.quote(table)
        + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
        + " GROUP BY "
        + String.join(", ", keys)
        + " HAVING count(*) > 1";
  }

  /** Which rows of the child have no parent; empty where the parent's key is not known. */
  public Optional<String> orphans(Constraint.ForeignKey key, QualifiedName child) {
    List<Name> parent =
        key.parentColumns().isEmpty()
            ? schema.table(key.parent()).map(Table::primaryKey).orElse(List.of())
            : key.parentColumns();
    if (parent.size() != key.columns().size()) {
      return Optional.empty();
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < parent.size(); i++) {
      pairs.add(
          "sluice_parent."
              + writer.quote(parent.get(i))
              + " = "
              + writer.quote(child.name())
              + "."
              + writer.quote(key.columns().get(i)));
    }
    String present =
        key.columns().stream()
            .map(c -> writer.quote(c) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return Optional.of(
        present
            + " AND NOT EXISTS (SELECT 1 FROM "
            + writer.quote(key.parent())
            + " AS sluice_parent WHERE "
            + String.join(" AND ", pairs)
            + ")");
  }

  private String list(List<Name> names) {
    return names.stream().map(writer::quote).collect(Collectors.joining(", "));
  }
}
