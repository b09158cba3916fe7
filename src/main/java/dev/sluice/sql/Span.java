package dev.sluice.sql;

/**
 * A part of a source's text, in UTF-16 units.
 *
 * @param start of the first character
 * @param end behind the last character
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("[" + start + ", " + end + ") is no span");
    }
  }
}
