package dev.sluice.dialect.postgresql.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Statements of every family, one per paragraph; a paragraph that begins with # is a heading. */
final class Corpus {

  private static final Path FILE = Path.of("src/test/resources/statements/postgresql.txt");

  private Corpus() {}

  /**
   * One paragraph.
   *
   * @param text a statement, or a heading with its #
   */
  record Paragraph(String text, boolean isHeading) {}

  static List<Paragraph> paragraphs() {
    try {
      List<Paragraph> paragraphs = new ArrayList<>();
      for (String text : Files.readString(FILE).split("\n\n+", -1)) {
        String stripped = text.strip();
        if (!stripped.isEmpty()) {
          paragraphs.add(new Paragraph(stripped, stripped.startsWith("# ")));
        }
      }
      return paragraphs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> statements() {
    return paragraphs().stream().filter(p -> !p.isHeading()).map(Paragraph::text).toList();
  }
}
