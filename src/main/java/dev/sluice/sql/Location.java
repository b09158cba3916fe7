package dev.sluice.sql;

/**
 * A place in a text, as editors count it.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
public record Location(int line, int column) {
  public Location {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(line + ":" + column + " is no place; both count from 1");
    }
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
