package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ServersIT {

  @Test
  void mySqlIsReal() throws SQLException {
    String missing = MySql.missing();
    assumeTrue(missing.isEmpty(), missing);
    assertThat(version(MySql.freshDatabase())).startsWith("8.0.31");
  }

  @Test
  void mariaDbIsReal() throws SQLException {
    assertThat(version(MariaDb.freshDatabase())).startsWith("11.4.5-MariaDB");
  }

  private static String version(ServerDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id int PRIMARY KEY)");
      try (ResultSet rows = statement.executeQuery("SELECT version()")) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
