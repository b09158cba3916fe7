package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read is SQL that a server takes, not SQL that suits a grammar. */
class CorpusIT {

  /** ER_PARSE_ERROR, and its kin for what a clause may not say. */
  private static final List<Integer> SYNTAX_ERRORS = List.of(1064, 1149, 1221);

  @Test
  void everyStatementOfTheCorpusIsOneThatMySqlsParserTakes() throws Exception {
    assumeTrue(MySql.missing().isEmpty(), MySql.missing());
    assertThat(refused(MySql.freshDatabase(), "mysql")).isEmpty();
  }

  @Test
  void everyStatementThatMariadbAloneHasIsOneThatItsParserTakes() throws Exception {
    assertThat(refused(MariaDb.freshDatabase(), "mariadb")).isEmpty();
  }

  private static List<String> refused(ServerDatabase database, String file) throws Exception {
    List<String> refused = new ArrayList<>();
    for (String sql : Corpus.statements(file)) {
      // What changes the server itself, or needs a second session, is only parsed.
      boolean ownServer = sql.matches("(?is)\\s*(KILL|SET (GLOBAL|PERSIST|@@global)).*");
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.setQueryTimeout(5);
        statement.execute("SET @sql = 'SELECT 1', @name = 'nothing'");
        statement.execute(ownServer ? "EXPLAIN FORMAT=JSON SELECT 1" : sql);
      } catch (SQLException e) {
        if (SYNTAX_ERRORS.contains(e.getErrorCode())) {
          refused.add(sql + "\n    " + e.getMessage());
        }
      }
    }
    return refused;
  }
}
