package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;

/**
 * {@code /*! … *}{@code /} comments, which the servers run: with a number, only from that version
 * on. MariaDB has {@code /*M! … *}{@code /} for itself, and leaves out what is meant for MySQL 5.7
 * to 9 (manuals, "Comments" and "Comment Syntax").
 */
final class ExecutableComments {

  private final int version;
  private final boolean mariadb;

  ExecutableComments(Engine engine, EngineVersion version) {
    this.version = version.major() * 10_000 + version.minor() * 100 + version.patch();
    this.mariadb = engine == Engine.MARIADB;
  }

  /** The text as the server runs it: marks and what it skips are blanks, so that places stay. */
  String opened(String text) {
    if (!text.contains("/*!") && !text.contains("/*M!")) {
      return text;
    }
    StringBuilder opened = new StringBuilder(text);
    boolean inside = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        at = Scanner.behindString(text, at);
      } else if (c == '`') {
        at = Scanner.behindQuoted(text, at);
      } else if (inside && text.startsWith("*/", at)) {
        blank(opened, at, at + 2);
        inside = false;
        at += 2;
      } else if (text.startsWith("/*!", at) || (mariadb && text.startsWith("/*M!", at))) {
        int behind = behindMark(text, at);
        if (runs(text, at, behind)) {
          blank(opened, at, behind);
          inside = true;
          at = behind;
        } else {
          int end = behindSkipped(text, behind);
          blank(opened, at, end);
          at = end;
        }
      } else {
        at = Math.max(at + 1, Scanner.behindComment(text, at));
      }
    }
    return opened.toString();
  }

  private static int behindMark(String text, int start) {
    int at = text.indexOf('!', start) + 1;
    int digits = at;
    while (at < text.length() && at - digits < 6 && Character.isDigit(text.charAt(at))) {
      at++;
    }
    // Fewer than five are no version.
    return at - digits < 5 ? digits : at;
  }

  private boolean runs(String text, int start, int behind) {
    String number = text.substring(text.indexOf('!', start) + 1, behind);
    if (number.isEmpty()) {
      return true;
    }
    int from = Integer.parseInt(number);
    boolean ofMySql = !text.startsWith("/*M!", start) && from >= 50_700 && from <= 99_999;
    return from <= version && !(mariadb && ofMySql);
  }

  /** A skipped comment may hold a comment itself. */
  private static int behindSkipped(String text, int start) {
    int at = start;
    int depth = 1;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        at += 2;
        if (--depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return text.length();
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
