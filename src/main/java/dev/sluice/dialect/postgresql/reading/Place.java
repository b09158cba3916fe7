package dev.sluice.dialect.postgresql.reading;

import dev.sluice.sql.Source;

/** Says where in a statement reading stopped, without showing any of its literals. */
final class Place {

  private Place() {}

  static Unreadable of(String text, int offset) {
    int at = Math.min(offset, text.length());
    String word = word(text, at);
    return Unreadable.at(
        new Source("", text).locate(at),
        word.isEmpty() ? "reading stopped" : "reading stopped at " + word);
  }

  // A literal may be a secret, so only words and signs are repeated.
  private static String word(String text, int start) {
    if (start >= text.length()) {
      return "";
    }
    char first = text.charAt(start);
    if (first == '\'' || first == '$') {
      return "a literal";
    }
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '\'') {
      return "a literal";
    }
    if (Character.isDigit(first)) {
      return "a number";
    }
    return "\"" + text.substring(start, Math.max(end, start + 1)) + "\"";
  }
}
