package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.sql.Location;
import dev.sluice.sql.Source;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlModesTest {

  private static final String VIEW = "CREATE VIEW v AS SELECT \"a\" FROM \"t\"";

  @Test
  void doubleQuotesHoldATextUnlessTheFileSaysOtherwise() {
    Change.CreateView view = (Change.CreateView) behind("", "CREATE VIEW v AS SELECT \"a\" FROM t");
    assertThat(view.view().query().references().columns()).isEmpty();
  }

  @Test
  void underAnsiQuotesTheyHoldANameInQueriesToo() {
    for (String set :
        new String[] {
          "SET sql_mode = 'ANSI_QUOTES';",
          "SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES');",
          "/*!40101 SET @old = @@sql_mode, SQL_MODE = 'ANSI' */;",
          "SET @@SESSION.sql_mode := 'ORACLE';"
        }) {
      Change.CreateView view = (Change.CreateView) behind(set, VIEW);
      assertThat(view.view().query().references().relations())
          .as(set)
          .singleElement()
          .hasToString("t");
      assertThat(view.view().query().references().columns()).as(set).hasSize(1);
    }
  }

  @Test
  void theLastOfSeveralModesHolds() {
    String file =
        "SET sql_mode = 'ANSI_QUOTES';\nSET sql_mode = REPLACE(@@sql_mode, 'ANSI_QUOTES', '');\n";
    Change.CreateView view =
        (Change.CreateView) behind(file, "CREATE VIEW v AS SELECT \"a\" FROM t");
    assertThat(view.view().query().references().columns()).isEmpty();
  }

  @Test
  void aBackslashIsItselfWhereTheFileSaysSo() {
    Change.AddColumn add =
        (Change.AddColumn)
            behind(
                "SET sql_mode = 'NO_BACKSLASH_ESCAPES';",
                "ALTER TABLE t ADD COLUMN a VARCHAR(9) DEFAULT '\\' COMMENT 'C:\\'");
    assertThat(add.column().attributes().comment()).contains("C:\\");
    // As a session of the usual mode writes it.
    assertThat(add.column().defaultValue().orElseThrow().sql()).isEqualTo("'\\\\'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET GLOBAL sql_mode = 'ANSI_QUOTES';",
        "SET @@GLOBAL.sql_mode = 'ANSI_QUOTES';",
        "SET PERSIST sql_mode = 'ANSI_QUOTES';",
        "SET SESSION sql_mode = '', GLOBAL sql_mode = 'ANSI_QUOTES';"
      })
  void whatIsSetForTheServerIsNotTheSessions(String file) {
    Change.CreateView view =
        (Change.CreateView) behind(file, "CREATE VIEW v AS SELECT \"a\" FROM t");
    assertThat(view.view().query().references().columns()).isEmpty();
  }

  private static Change behind(String inFront, String sql) {
    Source source = new Source("V1__x.sql", inFront + "\n" + sql + ";\n");
    int start = inFront.length() + 1;
    Statement statement =
        new Statement(
            source, new Span(start, start + sql.length()), new Location(1, 1), sql, sql, "", true);
    return MysqlReaderTest.MYSQL.read(statement).changes().getFirst();
  }
}
