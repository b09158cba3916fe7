package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.schema.Change;
import org.junit.jupiter.api.Test;

class SqlModeTest {

  @Test
  void doubleQuotesHoldNamesWhereTheServerSaysSo() {
    SqlMode mode = SqlMode.of("STRICT_TRANS_TABLES,ANSI_QUOTES", "0");
    assertThat(mode.usual("SELECT \"a\"\"b`c\", 'x\"y', `d\"` -- \"no\"\n, \"e\" /* \"f\" */"))
        .isEqualTo("SELECT `a\"b``c`, 'x\"y', `d\"` -- \"no\"\n, `e` /* \"f\" */");
    assertThat(read(mode, "ALTER TABLE \"Orders\" ADD \"note\" TEXT DEFAULT ('\"')"))
        .isInstanceOfSatisfying(
            Change.AddColumn.class, add -> assertThat(add.table()).hasToString("Orders"));
  }

  @Test
  void aBackslashIsItselfWhereTheServerSaysSo() {
    SqlMode mode = SqlMode.of("NO_BACKSLASH_ESCAPES", "0");
    assertThat(mode.usual("SELECT 'a\\', \"b\\\\c\", 'd'"))
        .isEqualTo("SELECT 'a\\\\', \"b\\\\\\\\c\", 'd'");
    assertThat(read(mode, "ALTER TABLE t ADD path VARCHAR(9) COMMENT 'c:\\'"))
        .isInstanceOfSatisfying(
            Change.AddColumn.class,
            add -> assertThat(add.column().attributes().comment()).contains("c:\\"));
  }

  @Test
  void namesAreTheSameInUpperAndLowerCaseWhereTheServerSaysSo() {
    SqlMode mode = SqlMode.of("", "1");
    assertThat(mode.usual("ALTER TABLE Shop.`Orders` ADD Note TEXT DEFAULT ('Ab')"))
        .isEqualTo("alter table shop.`orders` add note text default ('Ab')");
    assertThat(mode.ofCatalog().lowerCase()).isTrue();
  }

  @Test
  void whatIsNotReadSoIsNamed() {
    assertThat(SqlMode.of("PIPES_AS_CONCAT,ANSI_QUOTES,ORACLE,NO_KEY_OPTIONS", "0").unread())
        .containsExactly("ORACLE");
    assertThat(SqlMode.of("ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES", "0")).isEqualTo(SqlMode.USUAL);
  }

  private static Change read(SqlMode mode, String sql) {
    return new MysqlReader(Engine.MYSQL, new EngineVersion(8, 4, 0), mode)
        .read(sql)
        .changes()
        .getFirst();
  }
}
