package dev.sluice.sql;

/**
 * White space and comments, as Flyway's parser tells them from statements. It nests block comments
 * on every engine; on MySQL and MariaDB a comment may begin with {@code #}, and {@code /*!} with
 * five digits is no comment but part of a statement.
 *
 * @param mysql whose comments they are: MySQL's and MariaDB's, else PostgreSQL's
 */
public record Trivia(boolean mysql) {

  /** Behind the white space and comments that start at {@code from}, at most {@code to}. */
  public int skip(String text, int from, int to) {
    int at = from;
    while (at < to) {
      int next = skipOne(text, at, to);
      if (next == at) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** Behind one white space character or comment at {@code at}; {@code at} where there is none. */
  public int skipOne(String text, int at, int to) {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '\u00a0') {
      return at + 1;
    }
    if (text.startsWith("--", at) || (mysql && c == '#')) {
      int end = at;
      while (end < to && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      return end;
    }
    return text.startsWith("/*", at) && !isExecutable(text, at) ? blockEnd(text, at, to) : at;
  }

  private boolean isExecutable(String text, int at) {
    if (!mysql || !text.startsWith("/*!", at) || at + 8 > text.length()) {
      return false;
    }
    return text.substring(at + 3, at + 8).chars().allMatch(Character::isDigit);
  }

  private static int blockEnd(String text, int from, int to) {
    int depth = 0;
    int at = from;
    while (at < to) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return Math.min(at, to);
        }
      } else {
        at++;
      }
    }
    return to;
  }
}
