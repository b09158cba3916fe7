package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bounded and seeded: the same mutations every time. */
class FuzzTest {

  private static final int ROUNDS = 1_000;
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "'",
          "\"",
          "$$",
          "$x$",
          "--",
          "/*",
          "*/",
          ",",
          ";",
          ".",
          "\\",
          "E'",
          "U&\"",
          "::",
          "NULL",
          "SELECT",
          "INTO",
          "DROP",
          "TABLE",
          "IF EXISTS",
          "DEFAULT",
          "\u0000",
          "é",
          "😀",
          "\ud83d",
          "1e",
          "0x",
          "[",
          "]",
          ":=",
          "BEGIN",
          "END",
          "LANGUAGE",
          "\"\"",
          "$1");

  private final PostgresqlReader reader = new PostgresqlReader();
  private final List<String> corpus = Corpus.statements();

  @Test
  void noTextMakesTheGrammarsReaderThrow() {
    Random random = new Random(20_261_121);
    for (int i = 0; i < ROUNDS; i++) {
      String sql = i % 2 == 0 ? withOtherCharacters(random) : withOtherWords(random);
      try {
        assertThat(Statements.read(LongInserts.shortened(sql))).as(sql).doesNotContainNull();
      } catch (Unreadable e) {
        assertThat(e.reason()).as(sql).isNotBlank();
      } catch (RuntimeException e) {
        throw new AssertionError(sql, e);
      }
    }
  }

  @Test
  void noTextMakesTheReadersThrow() {
    Random random = new Random(42);
    for (int i = 0; i < ROUNDS / 20; i++) {
      String sql = i % 2 == 0 ? withOtherCharacters(random) : withOtherWords(random);
      Reading reading = reader.read(sql);
      assertThat(reading.changes()).as(sql).isNotEmpty();
      assertThat(reader.expression(sql).sql()).isEqualTo(sql);
      assertThat(reader.type(sql)).isNotNull();
    }
  }

  @Test
  void aTextNestedTooDeeplyIsUnrecognisedAndNothingWorse() {
    for (String sql :
        List.of(
            "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000),
            "SELECT " + "a || ".repeat(20_000) + "b",
            "SELECT " + "NOT ".repeat(20_000) + "a",
            "/*".repeat(20_000),
            "SELECT 1 " + "/*".repeat(1_000) + "*/".repeat(1_000),
            "SELECT 1 /*" + "/* x */".repeat(1_000) + "*/",
            "SELECT " + "'".repeat(20_001))) {
      long start = System.nanoTime();
      assertThat(reader.read(sql).changes()).isNotEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private String any(Random random) {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private String withOtherCharacters(Random random) {
    StringBuilder text = new StringBuilder(any(random));
    int mutations = 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + 1 + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> text.insert(at, text.substring(at, end));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private String withOtherWords(Random random) {
    List<String> words = words(any(random));
    List<String> others = words(any(random));
    int at = random.nextInt(words.size());
    String other = others.get(random.nextInt(others.size()));
    switch (random.nextInt(5)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, words.get(random.nextInt(words.size())));
      case 2 -> Collections.swap(words, at, random.nextInt(words.size()));
      case 3 -> words.set(at, other);
      default -> words.add(at, " " + other + " ");
    }
    return String.join("", words);
  }

  private static List<String> words(String sql) {
    return new ArrayList<>(Arrays.asList(sql.split("(?<=[\\s(),;.])|(?=[\\s(),;.])", -1)));
  }
}
