package dev.sluice.dialect.postgresql.reading;

/** String constants as the server understands them (manual, "String Constants"). */
final class Literals {

  private Literals() {}

  /** The value of a constant, in whichever of its forms it is written. */
  static String value(String written) {
    if (written.startsWith("$")) {
      int tag = written.indexOf('$', 1) + 1;
      return written.substring(tag, written.length() - tag);
    }
    Scanner scanner = new Scanner(written);
    StringBuilder value = new StringBuilder();
    boolean escapes = false;
    while (scanner.nextToken() != Scanner.Kind.END) {
      String piece = scanner.piece();
      int open = piece.indexOf('\'');
      if (open < 0 || !piece.endsWith("'")) {
        break; // UESCAPE
      }
      String quoted = piece.substring(open + 1, piece.length() - 1);
      escapes |= scanner.kind() == Scanner.Kind.ESCAPE_STRING;
      if (piece.regionMatches(true, 0, "U&", 0, 2)) {
        return UnicodeEscapes.resolve(quoted.replace("''", "'"), written.substring(scanner.end()));
      }
      value.append(escapes ? unescaped(quoted) : quoted.replace("''", "'"));
    }
    return value.toString();
  }

  private static String unescaped(String quoted) {
    StringBuilder value = new StringBuilder();
    for (int at = 0; at < quoted.length(); at++) {
      char c = quoted.charAt(at);
      if (c == '\'') {
        value.append(c);
        at++; // doubled
      } else if (c != '\\' || at + 1 == quoted.length()) {
        value.append(c);
      } else {
        at = escape(quoted, at + 1, value);
      }
    }
    return value.toString();
  }

  /** Appends what the escape at {@code at} means; the index of its last character. */
  private static int escape(String text, int at, StringBuilder value) {
    char c = text.charAt(at);
    switch (c) {
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'x' -> {
        return number(text, at + 1, 2, 16, value, c);
      }
      case 'u' -> {
        return number(text, at + 1, 4, 16, value, c);
      }
      case 'U' -> {
        return number(text, at + 1, 8, 16, value, c);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return number(text, at, 3, 8, value, c);
      }
      default -> value.append(c);
    }
    return at;
  }

  private static int number(
      String text, int first, int most, int radix, StringBuilder value, char otherwise) {
    int end = first;
    int number = 0;
    while (end < text.length()
        && end < first + most
        && Character.digit(text.charAt(end), radix) >= 0) {
      number = number * radix + Character.digit(text.charAt(end), radix);
      end++;
    }
    if (end == first || !Character.isValidCodePoint(number)) {
      value.append(otherwise);
      return Math.max(first - 1, end - 1);
    }
    value.appendCodePoint(number);
    return end - 1;
  }
}
