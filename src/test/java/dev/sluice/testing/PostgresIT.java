package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresIT {

  @Test
  void everyTestHasADatabaseOfItsOwnOnOneServer() throws Exception {
    Postgres.Database one = Postgres.freshDatabase();
    Postgres.Database other = Postgres.freshDatabase();
    one.execute("CREATE TABLE customers (id bigint)");

    assertThat(answer(one, "SELECT to_regclass('customers') IS NOT NULL")).isEqualTo("t");
    assertThat(answer(other, "SELECT to_regclass('customers') IS NOT NULL")).isEqualTo("f");
    assertThat(answer(one, "SHOW port")).isEqualTo(answer(other, "SHOW port"));
    assertThat(answer(one, "SELECT current_database()")).isEqualTo(one.name());
  }

  private static String answer(Postgres.Database database, String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
