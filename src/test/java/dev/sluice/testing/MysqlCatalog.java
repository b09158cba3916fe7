package dev.sluice.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that MySQL's or MariaDB's catalog says of a database, one line for each object, so that two
 * databases can be compared: as the server itself writes definitions, columns in their order. The
 * database's own name and the next number of a counter are left out; so are Flyway's table and
 * Sluice's own.
 */
public final class MysqlCatalog {

  /** A relation and what it is in the catalog's words. */
  record Relation(String name, String type) {}

  private final Connection connection;
  private final String database;
  private final SortedSet<String> lines = new TreeSet<>();

  private MysqlCatalog(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  /** One line for each column, key, constraint, option, view, trigger, routine and event. */
  public static SortedSet<String> of(ServerDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      MysqlCatalog catalog = new MysqlCatalog(connection, database.name());
      catalog.relations();
      catalog.code();
      return catalog.lines;
    }
  }

  static List<Relation> relations(Connection connection) throws SQLException {
    List<Relation> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name, table_type FROM information_schema.tables"
                    + " WHERE table_schema = database() AND table_name NOT LIKE 'sluice%'"
                    + " AND table_name <> 'flyway_schema_history' ORDER BY 1")) {
      while (row.next()) {
        all.add(new Relation(row.getString(1), row.getString(2)));
      }
    }
    return all;
  }

  private void relations() throws SQLException {
    for (Relation relation : relations(connection)) {
      switch (relation.type) {
        case "VIEW" -> view(relation.name);
        case "SEQUENCE" ->
            lines.add(shown("SHOW CREATE SEQUENCE `" + relation.name + "`", "Create Table"));
        default ->
            table(
                relation.name, shown("SHOW CREATE TABLE `" + relation.name + "`", "Create Table"));
      }
    }
  }

  private void table(String name, String text) {
    int column = 0;
    for (String line : text.lines().skip(1).toList()) {
      String said = line.strip().replaceFirst(",$", "").replaceFirst(" AUTO_INCREMENT=\\d+", "");
      lines.add(
          "table " + name + (said.startsWith("`") ? " column " + ++column : "") + ": " + said);
    }
  }

  private void view(String name) throws SQLException {
    lines.add(shown("SHOW CREATE VIEW `" + name + "`", "Create View"));
    ask(
        "SELECT group_concat(concat(column_name, ' ', column_type, ' ', is_nullable)"
            + " ORDER BY ordinal_position SEPARATOR ', ') FROM information_schema.columns"
            + " WHERE table_schema = database() AND table_name = '"
            + name
            + "'",
        "view " + name + " has columns ");
  }

  private void code() throws SQLException {
    ask(
        "SELECT concat_ws(' ', trigger_name, action_timing, event_manipulation, action_order,"
            + " event_object_table, action_statement, sql_mode, definer)"
            + " FROM information_schema.triggers WHERE trigger_schema = database()",
        "trigger ");
    ask(
        "SELECT concat_ws(' ', r.routine_type, r.routine_name, r.routine_definition, r.data_type,"
            + " r.is_deterministic, r.sql_data_access, r.security_type, r.sql_mode,"
            + " r.routine_comment, r.definer, (SELECT group_concat(concat_ws(' ', parameter_mode,"
            + " parameter_name, dtd_identifier) ORDER BY ordinal_position)"
            + " FROM information_schema.parameters p WHERE p.specific_schema = r.routine_schema"
            + " AND p.specific_name = r.specific_name)) FROM information_schema.routines r"
            + " WHERE r.routine_schema = database()",
        "routine ");
    ask(
        "SELECT concat_ws(' ', event_name, event_definition, event_type, execute_at,"
            + " interval_value, interval_field, status, on_completion, event_comment)"
            + " FROM information_schema.events WHERE event_schema = database()",
        "event ");
  }

  private String shown(String question, String column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return bare(row.getString(column));
    }
  }

  private void ask(String question, String head) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      while (row.next()) {
        lines.add(head + bare(String.valueOf(row.getString(1))));
      }
    }
  }

  private String bare(String text) {
    return text.replace("`" + database + "`.", "");
  }
}
