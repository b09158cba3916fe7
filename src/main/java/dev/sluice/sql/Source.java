package dev.sluice.sql;

/**
 * The text of one file, read once.
 *
 * @param file the path as messages show it: relative to where the user stands, with {@code /}
 * @param text decoded, byte order mark removed, line ends as in the file
 */
public record Source(String file, String text) {

  /** Where the character at {@code offset} stands; the end of the text is a place too. */
  public Location locate(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IllegalArgumentException(
          "offset "
              + offset
              + " is outside "
              + file
              + ", which has "
              + text.length()
              + " characters");
    }
    int line = 1;
    int lineStart = 0;
    for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
      line++;
      lineStart = at + 1;
    }
    return new Location(line, offset - lineStart + 1);
  }
}
