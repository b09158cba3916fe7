package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged statements, the same ones each time. */
class FuzzTest {

  private static final long SEED = 20261121;
  private static final int ROUNDS = 4_000;
  private static final long MILLIS = 20_000;

  private static final List<String> SPLINTERS =
      List.of(
          "'",
          "\"",
          "`",
          "(",
          ")",
          ",",
          ";",
          ".",
          "@",
          "@@",
          "/*",
          "*/",
          "/*!",
          "/*!80000 ",
          "-- ",
          "#",
          "\\",
          "\0",
          "\u00a0",
          "é",
          "😀",
          "\r\n",
          "NULL",
          " SELECT ",
          " ADD ",
          "0x",
          "1e",
          "-");

  @Test
  void noTextMakesTheReaderFail() {
    List<String> statements = new ArrayList<>(Corpus.statements("mysql"));
    statements.addAll(Corpus.statements("mariadb"));
    Random random = new Random(SEED);
    long end = System.currentTimeMillis() + MILLIS;
    int round = 0;
    for (; round < ROUNDS && System.currentTimeMillis() < end; round++) {
      String sql = damaged(statements.get(random.nextInt(statements.size())), random);
      MysqlReader reader = round % 2 == 0 ? MysqlReaderTest.MYSQL : MysqlReaderTest.MARIADB;
      assertThat(reader.read(sql).changes()).as(sql).isNotEmpty();
    }
    assertThat(round).isGreaterThan(500);
  }

  /** No character is lost between tokens: what is between them is white space or a comment. */
  @Test
  void tokensCoverTheWholeText() {
    Random random = new Random(SEED);
    List<String> statements = Corpus.statements("mysql");
    for (int round = 0; round < ROUNDS; round++) {
      String sql = damaged(statements.get(random.nextInt(statements.size())), random);
      int at = 0;
      for (Token token : Scanner.tokens(sql)) {
        assertThat(token.start()).as(sql).isGreaterThanOrEqualTo(at);
        assertThat(isSpace(sql.substring(at, token.start()))).as(sql).isTrue();
        assertThat(token.text()).isEqualTo(sql.substring(token.start(), token.end()));
        at = token.end();
      }
      assertThat(at).as(sql).isEqualTo(sql.length());
    }
  }

  private static boolean isSpace(String between) {
    int at = 0;
    while (at < between.length()) {
      int behind = Scanner.behindComment(between, at);
      if (behind == at && between.charAt(at) > ' ' && between.charAt(at) != '\u007f') {
        return false;
      }
      at = Math.max(behind, at + 1);
    }
    return true;
  }

  private static String damaged(String sql, Random random) {
    StringBuilder text = new StringBuilder(sql);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
        case 1 -> text.setLength(at);
        case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
      }
    }
    return text.toString();
  }
}
