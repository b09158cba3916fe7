package dev.sluice.dialect.mysql.reading;

/** What stands between quotes. */
final class Literals {

  private Literals() {}

  /** The value of a string literal: escapes resolved (manual, "String Literals"). */
  static String value(String literal) {
    char quote = literal.charAt(0);
    int end = literal.length() > 1 && literal.endsWith("" + quote) ? literal.length() - 1 : 1;
    StringBuilder value = new StringBuilder();
    int at = 1;
    while (at < end) {
      char c = literal.charAt(at);
      if (c == '\\' && at + 1 < end) {
        value.append(escaped(literal.charAt(at + 1)));
        at += 2;
      } else if (c == quote) {
        value.append(c);
        at += 2;
      } else {
        value.append(c);
        at++;
      }
    }
    return value.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '0' -> "\0";
      case 'b' -> "\b";
      case 'Z' -> "\u001a";
      // In LIKE patterns the backslash is kept.
      case '%', '_' -> "\\" + c;
      default -> String.valueOf(c);
    };
  }

  /** A name between backticks, or between double quotes under ANSI_QUOTES. */
  static String name(String quoted) {
    String mark = quoted.substring(0, 1);
    int end = quoted.length() > 1 && quoted.endsWith(mark) ? quoted.length() - 1 : quoted.length();
    return quoted.substring(1, end).replace(mark + mark, mark);
  }
}
