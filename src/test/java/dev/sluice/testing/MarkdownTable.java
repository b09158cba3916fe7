package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A table of a page of docs, for tests that hold code against it.
 *
 * @param rows cells without their backticks; head and rule left out
 */
public record MarkdownTable(List<List<String>> rows) {

  /**
   * The first table below a heading.
   *
   * @throws AssertionError where there is none: a test over an empty table would pass by itself
   */
  public static MarkdownTable under(Path page, String heading) {
    List<String> lines;
    try {
      lines = Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<List<String>> rows =
        lines.stream()
            .dropWhile(line -> !line.equals(heading))
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(MarkdownTable::cells)
            .toList();
    if (rows.isEmpty()) {
      throw new AssertionError(page + " has no table under \"" + heading + "\"");
    }
    return new MarkdownTable(rows);
  }

  private static List<String> cells(String line) {
    String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
    return Arrays.stream(cells).map(cell -> cell.strip().replace("`", "")).toList();
  }
}
