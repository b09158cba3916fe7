package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Location;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void eachServerRunsItsOwnComments() {
    assertThat(labels(MysqlReaderTest.MYSQL, "/*!80000 DROP TABLE a */"))
        .containsExactly("DropTable");
    assertThat(labels(MysqlReaderTest.MYSQL, "/*!90900 DROP TABLE a */"))
        .containsExactly("NoEffect");
    assertThat(labels(MysqlReaderTest.MYSQL, "/*M!100100 DROP TABLE a */"))
        .containsExactly("NoEffect");
    assertThat(labels(MysqlReaderTest.MARIADB, "/*M!100100 DROP TABLE a */"))
        .containsExactly("DropTable");
    assertThat(labels(MysqlReaderTest.MARIADB, "/*!80000 DROP TABLE a */"))
        .containsExactly("NoEffect");
    assertThat(labels(MysqlReaderTest.MARIADB, "/*!50100 DROP TABLE a */"))
        .containsExactly("DropTable");
  }

  @Test
  void namesOfColumnsIgnoreCaseAndNamesOfTablesDoNot() {
    Change.AddColumn one = (Change.AddColumn) read("ALTER TABLE T ADD COLUMN eMail INT");
    Change.AddColumn other = (Change.AddColumn) read("ALTER TABLE t ADD COLUMN EMAIL INT");
    assertThat(one.column().name()).isEqualTo(other.column().name());
    assertThat(one.column().name()).hasToString("eMail");
    assertThat(one.table()).isNotEqualTo(other.table());
  }

  @Test
  void anInlineReferenceIsAKeyOnMariadbAndFromMysql9On() {
    String sql = "CREATE TABLE t (a INT REFERENCES p (id))";
    MysqlReader nine = new MysqlReader(Engine.MYSQL, new EngineVersion(9, 0, 0));
    assertThat(constraints(MysqlReaderTest.MYSQL, sql)).isEmpty();
    assertThat(constraints(MysqlReaderTest.MARIADB, sql)).hasSize(1);
    assertThat(constraints(nine, sql)).hasSize(1);
  }

  private static List<Constraint> constraints(MysqlReader reader, String sql) {
    return ((Change.CreateTable) reader.read(sql).changes().getFirst()).table().constraints();
  }

  @Test
  void aPrimaryKeyMayHoldAPartOfAColumn() {
    Change.CreateTable create =
        (Change.CreateTable) read("CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a(10), b DESC))");
    Constraint.PrimaryKey key = (Constraint.PrimaryKey) create.table().constraints().getFirst();
    assertThat(key.columns()).hasToString("[a, b]");
    assertThat(key.modifiers()).containsExactly("(10)", "DESC");
  }

  @Test
  void alterTableIfExistsMakesNoTable() {
    Schema empty = new MysqlDialect(Engine.MARIADB, new EngineVersion(11, 4, 5)).emptySchema();
    Reading reading = MysqlReaderTest.MARIADB.read("ALTER TABLE IF EXISTS t ADD COLUMN a INT");
    assertThat(reading.after(reading.changes().getFirst(), empty).tables()).isEmpty();
    Reading other = MysqlReaderTest.MARIADB.read("ALTER TABLE t ADD COLUMN a INT");
    assertThat(other.after(other.changes().getFirst(), empty).tables()).hasSize(1);
  }

  @Test
  void aTextBetweenDoubleQuotesIsNoColumn() {
    Change.Query query = (Change.Query) read("SELECT a, \"\" FROM t WHERE b <> \"x\"");
    assertThat(query.query().references().columns())
        .extracting(c -> c.name().orElseThrow().text())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(labels(MysqlReaderTest.MYSQL, "SELECT 1 AS ''")).containsExactly("Query");
  }

  @Test
  void severalStatementsInOnePieceHappenOneAfterTheOther() {
    assertThat(
            labels(
                MysqlReaderTest.MYSQL,
                "DROP TRIGGER IF EXISTS r;\nCREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN"
                    + " SET NEW.a = 1; SET NEW.b = 2; END"))
        .containsExactly("DropTrigger", "CreateTrigger");
    assertThat(labels(MysqlReaderTest.MYSQL, "DROP TABLE a; FROBNICATE b"))
        .containsExactly("Unrecognised");
  }

  @Test
  void aStatementIsReadWholeOrNotAtAll() {
    for (String sql :
        List.of(
            "ALTER TABLE t ADD COLUMN a INT DROP COLUMN b",
            "ALTER TABLE t ADD COLUMN a",
            "ALTER TABLE t ADD COLUMN a INT NO SUCH WORD",
            "CREATE TABLE t (a INT, )",
            "CREATE TABLE t (a INT",
            "CREATE INDEX i ON t",
            "DROP TABLE",
            "RENAME TABLE a",
            "GRANT SELECT ON t",
            "UPDATE t",
            "SELECT FROM WHERE",
            "FROBNICATE t")) {
      assertThat(MysqlReaderTest.MYSQL.read(sql).parsedBy())
          .as(sql)
          .isEqualTo(Reading.ParsedBy.NONE);
    }
  }

  @Test
  void noLiteralIsRepeatedWhereReadingStops() {
    Change.Unrecognised change =
        (Change.Unrecognised) read("ALTER TABLE t ADD COLUMN a INT 'secret'");
    assertThat(change)
        .isEqualTo(
            new Change.Unrecognised(
                "reading stopped at a literal", Optional.of(new Location(1, 32))));
  }

  @Test
  void lineEndsMakeNoDifference() {
    String sql = "ALTER TABLE t\n  -- why\n  ADD COLUMN a INT,\n  # and\n  DROP COLUMN b";
    assertThat(MysqlReaderTest.MYSQL.read(sql.replace("\n", "\r\n")))
        .isEqualTo(MysqlReaderTest.MYSQL.read(sql));
  }

  @Test
  void whatNoServerTakesIsNotUnderstood() {
    for (String sql :
        List.of(
            "UPDATE t SET a = WHERE b = 1",
            "UPDATE t SET a = , b = 1",
            "UPDATE t SET a = b c",
            "UPDATE t SET a = 1 +",
            "UPDATE t SET a = 1 WHERE",
            "UPDATE t SET a = 1 LIMIT a b",
            "DELETE FROM t WHERE a = 1 garbage",
            "INSERT INTO t (a) VALUES (1",
            "INSERT INTO t (a) VALUES (1,)",
            "INSERT INTO t (a) VALUES (1 2)",
            "INSERT INTO t (a) VALUES (1) garbage (2)",
            "ALTER TABLE t ADD COLUMN n VARCHAR NOT NULL",
            "ALTER TABLE t MODIFY a NUMBER(10)")) {
      assertThat(read(sql)).as(sql).isInstanceOf(Change.Unrecognised.class);
    }
  }

  @Test
  void whatServersTakeIsUnderstood() {
    for (String sql :
        List.of(
            "UPDATE t SET a = DEFAULT, b = -1, c = now(), d = _utf8mb4'x' WHERE a = 1 AND b <> 'x'",
            "UPDATE t SET a = j->>'$.a' WHERE b IS NOT NULL ORDER BY a LIMIT 3",
            "UPDATE t FORCE INDEX (i) SET a = CASE WHEN b THEN 1 ELSE 2 END",
            "UPDATE t AS x JOIN u ON x.id = u.id SET x.a = u.a + INTERVAL 1 DAY",
            "DELETE FROM t WHERE a REGEXP '^x' OR b IN (1, 2) LIMIT 10",
            "DELETE x FROM t AS x LEFT JOIN u USING (id) WHERE u.id IS NULL",
            "INSERT INTO t VALUES (), ()",
            "INSERT INTO t (a, b) VALUES (1, 'x' 'y'), (-1, uuid()), (x'ab', DEFAULT(b)), (@v, NULL)",
            "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a) + 1",
            "INSERT INTO t (a) VALUES (1) AS n ON DUPLICATE KEY UPDATE a = n.a",
            "INSERT IGNORE INTO t SET a = 1, b = CONCAT('a', 'b')")) {
      assertThat(read(sql)).as(sql).isNotInstanceOf(Change.Unrecognised.class);
    }
  }

  @Test
  void whatIsNeverClosedIsNamedWhereItOpens() {
    assertThat(read("UPDATE t SET a = 'x;\nDROP TABLE u;"))
        .isEqualTo(
            new Change.Unrecognised(
                "the quote that opens here is never closed", Optional.of(new Location(1, 18))));
    assertThat(read("DROP TABLE u /* and"))
        .isEqualTo(
            new Change.Unrecognised(
                "the comment that opens here is never closed", Optional.of(new Location(1, 14))));
  }

  @Test
  void aQueryThatWithNamesIsNoTable() {
    Change.Update update =
        (Change.Update)
            read("WITH x AS (SELECT id FROM p) UPDATE c JOIN x ON x.id = c.id SET c.a = 1");
    assertThat(update.from()).isEmpty();
  }

  private static Change read(String sql) {
    return MysqlReaderTest.MYSQL.read(sql).changes().getFirst();
  }

  private static List<String> labels(MysqlReader reader, String sql) {
    return reader.read(sql).changes().stream().map(Change::label).toList();
  }
}
