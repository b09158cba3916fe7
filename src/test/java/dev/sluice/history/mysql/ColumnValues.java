package dev.sluice.history.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A column and values that its type holds.
 *
 * @param type the plain word, in lower case
 * @param full with length, precision and sign
 * @param length in characters or bytes; 0 where the type has none
 * @param extra {@code auto_increment}, {@code VIRTUAL GENERATED} and the like; may be empty
 * @param filled whether a row that does not name it gets a value, or none is needed
 * @param generated whether no row may name it
 */
record ColumnValues(
    String name,
    String type,
    String full,
    long length,
    String extra,
    boolean filled,
    boolean generated) {

  /** Those of a table of the connection's database, in their order. */
  static List<ColumnValues> of(Connection connection, String table) throws SQLException {
    return of(connection, connection.getCatalog(), table);
  }

  static List<ColumnValues> of(Connection connection, String database, String table)
      throws SQLException {
    List<ColumnValues> columns = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT column_name, data_type, column_type, character_maximum_length, extra,"
                + " is_nullable = 'YES' OR column_default IS NOT NULL OR extra LIKE '%auto%',"
                + " coalesce(generation_expression, '') <> ''"
                + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
                + " ORDER BY ordinal_position")) {
      statement.setString(1, database);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new ColumnValues(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getLong(4),
                  rows.getString(5),
                  rows.getBoolean(6),
                  rows.getBoolean(7)));
        }
      }
    }
    return columns;
  }

  String quoted() {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A negative number is none that is drawn later. */
  boolean leavesTraces() {
    return extra.contains("auto_increment") && full.contains("unsigned");
  }

  /**
   * A literal.
   *
   * @param i from 1 to 9; another value for each, where the type has so many
   */
  String value(int i) {
    if (extra.contains("auto_increment") && !leavesTraces()) {
      return "-" + i;
    }
    return switch (type) {
      case "bit" -> String.valueOf(i % 2);
      case "year" -> String.valueOf(2000 + i);
      case "decimal", "numeric" -> full.matches(".*\\((\\d+),\\1\\).*") ? "0" : "" + i;
      case "date" -> "'2024-01-0" + i + "'";
      case "datetime", "timestamp" -> "'2024-01-0" + i + " 00:00:00'";
      case "time" -> "'00:00:0" + i + "'";
      case "json" -> "'{}'";
      case "enum" -> String.valueOf(1 + i % full.split("','", -1).length);
      case "set" -> "1";
      case "uuid" -> "'00000000-0000-0000-0000-00000000000" + i + "'";
      case "inet4" -> "'10.0.0." + i + "'";
      case "inet6" -> "'::" + i + "'";
      case "point", "geometry" -> "ST_GeomFromText('POINT(%d %d)')".formatted(i, i);
      case "char", "varchar", "binary", "varbinary" -> length == 0 ? "''" : "'" + i + "'";
      default -> "'" + i + "'";
    };
  }
}
