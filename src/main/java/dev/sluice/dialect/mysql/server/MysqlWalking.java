package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Walking;
import dev.sluice.dialect.mysql.writing.Quoting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Walks by key, written out column by column: neither server finds a range of an index by a
 * comparison of rows. Values travel as the bytes of their column, so that every collation compares
 * what it compared before.
 */
final class MysqlWalking implements Walking {

  private static final String NUMBER = "number";
  private static final String PLACE = "place";
  private static final String BYTES = "bytes";
  private static final String TEXT = "text ";
  private static final String PLAIN = "plain";

  /** Whether each local time of the session means one moment. */
  private static final String ONE_TIME =
      "(@@session.time_zone LIKE '+%' OR @@session.time_zone LIKE '-%' OR UPPER("
          + "IF(@@session.time_zone = 'SYSTEM', @@global.system_time_zone, @@session.time_zone))"
          + " IN ('UTC', 'ETC/UTC', 'GMT'))";

  @Override
  public Optional<String> kinds(String table, List<String> key) {
    String names =
        key.stream()
            .map(c -> Quoting.literal(CatalogName.column(c).text()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "SELECT CASE WHEN data_type IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint',"
            + " 'decimal', 'year') THEN '"
            + NUMBER
            + "' WHEN data_type IN ('enum', 'set', 'bit') THEN '"
            + PLACE
            + "' WHEN character_set_name = 'binary' OR data_type IN ('binary', 'varbinary',"
            + " 'tinyblob', 'blob', 'mediumblob', 'longblob') THEN '"
            + BYTES
            + "' WHEN character_set_name IS NOT NULL THEN CONCAT('"
            + TEXT
            + "', character_set_name) ELSE '"
            + PLAIN
            + "' END, CASE WHEN data_type IN ('float', 'double') THEN CONCAT('its key has ',"
            + " column_name, ', whose values no text holds exactly: give it another unique key')"
            + " WHEN data_type = 'timestamp' AND NOT "
            + ONE_TIME
            + " THEN CONCAT('its key has the timestamp ', column_name, ', and in the time zone ',"
            + " @@session.time_zone, ' one hour of the year comes twice: run this with a login or"
            + " server whose time_zone is +00:00') END"
            + " FROM information_schema.columns WHERE "
            + CatalogName.is(CatalogName.table(table), "table_schema", "table_name")
            + " AND column_name IN ("
            + names
            + ") ORDER BY FIELD(LOWER(column_name), "
            + key.stream()
                .map(c -> "LOWER(" + Quoting.literal(CatalogName.column(c).text()) + ")")
                .collect(Collectors.joining(", "))
            + ")");
  }

  @Override
  public String pieceEnd(String table, List<Column> key, List<String> from, int rows) {
    String columns = key.stream().map(Column::name).collect(Collectors.joining(", "));
    return key.stream().map(MysqlWalking::text).collect(Collectors.joining(", ", "SELECT ", ""))
        + ", COUNT(*) OVER () FROM (SELECT "
        + columns
        + " FROM "
        + table
        + (from.isEmpty() ? "" : " WHERE " + beyond(key, from, ">", ">"))
        + " ORDER BY "
        + columns
        + " LIMIT "
        + rows
        + ") piece ORDER BY "
        + key.stream().map(c -> "piece." + c.name() + " DESC").collect(Collectors.joining(", "))
        + " LIMIT 1";
  }

  @Override
  public String inPiece(List<Column> key, List<String> from, List<String> to) {
    String upTo = beyond(key, to, "<", "<=");
    return from.isEmpty() ? upTo : beyond(key, from, ">", ">") + " AND " + upTo;
  }

  /** {@code (a > 1 OR (a = 1 AND (b > 2 OR …)))}: one range of the index for each column. */
  private static String beyond(List<Column> key, List<String> values, String strict, String last) {
    String condition = "";
    for (int i : IntStream.range(0, key.size()).map(n -> key.size() - 1 - n).toArray()) {
      String name = key.get(i).name();
      String value = literal(key.get(i), values.get(i));
      condition =
          i == key.size() - 1
              ? name + " " + last + " " + value
              : "(" + name + " " + strict + " " + value + " OR (" + name + " = " + value + " AND "
                  + condition + "))";
    }
    return condition;
  }

  private static String text(Column column) {
    String value = "piece." + column.name();
    return switch (column.kind()) {
      // Compared and ordered by number, where an ENUM's text has another order.
      case PLACE -> "CAST(" + value + " + 0 AS CHAR)";
      case NUMBER, PLAIN -> "CAST(" + value + " AS CHAR)";
      default -> "HEX(" + value + ")";
    };
  }

  private static String literal(Column column, String value) {
    return switch (column.kind()) {
      case NUMBER, PLACE -> number(value);
      case PLAIN -> Quoting.literal(value);
      case BYTES -> hex(value);
      default -> "_" + column.kind().substring(TEXT.length()) + " " + hex(value);
    };
  }

  private static String number(String value) {
    if (!value.matches("-?[0-9]+(?:\\.[0-9]+)?")) {
      throw new IllegalArgumentException("\"" + value + "\" is no number of a key");
    }
    return value;
  }

  private static String hex(String value) {
    if (!value.matches("[0-9A-F]*")) {
      throw new IllegalArgumentException("\"" + value + "\" are no bytes of a key");
    }
    return "X'" + value + "'";
  }

  /** Rows have no place but their key. */
  @Override
  public Optional<ByPlace> byPlace() {
    return Optional.empty();
  }
}
