package dev.sluice.dialect.mysql.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Statements of every family, one per paragraph; a paragraph that begins with # is a heading. */
final class Corpus {

  private static final Path FOLDER = Path.of("src/test/resources/statements");

  private Corpus() {}

  /**
   * One paragraph.
   *
   * @param text a statement, or a heading with its #
   */
  record Paragraph(String text, boolean isHeading) {}

  /**
   * @param file its name, without the ending
   */
  static List<Paragraph> paragraphs(String file) {
    try {
      List<Paragraph> paragraphs = new ArrayList<>();
      for (String text : Files.readString(FOLDER.resolve(file + ".txt")).split("\n\n+", -1)) {
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

  /** Without the headings. */
  static List<String> statements(String file) {
    return paragraphs(file).stream().filter(p -> !p.isHeading()).map(Paragraph::text).toList();
  }
}
