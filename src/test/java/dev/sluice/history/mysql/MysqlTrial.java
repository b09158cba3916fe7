package dev.sluice.history.mysql;

import dev.sluice.history.TrialDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.sql.Statement;
import dev.sluice.testing.MysqlCatalog;
import dev.sluice.testing.MysqlRows;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** On MySQL or MariaDB. */
public record MysqlTrial(ServerDatabase database) implements TrialDatabase {

  @Override
  public TrialDatabase copy() throws SQLException {
    return new MysqlTrial(database.copy());
  }

  @Override
  public void drop() throws SQLException {
    database.drop();
  }

  @Override
  public void fill(String text) throws SQLException {
    try (Connection connection = database.connect()) {
      new MysqlTraffic(connection, text).fill();
    }
  }

  @Override
  public List<String> traffic(String text) throws SQLException {
    try (Connection connection = database.connect()) {
      return new MysqlTraffic(connection, text).working();
    }
  }

  /** A file on a connection of its own. */
  @Override
  public void run(List<Migration> migrations) throws SQLException {
    for (Migration migration : migrations) {
      try (Connection connection = database.connect()) {
        for (Statement statement : migration.statements()) {
          MysqlHistory.execute(connection, statement.sql());
        }
      }
    }
  }

  @Override
  public SortedSet<String> catalog() throws SQLException {
    return MysqlCatalog.of(database);
  }

  @Override
  public SortedSet<String> rows() throws SQLException {
    return MysqlRows.of(database).stream()
        .map(
            row ->
                row.replaceAll(LocalDate.now(ZoneId.systemDefault()) + "[T ][\\d:.]+", "now")
                    .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uuid"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Steps steps() {
    return new MysqlSteps(database);
  }
}
