package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusIT {

  private static final String SYNTAX_ERROR = "42601";

  /** What PostgreSQL 18 brought, and the embedded server does not know yet. */
  private static final List<String> NEWER =
      List.of("VIRTUAL", "WITHOUT OVERLAPS", "PERIOD", "ENFORCED", "CONSTRAINT c NOT NULL a");

  /** What is read is SQL that a server takes, not SQL that suits a grammar. */
  @Test
  void everyStatementOfTheCorpusIsOneThatTheServersParserTakes() throws Exception {
    List<String> refused = new ArrayList<>();
    Postgres.Database database = Postgres.freshDatabase();
    Connection connection = database.connect();
    for (String sql : Corpus.statements()) {
      if (NEWER.stream().anyMatch(sql::contains)) {
        continue;
      }
      if (connection.isClosed()) {
        connection = database.connect();
      }
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.setQueryTimeout(5);
        statement.execute(sql);
      } catch (SQLException e) {
        if (SYNTAX_ERROR.equals(e.getSQLState())) {
          refused.add(sql + "\n    " + e.getMessage());
        }
      }
    }
    connection.close();
    assertThat(refused).isEmpty();
  }
}
