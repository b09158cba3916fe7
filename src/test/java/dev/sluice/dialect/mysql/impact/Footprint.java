package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What InnoDB has of a database: the numbers of its tables and indexes. One that is written anew
 * gets a new number.
 */
public record Footprint(Set<Long> tables, Set<Long> indexes) {

  public static Footprint of(Connection connection) throws SQLException {
    boolean mariadb = connection.getMetaData().getDatabaseProductName().equals("MariaDB");
    String prefix = mariadb ? "innodb_sys_" : "innodb_";
    String ours = " WHERE name LIKE concat(database(), '/%') AND name NOT LIKE '%/FTS_%'";
    String tables = " FROM information_schema." + prefix + "tables" + ours;
    return new Footprint(
        numbers(connection, "SELECT table_id" + tables),
        numbers(
            connection,
            "SELECT index_id FROM information_schema."
                + prefix
                + "indexes WHERE table_id IN (SELECT table_id"
                + tables
                + ")"));
  }

  private static Set<Long> numbers(Connection connection, String query) throws SQLException {
    Set<Long> numbers = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }

  /** What was done between this and a later one; empty where InnoDB keeps no table of it. */
  public Optional<Work> work(Footprint later) {
    if (tables.isEmpty() || later.tables.isEmpty()) {
      return Optional.empty();
    }
    boolean came = !tables.containsAll(later.tables);
    boolean went = !later.tables.containsAll(tables);
    if (came && went) {
      return Optional.of(Work.REWRITE);
    }
    // MySQL does not list the indexes of partitions.
    if (indexes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(indexes.containsAll(later.indexes) ? Work.INSTANT : Work.BUILD);
  }
}
