package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ServersIT {

  @Test
  void mySqlIsReal() throws SQLException {
    assertThat(version(MySql.freshDatabase())).startsWith(expected("mysql", "8.0.31"));
  }

  @Test
  void mariaDbIsReal() throws SQLException {
    assertThat(version(MariaDb.freshDatabase())).startsWith(expected("mariadb", "11.4.5-MariaDB"));
  }

  /** An image's tag begins as its server's version does, unless it is a word. */
  private static String expected(String engine, String own) {
    return Image.named(engine)
        .map(i -> i.replaceFirst("^.*:|^[^:]*$", ""))
        .filter(t -> t.matches("[0-9.]+"))
        .orElse(own);
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
