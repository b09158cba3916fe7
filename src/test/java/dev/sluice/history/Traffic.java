package dev.sluice.history;

import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an application version could send: for each table that a text names rows inserted, read,
 * changed and deleted, by name, as the catalog of that version has them.
 */
final class Traffic {

  private static final String TABLES =
      """
      SELECT c.oid::regclass::text,
        string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
        string_agg(format('%1$I = %1$I', a.attname), ', ' ORDER BY a.attnum)
          FILTER (WHERE a.attgenerated = '' AND a.attidentity <> 'a')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname !~ '^(pg_|information_schema)'
        AND lower(c.relname) = ANY (string_to_array(?, ' '))
      GROUP BY c.oid ORDER BY 1
      """;

  private Traffic() {}

  /** Fills the tables that the text names, for good. */
  static void fill(Postgres.Database database, String text) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      new Filling(connection).fill(Set.of(), text);
      connection.commit();
    }
  }

  /** Statements that work there one after the other; what they do is taken back. */
  static List<String> on(Postgres.Database database, String text) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Filling filling = new Filling(connection);
      filling.fill(Set.of(), text);
      List<String> all = new ArrayList<>(filling.inserts());
      connection.rollback();
      all.addAll(onRows(connection, text));
      List<String> working = working(connection, all);
      connection.rollback();
      return working;
    }
  }

  private static List<String> onRows(Connection connection, String text) throws SQLException {
    List<String> all = new ArrayList<>();
    try (var tables = connection.prepareStatement(TABLES)) {
      tables.setString(1, text.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\w$]+", " "));
      try (ResultSet row = tables.executeQuery()) {
        while (row.next()) {
          String table = row.getString(1);
          all.add("SELECT " + row.getString(2) + " FROM " + table + " LIMIT 5");
          if (row.getString(3) != null) {
            all.add("UPDATE " + table + " SET " + row.getString(3));
          }
          all.add("DELETE FROM " + table + " WHERE false");
          all.add("DELETE FROM " + table);
        }
      }
    }
    return all;
  }

  private static List<String> working(Connection connection, List<String> all) throws SQLException {
    List<String> working = new ArrayList<>();
    for (String sql : all) {
      Savepoint savepoint = connection.setSavepoint();
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        connection.releaseSavepoint(savepoint);
        working.add(sql);
      } catch (SQLException e) {
        connection.rollback(savepoint);
      }
    }
    return working;
  }
}
