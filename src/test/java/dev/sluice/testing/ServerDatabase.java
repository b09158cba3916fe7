package dev.sluice.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An empty database on a MySQL or MariaDB server of this test JVM.
 *
 * @param url for JDBC, with the user in it; no password is asked for
 */
public record ServerDatabase(String name, String url) {

  /** A new connection, in autocommit mode; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Runs statements one by one, each on the same new connection. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
