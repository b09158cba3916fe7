package dev.sluice.recipes;

import dev.sluice.migration.Migration;
import dev.sluice.sql.Statement;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** Migrations as Flyway runs them. */
public final class Plainly {

  private static final Pattern ALONE =
      Pattern.compile("(?i)\\bCONCURRENTLY\\b|^\\s*(BEGIN|COMMIT|VACUUM)\\b");

  private Plainly() {}

  /** A file in one session, and in one transaction where that is possible. */
  public static void run(List<Migration> migrations, Postgres.Database database)
      throws SQLException {
    for (Migration migration : migrations) {
      try (Connection connection = database.connect();
          java.sql.Statement session = connection.createStatement()) {
        session.setEscapeProcessing(false);
        List<String> sql = migration.statements().stream().map(Statement::sql).toList();
        connection.setAutoCommit(sql.stream().anyMatch(s -> ALONE.matcher(s).find()));
        for (String statement : sql) {
          session.execute(statement);
        }
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
      }
    }
  }
}
