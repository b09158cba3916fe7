package dev.sluice.history.mysql;

import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows in tables that have none, by the types of their columns; those of foreign keys are taken
 * from their parents. Where no row fits, and where a trigger would fire, the table stays as it is.
 * They go again when it is closed.
 */
final class Filling implements AutoCloseable {

  private static final int ROWS = 5;

  private final Connection connection;
  private final Schema schema;

  /** Which have drawn numbers from their counter is to be seen in them. */
  private final Map<QualifiedName, Boolean> filled = new LinkedHashMap<>();

  private final Set<QualifiedName> seen = new HashSet<>();

  Filling(Connection connection, Schema schema) {
    this.connection = connection;
    this.schema = schema;
  }

  void fill(Set<QualifiedName> tables) throws SQLException {
    for (QualifiedName table : tables) {
      fill(table);
    }
  }

  private void fill(QualifiedName table) throws SQLException {
    Optional<Table> known = schema.table(table);
    if (!seen.add(table) || known.isEmpty() || !schema.triggersOn(table).isEmpty()) {
      return;
    }
    Map<String, List<String>> ofParents = new HashMap<>();
    for (Constraint constraint : known.get().constraints()) {
      if (constraint instanceof Constraint.ForeignKey key && !key.parent().equals(table)) {
        fill(key.parent());
        ofParents.putAll(values(key));
      }
    }
    try {
      if (count(table) == 0) {
        insert(table, ofParents);
      }
    } catch (SQLException noRowFits) {
      MysqlHistory.execute(connection, "ROLLBACK");
    }
  }

  private long count(QualifiedName table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + Readers.quoted(table))) {
      row.next();
      return row.getLong(1);
    }
  }

  private Map<String, List<String>> values(Constraint.ForeignKey key) {
    List<Name> theirs = key.parentColumns();
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < Math.min(theirs.size(), key.columns().size()); i++) {
      List<String> found = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT `%s` FROM %s ORDER BY 1 LIMIT %d"
                      .formatted(theirs.get(i).text(), Readers.quoted(key.parent()), ROWS))) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      } catch (SQLException notThere) {
        return Map.of();
      }
      values.put(key.columns().get(i).key(), found);
    }
    return values;
  }

  private void insert(QualifiedName table, Map<String, List<String>> ofParents)
      throws SQLException {
    List<ColumnValues> columns = columns(table);
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= ROWS; i++) {
      List<String> values = new ArrayList<>();
      for (ColumnValues column : columns) {
        List<String> theirs = ofParents.get(Name.ignoringCase(column.name()).key());
        values.add(
            theirs == null || theirs.isEmpty()
                ? column.value(i)
                : "'" + theirs.get((i - 1) % theirs.size()) + "'");
      }
      rows.add("(" + String.join(", ", values) + ")");
    }
    List<String> names = columns.stream().map(ColumnValues::quoted).toList();
    MysqlHistory.execute(
        connection,
        "INSERT INTO "
            + Readers.quoted(table)
            + " ("
            + String.join(", ", names)
            + ") VALUES "
            + String.join(", ", rows));
    filled.put(table, columns.stream().anyMatch(ColumnValues::leavesTraces));
  }

  private List<ColumnValues> columns(QualifiedName table) throws SQLException {
    return ColumnValues.of(
            connection, table.schema().map(Name::text).orElse(""), table.name().text())
        .stream()
        .filter(c -> !c.generated())
        .toList();
  }

  boolean isOfInnodb(QualifiedName table) {
    Optional<Table> known = schema.table(table);
    return known
        .map(t -> t.properties().getOrDefault("ENGINE", "InnoDB").equalsIgnoreCase("InnoDB"))
        .orElse(false);
  }

  /** Takes its rows away where it has made some: then it is worth a second try. */
  boolean emptied() throws SQLException {
    boolean any = !filled.isEmpty();
    close();
    return any;
  }

  @Override
  public void close() throws SQLException {
    if (filled.isEmpty()) {
      return;
    }
    MysqlHistory.execute(connection, "SET foreign_key_checks = 0");
    List<QualifiedName> there = new Readers(connection).tables();
    for (Map.Entry<QualifiedName, Boolean> table : filled.entrySet()) {
      if (there.contains(table.getKey())) {
        MysqlHistory.execute(
            connection,
            (table.getValue() ? "TRUNCATE TABLE " : "DELETE FROM ")
                + Readers.quoted(table.getKey()));
      }
    }
    MysqlHistory.execute(connection, "SET foreign_key_checks = 1");
    filled.clear();
  }
}
