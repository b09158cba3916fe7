package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.sql.Location;
import dev.sluice.sql.Source;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import org.junit.jupiter.api.Test;

class PreparedTest {

  @Test
  void executeDoesWhatTheConstantTextSays() {
    Change.Block block = execute("PREPARE s FROM 'ALTER TABLE t ADD COLUMN a INT';\n");
    assertThat(block.unknown()).isEmpty();
    assertThat(block.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.AddColumn.class, add -> assertThat(add.column().name()).hasToString("a"));
  }

  @Test
  void everyBranchOfAConditionCounts() {
    Change.Block block =
        execute(
            "SET @there = (SELECT COUNT(*) FROM information_schema.columns);\n"
                + "SET @sql = IF(@there = 0, 'ALTER TABLE t ADD COLUMN a INT', 'SELECT ''there''');"
                + "\nPREPARE s FROM @sql;\n");
    assertThat(block.unknown()).isEmpty();
    assertThat(block.changes()).singleElement().isInstanceOf(Change.AddColumn.class);
  }

  @Test
  void aConditionInsideOfAQueryIsSeenThrough() {
    Change.Block block =
        execute(
            "SET @sql = (SELECT IF((SELECT COUNT(*) FROM information_schema.statistics) > 0,"
                + " 'SELECT 1', CONCAT('CREATE INDEX ', 'i', ' ON t (a)')));\n"
                + "PREPARE s FROM @sql;\n");
    assertThat(block.unknown()).isEmpty();
    assertThat(block.changes()).singleElement().isInstanceOf(Change.CreateIndex.class);
  }

  @Test
  void aVariableMayBeSetFromItself() {
    Change.Block block =
        execute(
            """
            SET @s := IF(@n > 1, "SELECT 'two'", "SELECT 'none'");
            SET @s := IF(@n = 0, "DROP TABLE a", @s);
            PREPARE s FROM @s;
            SET @s = 'DROP TABLE b';
            """);
    assertThat(block.unknown()).isEmpty();
    assertThat(block.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.DropTable.class, drop -> assertThat(drop.table()).hasToString("a"));
  }

  @Test
  void theLastOfSeveralTextsIsTheOneThatRuns() {
    Change.Block block =
        execute(
            """
            PREPARE s FROM 'DROP TABLE a';
            EXECUTE s;
            DEALLOCATE PREPARE s;
            PREPARE s FROM 'DROP TABLE b';
            """);
    assertThat(block.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.DropTable.class, drop -> assertThat(drop.table()).hasToString("b"));
  }

  @Test
  void whatIsPutTogetherWhenItRunsIsUnknown() {
    assertThat(execute("SET @s = CONCAT('DROP TABLE ', @name);\nPREPARE s FROM @s;\n").unknown())
        .containsExactly("EXECUTE runs SQL that is put together when it runs");
    assertThat(execute("SELECT GROUP_CONCAT('x') INTO @s FROM t;\nPREPARE s FROM @s;\n").unknown())
        .isNotEmpty();
    assertThat(execute("").unknown()).isNotEmpty();
    assertThat(execute("PREPARE s FROM 'DROP TABLE ${name}';\n").unknown())
        .containsExactly("a placeholder stands in what EXECUTE runs");
  }

  private static Change.Block execute(String before) {
    String file = before + "EXECUTE s";
    int start = before.length();
    Statement statement =
        new Statement(
            new Source("V1__a.sql", file),
            new Span(start, file.length()),
            new Location(1, 1),
            "EXECUTE s",
            "EXECUTE s",
            "",
            true);
    return (Change.Block) MysqlReaderTest.MYSQL.read(statement).changes().getFirst();
  }
}
