package dev.sluice.testing;

import dev.sluice.testing.MysqlCatalog.Relation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A MySQL or MariaDB database made again on the same server: tables with their rows, views,
 * sequences, triggers, routines and events, as the server itself writes them.
 */
final class MysqlCopy {

  private final Connection from;
  private final Statement to;
  private final ServerDatabase source;
  private final ServerDatabase target;

  private MysqlCopy(Connection from, Statement to, ServerDatabase source, ServerDatabase target) {
    this.from = from;
    this.to = to;
    this.source = source;
    this.target = target;
  }

  static void make(ServerDatabase source, ServerDatabase target) throws SQLException {
    try (Connection from = source.connect();
        Connection connection = target.connect();
        Statement to = connection.createStatement()) {
      to.setEscapeProcessing(false);
      to.execute("SET foreign_key_checks = 0");
      to.execute("SET unique_checks = 0");
      new MysqlCopy(from, to, source, target).make();
    }
  }

  private void make() throws SQLException {
    try (Statement ask = from.createStatement();
        ResultSet row =
            ask.executeQuery(
                "SELECT default_character_set_name, default_collation_name"
                    + " FROM information_schema.schemata WHERE schema_name = database()")) {
      row.next();
      to.execute(
          "ALTER DATABASE `%s` CHARACTER SET %s COLLATE %s"
              .formatted(target.name(), row.getString(1), row.getString(2)));
    }
    to.execute("SET sql_mode = concat(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')");
    List<Relation> relations = MysqlCatalog.relations(from);
    for (Relation relation : relations) {
      switch (relation.type()) {
        case "VIEW" -> {}
        case "SEQUENCE" -> again("SHOW CREATE SEQUENCE `" + relation.name() + "`", "Create Table");
        default -> {
          again("SHOW CREATE TABLE `" + relation.name() + "`", "Create Table");
          rows(relation.name());
        }
      }
    }
    routines("FUNCTION");
    routines("PROCEDURE");
    views(relations.stream().filter(r -> r.type().equals("VIEW")).map(Relation::name).toList());
    for (String trigger :
        column(
            "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()"
                + " ORDER BY action_order")) {
      code("SHOW CREATE TRIGGER `" + trigger + "`", "SQL Original Statement");
    }
    for (String event :
        column(
            "SELECT event_name FROM information_schema.events WHERE event_schema = database()")) {
      code("SHOW CREATE EVENT `" + event + "`", "Create Event");
    }
  }

  private void rows(String table) throws SQLException {
    String columns =
        String.join(
            ", ",
            column(
                "SELECT concat('`', column_name, '`') FROM information_schema.columns"
                    + " WHERE table_schema = database() AND table_name = '"
                    + table
                    + "' AND coalesce(generation_expression, '') = '' ORDER BY ordinal_position"));
    to.execute(
        "INSERT INTO `%1$s`.`%2$s` (%3$s) SELECT %3$s FROM `%4$s`.`%2$s`"
            .formatted(target.name(), table, columns, source.name()));
  }

  private void routines(String kind) throws SQLException {
    for (String name :
        column(
            "SELECT routine_name FROM information_schema.routines WHERE routine_schema = database()"
                + " AND routine_type = '"
                + kind
                + "'")) {
      code(
          "SHOW CREATE " + kind + " `" + name + "`",
          "Create " + kind.charAt(0) + kind.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
  }

  /** One reads another, in whatever order: until none is left, or none can be made. */
  private void views(List<String> all) throws SQLException {
    List<String> left = new ArrayList<>(all);
    while (!left.isEmpty()) {
      int before = left.size();
      for (String view : List.copyOf(left)) {
        try {
          again("SHOW CREATE VIEW `" + view + "`", "Create View");
          left.remove(view);
        } catch (SQLException e) {
          if (left.size() == before && view.equals(left.getLast())) {
            throw e;
          }
        }
      }
    }
  }

  /** In the mode that it was made in. */
  private void code(String question, String column) throws SQLException {
    try (Statement ask = from.createStatement();
        ResultSet row = ask.executeQuery(question)) {
      row.next();
      String text = row.getString(column);
      String mode = row.getString("sql_mode");
      to.execute("SET @former = @@sql_mode");
      to.execute("SET sql_mode = '" + mode + "'");
      to.execute(text.replace("`" + source.name() + "`.", ""));
      to.execute("SET sql_mode = @former");
    }
  }

  private void again(String question, String column) throws SQLException {
    try (Statement ask = from.createStatement();
        ResultSet row = ask.executeQuery(question)) {
      row.next();
      to.execute(row.getString(column).replace("`" + source.name() + "`.", ""));
    }
  }

  private List<String> column(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
