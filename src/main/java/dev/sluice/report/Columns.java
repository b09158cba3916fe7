package dev.sluice.report;

import java.util.ArrayList;
import java.util.List;

/** A table of text: as wide as what stands in it. */
final class Columns {

  private static final String GAP = "  ";

  private final String sides;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param sides one character for each column: {@code >} for numbers, which end in line; a blank
   *     for words, which begin in line
   */
  Columns(List<String> titles, String sides) {
    if (titles.size() != sides.length()) {
      throw new IllegalArgumentException(
          titles.size() + " columns and " + sides.length() + " sides");
    }
    this.sides = sides;
    rows.add(titles);
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** A line of its own, over all columns. */
  void heading(String text) {
    rows.add(List.of(text));
  }

  List<String> lines() {
    return rows.stream().map(row -> row.size() == 1 ? row.getFirst() : line(row)).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(width(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP)
          .append(sides.charAt(i) == '>' ? blanks + cells.get(i) : cells.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > 1)
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
