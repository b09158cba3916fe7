package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import java.util.List;
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
  void anInlineReferenceIsAKeyOnMariadbAlone() {
    String sql = "CREATE TABLE t (a INT REFERENCES p (id))";
    Change.CreateTable mysql = (Change.CreateTable) read(sql);
    Change.CreateTable mariadb =
        (Change.CreateTable) MysqlReaderTest.MARIADB.read(sql).changes().getFirst();
    assertThat(mysql.table().constraints()).isEmpty();
    assertThat(mariadb.table().constraints()).hasSize(1);
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
    assertThat(change.reason()).isEqualTo("reading stopped at 1:32, at a literal");
  }

  @Test
  void lineEndsMakeNoDifference() {
    String sql = "ALTER TABLE t\n  -- why\n  ADD COLUMN a INT,\n  # and\n  DROP COLUMN b";
    assertThat(MysqlReaderTest.MYSQL.read(sql.replace("\n", "\r\n")))
        .isEqualTo(MysqlReaderTest.MYSQL.read(sql));
  }

  private static Change read(String sql) {
    return MysqlReaderTest.MYSQL.read(sql).changes().getFirst();
  }

  private static List<String> labels(MysqlReader reader, String sql) {
    return reader.read(sql).changes().stream().map(Change::label).toList();
  }
}
