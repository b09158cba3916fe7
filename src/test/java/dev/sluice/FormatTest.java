package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The one formatter. It runs here and not as a Maven plugin because it reads with the parser of the
 * JDK it runs on, and Maven's own JDK may be older than the language level.
 */
class FormatTest {

  @Test
  void everyFileIsFormatted() throws Exception {
    Formatter formatter =
        new Formatter(JavaFormatterOptions.builder().reorderModifiers(true).build());
    List<Path> files;
    try (Stream<Path> tree = Files.walk(Path.of("src"))) {
      files = tree.filter(p -> p.toString().endsWith(".java")).toList();
    }
    assertThat(files).isNotEmpty();
    List<String> unformatted = new ArrayList<>();
    for (Path file : files) {
      String text = Files.readString(file);
      String ordered =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
      String formatted = formatter.formatSource(ordered);
      if (!formatted.equals(text)) {
        if (System.getProperty("update") != null) {
          Files.writeString(file, formatted);
        } else {
          unformatted.add(file.toString());
        }
      }
    }
    assertThat(unformatted).as("not formatted; fix: mvn test -Dtest=FormatTest -Dupdate").isEmpty();
  }
}
