package dev.sluice.dialect.postgresql.reading;

/**
 * Makes {@code E'it\'s'} into {@code E'it''s'}: the grammar's lexer does not know the backslash and
 * would end the string too early. Length and meaning stay the same.
 */
final class EscapeStrings {

  private EscapeStrings() {}

  static String doubled(String text) {
    if (!text.contains("\\'")) {
      return text;
    }
    Scanner scanner = new Scanner(text);
    StringBuilder doubled = new StringBuilder(text);
    while (scanner.next() != Scanner.Kind.END) {
      if (scanner.kind() == Scanner.Kind.ESCAPE_STRING) {
        quotes(doubled, scanner.start() + 2, scanner.end() - 1);
      }
    }
    return doubled.toString();
  }

  private static void quotes(StringBuilder text, int start, int end) {
    for (int at = start; at < end - 1; at++) {
      if (text.charAt(at) == '\\') {
        if (text.charAt(at + 1) == '\'') {
          text.setCharAt(at, '\'');
        }
        at++;
      }
    }
  }
}
