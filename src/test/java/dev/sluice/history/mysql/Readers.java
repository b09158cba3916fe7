package dev.sluice.history.mysql;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One who has read tables in a transaction that is still open. */
final class Readers {

  private final Connection connection;
  private final List<QualifiedName> tables = new ArrayList<>();

  Readers(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_schema, table_name FROM information_schema.tables"
                    + " WHERE table_schema = database() AND table_type = 'BASE TABLE'")) {
      while (rows.next()) {
        tables.add(
            new QualifiedName(
                Optional.of(new Name(rows.getString(1))), new Name(rows.getString(2))));
      }
    }
  }

  List<QualifiedName> tables() {
    return List.copyOf(tables);
  }

  boolean isTable(QualifiedName name) {
    return tables.contains(name);
  }

  void read(List<QualifiedName> which) throws SQLException {
    MysqlHistory.execute(connection, "START TRANSACTION");
    for (int from = 0; from < which.size(); from += 50) {
      List<String> parts = new ArrayList<>();
      for (QualifiedName table : which.subList(from, Math.min(from + 50, which.size()))) {
        parts.add("(SELECT 1 FROM " + quoted(table) + " LIMIT 0)");
      }
      MysqlHistory.execute(connection, String.join(" UNION ALL ", parts));
    }
  }

  void end() throws SQLException {
    MysqlHistory.execute(connection, "ROLLBACK");
  }

  static String quoted(QualifiedName table) {
    return table.schema().map(s -> "`" + s.text() + "`.").orElse("")
        + "`"
        + table.name().text().replace("`", "``")
        + "`";
  }
}
