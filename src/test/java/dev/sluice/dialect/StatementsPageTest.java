package dev.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/statements.md} lists every head without effect that the readers were given, and none
 * is passed over in silence.
 */
class StatementsPageTest {

  private static final Pattern NO_EFFECT = Pattern.compile("NoEffect command=«([A-Za-z]+)");

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mariadb"})
  void everyStatementWithoutEffectIsListed(String engine) throws IOException {
    Set<String> read = new TreeSet<>();
    Matcher found =
        NO_EFFECT.matcher(
            Files.readString(Path.of("src/test/resources/golden/" + engine + "-readings.txt")));
    while (found.find()) {
      read.add(found.group(1));
    }
    assertThat(read).isNotEmpty();
    assertThat(listed("`NoEffect`")).containsAll(read);
  }

  @Test
  void everyRowNamesAChangeOfTheVocabulary() throws IOException {
    for (String row : rows()) {
      for (String change : quoted(row.split("\\|", -1)[2])) {
        assertThat(Path.of("src/main/java/dev/sluice/schema/Change.java"))
            .content()
            .contains("record " + change + "(");
      }
    }
  }

  private static List<String> listed(String change) throws IOException {
    return rows().stream()
        .filter(row -> row.contains(change))
        .flatMap(row -> quoted(row.split("\\|", -1)[1]).stream())
        .toList();
  }

  private static List<String> rows() throws IOException {
    return Files.readString(Path.of("docs/statements.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  private static List<String> quoted(String cell) {
    List<String> quoted = new ArrayList<>();
    Matcher words = Pattern.compile("`([^`]+)`").matcher(cell);
    while (words.find()) {
      quoted.add(words.group(1));
    }
    return quoted;
  }
}
