package dev.sluice.recipes;

import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of all tables and views, so that two databases can be compared. */
public final class TableRows {

  private TableRows() {}

  /**
   * Each as a JSON object, so that the order of columns does not count.
   *
   * @param without columns whose values no two runs agree on
   */
  public static String of(Postgres.Database database, List<String> without) throws SQLException {
    List<String> lines = new ArrayList<>();
    String minus = without.stream().map(c -> " - '" + c + "'").collect(Collectors.joining());
    try (Connection connection = database.connect()) {
      String relations =
          "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE c.relkind IN ('r', 'p', 'v', 'm')"
              + " AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1";
      for (String relation : column(connection, relations)) {
        String rows =
            "SELECT (to_jsonb(t)" + minus + ")::text FROM " + relation + " AS t ORDER BY 1";
        column(connection, rows).forEach(row -> lines.add(relation + " " + row));
      }
    }
    return String.join("\n", lines);
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
