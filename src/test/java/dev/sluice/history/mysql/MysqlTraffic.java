package dev.sluice.history.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows and statements for the tables that a text names, as the catalog has them now. Values are
 * made up by the types of the columns; those of foreign keys are taken from their parents.
 */
final class MysqlTraffic {

  private static final int ROWS = 5;

  private final Connection connection;

  /** Parents first. */
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  /**
   * @param parents of columns: where their values come from, as {@code `table`.`column`}
   */
  private record Shape(
      String table, boolean view, List<ColumnValues> columns, Map<String, String> parents) {}

  MysqlTraffic(Connection connection, String text) throws SQLException {
    this.connection = connection;
    Set<String> words =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\w$]+", -1))
            .collect(Collectors.toSet());
    Map<String, String> types = new LinkedHashMap<>();
    for (List<String> row :
        rows(
            "SELECT table_name, table_type FROM information_schema.tables"
                + " WHERE table_schema = database() AND table_type IN ('BASE TABLE', 'VIEW')"
                + " ORDER BY 1")) {
      types.put(row.getFirst(), row.getLast());
    }
    for (String table : types.keySet()) {
      if (words.contains(table.toLowerCase(Locale.ROOT))) {
        add(table, types, new LinkedHashSet<>());
      }
    }
  }

  private void add(String table, Map<String, String> types, Set<String> above) throws SQLException {
    if (shapes.containsKey(table) || !types.containsKey(table) || !above.add(table)) {
      return;
    }
    Map<String, String> parents = new HashMap<>();
    for (List<String> key :
        rows(
            "SELECT column_name, referenced_table_name, referenced_column_name"
                + " FROM information_schema.key_column_usage WHERE table_schema = database()"
                + " AND referenced_table_schema = database() AND table_name = '"
                + table
                + "'")) {
      add(key.get(1), types, above);
      parents.put(key.getFirst(), "`" + key.get(1) + "`.`" + key.get(2) + "`");
    }
    boolean view = "VIEW".equals(types.get(table));
    shapes.put(
        table, new Shape("`" + table + "`", view, ColumnValues.of(connection, table), parents));
  }

  /** Rows in each table, where some fit. */
  void fill() throws SQLException {
    for (Shape shape : shapes.values()) {
      if (!shape.view) {
        for (int i = 1; i <= ROWS; i++) {
          works(insert(shape, i, false));
        }
      }
    }
  }

  /** What works here one after the other; it is taken back. */
  List<String> working() throws SQLException {
    connection.setAutoCommit(false);
    List<String> working = new ArrayList<>();
    for (String sql : all()) {
      if (works(sql)) {
        working.add(sql);
      }
    }
    connection.rollback();
    connection.setAutoCommit(true);
    return working;
  }

  private List<String> all() throws SQLException {
    List<String> all = new ArrayList<>();
    List<Shape> tables = shapes.values().stream().filter(s -> !s.view).toList();
    for (Shape shape : tables) {
      all.add(insert(shape, ROWS + 1, false));
      // MariaDB takes no row without a value into a view.
      if (shape.columns.stream().anyMatch(c -> !c.generated() && !c.filled())) {
        all.add(insert(shape, ROWS + 2, true));
      }
    }
    for (Shape shape : shapes.values()) {
      all.add(
          "SELECT "
              + shape.columns.stream().map(ColumnValues::quoted).collect(Collectors.joining(", "))
              + " FROM "
              + shape.table);
    }
    for (Shape shape : tables.reversed()) {
      String sets =
          shape.columns.stream()
              .filter(c -> !c.generated())
              .map(c -> c.quoted() + " = " + c.quoted())
              .collect(Collectors.joining(", "));
      all.add("UPDATE " + shape.table + " SET " + sets);
      all.add("DELETE FROM " + shape.table);
    }
    return all;
  }

  /**
   * @param bare whether columns that have a value without it are left out
   */
  private String insert(Shape shape, int i, boolean bare) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    for (ColumnValues column : shape.columns) {
      if (column.generated() || (bare && column.filled())) {
        continue;
      }
      String parent = shape.parents.get(column.name());
      values.put(column.quoted(), parent == null ? column.value(i) : ofParent(parent, column, i));
    }
    return "INSERT INTO "
        + shape.table
        + " ("
        + String.join(", ", values.keySet())
        + ") VALUES ("
        + String.join(", ", values.values())
        + ")";
  }

  private String ofParent(String parent, ColumnValues column, int i) throws SQLException {
    List<List<String>> rows =
        rows(
            "SELECT quote(%2$s) FROM %1$s ORDER BY 1 LIMIT %3$d"
                .formatted(
                    parent.substring(0, parent.lastIndexOf('.')),
                    parent.substring(parent.lastIndexOf('.') + 1),
                    ROWS));
    return rows.isEmpty() ? column.value(i) : rows.get(i % rows.size()).getFirst();
  }

  private boolean works(String sql) {
    try {
      MysqlHistory.execute(connection, sql);
      return true;
    } catch (SQLException itDoesNot) {
      return false;
    }
  }

  private List<List<String>> rows(String query) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
    }
    return all;
  }
}
