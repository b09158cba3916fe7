package dev.sluice.dialect.mysql.probing;

import static dev.sluice.dialect.mysql.probing.Catalog.both;
import static dev.sluice.dialect.mysql.probing.Catalog.column;
import static dev.sluice.dialect.mysql.probing.Catalog.not;
import static dev.sluice.dialect.mysql.writing.Quoting.literal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Position;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether columns are as a change leaves them. */
final class ColumnProbes {

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?");
  private static final Pattern STRING = Pattern.compile("'(?:[^'\\\\]|'')*'");
  private static final Pattern NOW =
      Pattern.compile(
          "(?:current_timestamp|now|localtime|localtimestamp)\\s*(?:\\(\\s*(\\d?)\\s*\\))?");

  private final boolean mariadb;

  ColumnProbes(boolean mariadb) {
    this.mariadb = mariadb;
  }

  /** Empty where both names are the same but for case, in which the catalog does not tell them. */
  static Optional<String> renamed(QualifiedName table, Name from, Name to) {
    return from.equals(to)
        ? Optional.empty()
        : Optional.of(both(column(table, to, ""), not(column(table, from, ""))));
  }

  /** As DROP DEFAULT leaves it. MySQL's catalog shows the same where the default is NULL. */
  String undefaulted() {
    return "c.column_default IS NULL";
  }

  /** As a definition leaves it that says nothing of a default. */
  String withoutDefault() {
    return mariadb
        ? "(c.column_default IS NULL OR c.column_default = 'NULL')"
        : "c.column_default IS NULL";
  }

  /**
   * For constants and the time of the INSERT; empty for other expressions, which the catalog shows
   * in words of its own.
   */
  Optional<String> defaulted(QualifiedName table, Name column, Fragment value) {
    return hasDefault(value).map(same -> column(table, column, same));
  }

  private Optional<String> hasDefault(Fragment value) {
    String sql = value.sql().strip();
    String lower = sql.toLowerCase(Locale.ROOT);
    if (lower.equals("null")) {
      return Optional.of(withoutDefault());
    }
    if (NUMBER.matcher(sql).matches()) {
      // 5 is stored as 5.00 where there are two digits behind the point.
      return Optional.of(
          "(REPLACE(c.column_default, '''', '') REGEXP '^[+-]?[0-9.]+$'"
              + " AND REPLACE(c.column_default, '''', '') + 0 = "
              + sql
              + ")");
    }
    if (STRING.matcher(sql).matches()) {
      String text = sql.substring(1, sql.length() - 1).replace("''", "'");
      return Optional.of("c.column_default = " + literal(mariadb ? sql : text));
    }
    Matcher now = NOW.matcher(lower);
    if (now.matches()) {
      String digits = now.group(1) == null || now.group(1).equals("0") ? "" : now.group(1);
      return Optional.of(
          "REPLACE(LOWER(c.column_default), '()', '') = "
              + literal(
                  digits.isEmpty() ? "current_timestamp" : "current_timestamp(" + digits + ")"));
    }
    return Optional.empty();
  }

  /** SET VISIBLE and SET INVISIBLE. */
  static Optional<String> optioned(Change.AlterColumnOption change) {
    String text = change.text().toUpperCase(Locale.ROOT);
    return text.contains("VISIBLE")
        ? Optional.of(
            column(
                change.table(),
                change.column(),
                (text.contains("INVISIBLE") ? "" : "NOT ") + "c.extra LIKE '%INVISIBLE%'"))
        : Optional.empty();
  }

  /**
   * A new name tells of the whole statement, which is done at once. Without one all must be as the
   * definition says; empty where part of it is shown in words of the server's own.
   */
  Optional<String> redefined(Change.RedefineColumn change) {
    Name name = change.definition().name();
    if (change.renames()) {
      return renamed(change.table(), change.column(), name);
    }
    Column column = change.definition();
    Optional<String> type = new ColumnType(mariadb).is(column.type());
    Optional<String> value =
        column.defaultValue().isEmpty()
            ? Optional.of(withoutDefault())
            : hasDefault(column.defaultValue().get());
    if (type.isEmpty() || value.isEmpty() || column.generated().isPresent()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(List.of(type.get(), value.get()));
    all.add(column.nullable() ? takesNull(change.table(), name) : "c.is_nullable = 'NO'");
    all.add((column.identity().isPresent() ? "" : "NOT ") + "c.extra LIKE '%auto_increment%'");
    all.add(
        (column.attributes().onUpdate().isPresent() ? "" : "NOT ") + "c.extra LIKE '%on update%'");
    all.add((column.attributes().invisible() ? "" : "NOT ") + "c.extra LIKE '%INVISIBLE%'");
    all.add("c.column_comment = " + literal(column.attributes().comment().orElse("")));
    all.add(text(change.table(), column));
    change.position().map(p -> place(change.table(), p)).ifPresent(all::add);
    return Optional.of(column(change.table(), name, String.join(" AND ", all)));
  }

  /** A primary key refuses NULL, whatever the definition leaves out. */
  private static String takesNull(QualifiedName table, Name column) {
    return "(c.is_nullable = 'YES' OR "
        + Catalog.index(
            table, Name.ignoringCase("PRIMARY"), "column_name = " + literal(column.text()))
        + ")";
  }

  /** What a text is stored in; the table's own where nothing is said. */
  private static String text(QualifiedName table, Column column) {
    Optional<String> collation = column.collation();
    Optional<String> charset = column.attributes().charset();
    if (collation.isPresent()) {
      return "c.collation_name = " + literal(collation.get());
    }
    return charset
        .map(
            c ->
                c.equals("utf8") || c.equals("utf8mb3")
                    ? "c.character_set_name IN ('utf8', 'utf8mb3')"
                    : "c.character_set_name = " + literal(c))
        .orElseGet(
            () ->
                "(c.collation_name IS NULL OR c.collation_name = (SELECT t.table_collation FROM"
                    + " information_schema.tables t WHERE t.table_schema = "
                    + Catalog.database(table)
                    + " AND t.table_name = "
                    + literal(table.name().text())
                    + "))");
  }

  private static String place(QualifiedName table, Position position) {
    return switch (position) {
      case Position.First first -> "c.ordinal_position = 1";
      case Position.After after ->
          "c.ordinal_position = 1 + (SELECT b.ordinal_position FROM information_schema.columns b"
              + " WHERE b.table_schema = "
              + Catalog.database(table)
              + " AND b.table_name = "
              + literal(table.name().text())
              + " AND b.column_name = "
              + literal(after.column().text())
              + ")";
    };
  }
}
