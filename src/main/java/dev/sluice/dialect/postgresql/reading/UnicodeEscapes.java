package dev.sluice.dialect.postgresql.reading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code \0061} and {@code \+000061} in {@code U&"…"} and {@code U&'…'}. */
final class UnicodeEscapes {

  private static final Pattern ESCAPE = Pattern.compile("(?i)UESCAPE\\s*'(.)'");

  private UnicodeEscapes() {}

  /**
   * @param quoted what stands between the quotes
   * @param behind what stands behind them: UESCAPE with another character, or nothing
   */
  static String resolve(String quoted, String behind) {
    Matcher other = ESCAPE.matcher(behind);
    char escape = other.find() ? other.group(1).charAt(0) : '\\';
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < quoted.length(); at++) {
      char c = quoted.charAt(at);
      if (c != escape) {
        plain.append(c);
      } else if (at + 1 < quoted.length() && quoted.charAt(at + 1) == escape) {
        plain.append(escape);
        at++;
      } else {
        int digits = at + 1 < quoted.length() && quoted.charAt(at + 1) == '+' ? 6 : 4;
        int first = at + 1 + (digits == 6 ? 1 : 0);
        plain.appendCodePoint(point(quoted, first, digits));
        at = first + digits - 1;
      }
    }
    return plain.toString();
  }

  private static int point(String text, int first, int digits) {
    if (first + digits <= text.length()) {
      String hex = text.substring(first, first + digits);
      if (hex.matches("[0-9a-fA-F]+")) {
        int point = Integer.parseInt(hex, 16);
        if (point > 0 && Character.isValidCodePoint(point)) {
          return point;
        }
      }
    }
    throw new Unreadable("it holds a Unicode escape without four or six digits behind it");
  }
}
