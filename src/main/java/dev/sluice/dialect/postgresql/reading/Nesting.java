package dev.sluice.dialect.postgresql.reading;

/**
 * How deep parentheses and comments go. Both parsers keep what they learn about every level, so a
 * text of nothing but openings would fill the memory.
 */
final class Nesting {

  /** More than any statement that a person or a tool writes. */
  private static final int DEEPEST = 300;

  private static final int DEEPEST_COMMENT = 50;

  private Nesting() {}

  static boolean isTooDeep(String text) {
    if (openings(text) <= DEEPEST_COMMENT) {
      return false;
    }
    Scanner scanner = new Scanner(text);
    int depth = 0;
    while (scanner.next() != Scanner.Kind.END) {
      if (scanner.isSign('(') || scanner.isSign('[')) {
        if (++depth > DEEPEST) {
          return true;
        }
      } else if (scanner.isSign(')') || scanner.isSign(']')) {
        depth--;
      } else if (scanner.kind() == Scanner.Kind.COMMENT && depth(scanner) > DEEPEST_COMMENT) {
        return true;
      }
    }
    return false;
  }

  private static int openings(String text) {
    int openings = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      openings += c == '(' || c == '[' || c == '/' ? 1 : 0;
    }
    return openings;
  }

  private static int depth(Scanner comment) {
    String text = comment.piece();
    int deepest = 0;
    int depth = 0;
    for (int at = 0; text.startsWith("/*") && at < text.length(); at++) {
      if (text.startsWith("/*", at)) {
        deepest = Math.max(deepest, ++depth);
        at++;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at++;
      }
    }
    return deepest;
  }
}
