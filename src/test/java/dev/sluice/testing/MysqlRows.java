package dev.sluice.testing;

import dev.sluice.testing.MysqlCatalog.Relation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The rows of all tables and views of a MySQL or MariaDB database, so that two can be compared. */
public final class MysqlRows {

  private static final Set<Integer> BYTES =
      Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB, Types.BIT);

  private static final byte[] NONE = {};

  private MysqlRows() {}

  /** A line for each row, in order; bytes in hexadecimal digits. */
  public static List<String> of(ServerDatabase database) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (Relation relation : MysqlCatalog.relations(connection)) {
        if (!relation.type().equals("SEQUENCE")) {
          try (ResultSet rows = statement.executeQuery("SELECT * FROM `" + relation.name() + "`")) {
            while (rows.next()) {
              lines.add(relation.name() + " " + row(rows));
            }
          }
        }
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static String row(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      values.add(rows.getMetaData().getColumnLabel(i) + "=" + value(rows, i));
    }
    return String.join(" ", values);
  }

  private static String value(ResultSet rows, int column) throws SQLException {
    String value =
        BYTES.contains(rows.getMetaData().getColumnType(column))
            ? HexFormat.of().formatHex(Objects.requireNonNullElse(rows.getBytes(column), NONE))
            : String.valueOf(rows.getString(column));
    return rows.wasNull() ? "NULL" : value;
  }
}
