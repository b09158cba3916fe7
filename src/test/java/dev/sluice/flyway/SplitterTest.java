package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migration.Migration;
import dev.sluice.sql.Location;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitterTest {

  private static final String UNCLOSED = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;";

  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void folder() {
    folder = new Folder(temp);
  }

  private List<String> postgresql(String sql) {
    return folder.with("V1__x.sql", sql).statements("postgresql");
  }

  private List<String> mysql(String sql) {
    return folder.with("V1__x.sql", sql).statements("mysql");
  }

  @Test
  void aStatementStandsWhereItStandsInTheFile() {
    String sql = "-- orders\n\n  CREATE TABLE orders (id int);\n\tDROP TABLE t;\n";
    Migration migration = folder.with("V1__x.sql", sql).only("postgresql");
    Statement create = migration.statements().get(0);
    assertThat(create.location()).isEqualTo(new Location(3, 3));
    assertThat(create.place()).isEqualTo("sql/V1__x.sql:3:3");
    assertThat(create.span()).isEqualTo(new Span(13, 13 + "CREATE TABLE orders (id int)".length()));
    assertThat(create.comments()).isEqualTo("-- orders\n\n  ");
    assertThat(migration.statements().get(1).location()).isEqualTo(new Location(4, 2));
  }

  @Test
  void semicolonsInQuotesAndBodiesSplitNothing() {
    assertThat(postgresql("SELECT ';', E'\\';', \";\", $$;$$, $a$ ; $$ ; $a$; SELECT 2;"))
        .containsExactly("SELECT ';', E'\\';', \";\", $$;$$, $a$ ; $$ ; $a$", "SELECT 2");
    String body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END";
    assertThat(postgresql(body + ";\nSELECT 3;")).containsExactly(body, "SELECT 3");
    String rule = "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v)";
    assertThat(postgresql(rule + ";")).containsExactly(rule);
    String block = "DO $$ BEGIN\n  UPDATE t SET a = 1;\nEND $$";
    assertThat(postgresql(block + ";\n" + "SELECT 1")).containsExactly(block, "SELECT 1");
  }

  @Test
  void commentsBelongToNoStatement() {
    assertThat(
            postgresql(
                "/* a; /* b; */ c; */ -- d;\nSELECT 1 /* e; */ + 2 -- f;\n; -- g\n/* h */ SELECT 3"))
        .containsExactly("SELECT 1 /* e; */ + 2", "SELECT 3");
  }

  @Test
  void commentsBehindTheLastStatementAreNotPartOfIt() {
    assertThat(postgresql("SELECT (1 -- one\n)\n-- the end\n\n/* really */\n"))
        .containsExactly("SELECT (1 -- one\n)");
    assertThat(postgresql("SELECT 1 -- one\n\n-- two\n;")).containsExactly("SELECT 1");
  }

  @Test
  void theLastStatementNeedsNoSemicolon() {
    assertThat(postgresql("SELECT 1;\nSELECT 2")).containsExactly("SELECT 1", "SELECT 2");
    assertThat(postgresql("SELECT 1")).containsExactly("SELECT 1");
    assertThat(mysql("SELECT 1;\nSELECT 2\n")).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void filesWithoutStatementsHaveNone() {
    assertThat(postgresql("")).isEmpty();
    assertThat(postgresql(" \n\t\r\n")).isEmpty();
    assertThat(postgresql("-- nothing yet\n/* nothing; */")).isEmpty();
    assertThat(postgresql(";;\n;")).isEmpty();
    assertThat(postgresql("\ufeff")).isEmpty();
    assertThat(mysql("# nothing; yet\n")).isEmpty();
  }

  @Test
  void semicolonsWithNothingBetweenAreNoStatements() {
    assertThat(postgresql("SELECT 1;;; -- x\n;SELECT 2;")).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void anOpeningParenthesisThatFlywayForgetsIsKept() {
    assertThat(postgresql("SELECT 0; (SELECT 1) UNION (SELECT 2);\n-- c\n( /* d */ (SELECT 3));"))
        .containsExactly("SELECT 0", "(SELECT 1) UNION (SELECT 2)", "( /* d */ (SELECT 3))");
  }

  @Test
  void copyKeepsItsDataApart() {
    Migration migration =
        folder
            .with(
                "V1__x.sql",
                "COPY t (a, b) FROM STDIN;\n1\tx;y\n-- 2\t\\N\n\\.\n\nSELECT 1;\nCOPY u FROM stdin\n;\n\\.")
            .only("postgresql");
    assertThat(migration.statements())
        .extracting(Statement::shown)
        .containsExactly("COPY t (a, b) FROM STDIN", "SELECT 1", "COPY u FROM stdin");
    Statement copy = migration.statements().get(0);
    assertThat(copy.data()).hasValue("1\tx;y\n-- 2\t\\N\n");
    assertThat(copy.source().text().substring(copy.span().start(), copy.span().end()))
        .endsWith("\\N\n\\.");
    assertThat(migration.statements().get(1).data()).isEmpty();
    assertThat(migration.statements().get(1).comments()).isEqualTo("\n\n");
    assertThat(migration.statements().get(2).data()).hasValue("");
  }

  @Test
  void mysqlDelimiterCommandsAreNoStatements() {
    String procedure = "CREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND";
    assertThat(
            mysql(
                "DELIMITER //\n"
                    + procedure
                    + "//\nDELIMITER ;\nSELECT 3;\ndelimiter $$\nSELECT 4$$"))
        .containsExactly(procedure, "SELECT 3", "SELECT 4");
    assertThat(mysql(procedure + ";\nSELECT 3;")).containsExactly(procedure, "SELECT 3");
  }

  @Test
  void mysqlCommentsThatAreExecutedAreStatements() {
    assertThat(mysql("/*!40101 SET NAMES utf8 */;\n# c;c\nSELECT 1; -- x;\nSELECT \"a;\\\";\";"))
        .containsExactly("/*!40101 SET NAMES utf8 */", "SELECT 1", "SELECT \"a;\\\";\"");
    String dump =
        "CREATE /*!50017 DEFINER=`a`@`b` */ TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET NEW.a = 1";
    assertThat(mysql(dump + ";")).containsExactly(dump);
  }

  @Test
  void mariadbBlocksAreRead() {
    String block = "BEGIN NOT ATOMIC\n  SELECT 1;\n  SELECT 2;\nEND";
    assertThat(folder.with("V1__x.sql", block + ";\nSELECT 3;").statements("mariadb"))
        .containsExactly(block, "SELECT 3");
  }

  @Test
  void lineEndsOfAnyKindCount() {
    Migration migration =
        folder.with("V1__x.sql", "SELECT 1;\r\n\r\n-- x\r\nSELECT\r\n2;\r\n").only("postgresql");
    assertThat(migration.statements())
        .extracting(Statement::shown)
        .containsExactly("SELECT 1", "SELECT\r\n2");
    assertThat(migration.statements().get(1).location()).isEqualTo(new Location(4, 1));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    Migration migration =
        folder.with("V1__x.sql", "\ufeffSELECT 1;\n\ufeffSELECT 2;").only("postgresql");
    assertThat(migration.statements())
        .extracting(Statement::sql)
        .containsExactly("SELECT 1", "SELECT 2");
    assertThat(migration.statements().get(0).location()).isEqualTo(new Location(1, 1));
    assertThat(migration.statements().get(1).location()).isEqualTo(new Location(2, 2));
  }

  @Test
  void noBreakSpacesAreSpaces() {
    assertThat(postgresql("\u00a0SELECT\u00a01;\u00a0\u00a0SELECT 2;\u00a0"))
        .containsExactly("SELECT\u00a01", "SELECT 2");
  }

  @Test
  void charactersOutsideTheBasicPlaneCountTwo() {
    Migration migration = folder.with("V1__x.sql", "/* 😀 é */ SELECT '😀';").only("postgresql");
    assertThat(migration.statements().get(0).location()).isEqualTo(new Location(1, 12));
    assertThat(migration.statements().get(0).shown()).isEqualTo("SELECT '😀'");
  }

  @Test
  void aFileRunsInsideATransactionOrNot() {
    assertThat(transactional("CREATE TABLE t (a int);")).containsExactly(true);
    assertThat(transactional("CREATE INDEX CONCURRENTLY i ON t (a);")).containsExactly(false);
    assertThat(transactional("ALTER TYPE mood ADD VALUE 'so-so';")).containsExactly(true);
    assertThat(transactional("VACUUM t;")).containsExactly(false);
  }

  @Test
  void statementsOfAFileThatFlywayRefusesKeepTheirOwnKind() {
    String sql = "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);";
    assertThat(transactional(sql)).containsExactly(true, false);
    folder.set("mixed", "true");
    assertThat(transactional(sql)).containsExactly(false, false);
  }

  @Test
  void aFilesOwnSettingDecidesForAllItsStatements() {
    folder.with("V1__x.sql.conf", "executeInTransaction=false\n");
    assertThat(transactional("CREATE TABLE t (a int);")).containsExactly(false);
    assertThat(folder.only("postgresql").transactional()).hasValue(false);
  }

  private List<Boolean> transactional(String sql) {
    folder.with("V1__x.sql", sql);
    return folder.only("postgresql").statements().stream().map(Statement::transactional).toList();
  }

  @Test
  void whatFlywayCannotReadIsNamedWithItsPlace() {
    assertRefused(
        "SELECT 1;\n\n-- c\n" + UNCLOSED + "SELECT 2;\n",
        "sql/V1__x.sql:4:1: this statement never ends");
    assertRefused(
        "SELECT 1;\nCOPY t FROM STDIN;\n1\t2\n",
        "sql/V1__x.sql:2:1: the file ends inside this: the data of COPY");
  }

  @Test
  void aDelimiterCommandWithoutDelimiterIsNamed() {
    folder.with("V1__x.sql", "SELECT 1;\nDELIMITER\n");
    assertThatThrownBy(() -> folder.read("mysql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V1__x.sql:2:1: the file ends inside this");
  }

  @Test
  void whatFlywayCannotReadIsNotRepeated() {
    folder.set("placeholders.secret", "hunter2").with("V1__x.sql", UNCLOSED + "SELECT '${secret}'");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageNotContaining("hunter2");
  }

  private void assertRefused(String sql, String message) {
    folder.with("V1__x.sql", sql);
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void otherEncodingsAreRead() {
    folder.set("encoding", "ISO-8859-1");
    folder.with("V1__x.sql", "SELECT 'é';", StandardCharsets.ISO_8859_1);
    assertThat(folder.statements("postgresql")).containsExactly("SELECT 'é'");
  }

  @Test
  void aFilesOwnEncodingIsRead() {
    folder.with("V1__x.sql.conf", "encoding=ISO-8859-1");
    folder.with("V1__x.sql", "SELECT 'é';", StandardCharsets.ISO_8859_1);
    assertThat(folder.statements("postgresql")).containsExactly("SELECT 'é'");
  }

  @Test
  void aDetectedEncodingIsRead() {
    folder.set("detectEncoding", "true");
    folder.with("V1__x.sql", "SELECT 'é';", StandardCharsets.ISO_8859_1);
    assertThat(folder.statements("postgresql")).containsExactly("SELECT 'é'");
  }

  @Test
  void aByteThatIsNotOfTheEncodingIsNamed() {
    folder.with("V1__x.sql", "SELECT 1;\nSELECT 'é';", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V1__x.sql:2:9: the byte 0xE9 is not UTF-8");
  }
}
