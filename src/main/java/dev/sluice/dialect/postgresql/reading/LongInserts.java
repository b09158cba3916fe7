package dev.sluice.dialect.postgresql.reading;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Shortens an INSERT of many rows to those that differ by more than their literals. A thousand rows
 * of numbers and strings say no more about the tables and functions around them than one does, and
 * parsing them in depth would cost seconds.
 */
final class LongInserts {

  /** Below it, parsing costs less than looking. */
  private static final int LONG = 2_000;

  private static final Set<String> LITERALS = Set.of("null", "true", "false", "default");

  private LongInserts() {}

  /** The same statement with fewer rows, or the text itself. */
  static String shortened(String text) {
    if (text.length() < LONG) {
      return text;
    }
    Scanner scanner = new Scanner(text);
    scanner.nextToken();
    if (!scanner.isWord("INSERT") || !goToRows(scanner)) {
      return text;
    }
    StringBuilder shorter = new StringBuilder(text.substring(0, scanner.start()));
    Set<String> seen = new HashSet<>();
    boolean more = true;
    while (more) {
      int start = scanner.start();
      String shape = shape(scanner);
      if (seen.add(shape)) {
        shorter.append(seen.size() == 1 ? "" : ", ").append(text, start, scanner.end());
      }
      int end = scanner.end();
      scanner.nextToken();
      more = scanner.isSign(',');
      if (!more) {
        return shorter.append(text.substring(end)).toString();
      }
      scanner.nextToken();
      if (!scanner.isSign('(')) {
        return text;
      }
    }
    return text;
  }

  /** Goes to the parenthesis of the first row; false where a query gives the rows. */
  private static boolean goToRows(Scanner scanner) {
    int depth = 0;
    while (scanner.nextToken() != Scanner.Kind.END) {
      if (scanner.isSign('(')) {
        depth++;
      } else if (scanner.isSign(')')) {
        depth--;
      } else if (depth == 0 && (scanner.isWord("SELECT") || scanner.isWord("WITH"))) {
        return false;
      } else if (depth == 0 && scanner.isWord("VALUES")) {
        scanner.nextToken();
        return scanner.isSign('(');
      }
    }
    return false;
  }

  /** The row's words and signs, its literals left out; the scanner then stands on its last sign. */
  private static String shape(Scanner scanner) {
    StringBuilder shape = new StringBuilder();
    StringBuilder exact = new StringBuilder();
    boolean namesRelations = false;
    int depth = 0;
    do {
      String piece = scanner.piece();
      switch (scanner.kind()) {
        case STRING, ESCAPE_STRING, DOLLAR_STRING, NUMBER -> shape.append("? ");
        case WORD -> {
          String word = piece.toLowerCase(Locale.ROOT);
          namesRelations |= Constants.takesRelation(word);
          shape.append(LITERALS.contains(word) ? "?" : word).append(' ');
        }
        case SIGN -> {
          depth += scanner.isSign('(') ? 1 : scanner.isSign(')') ? -1 : 0;
          shape.append(piece);
        }
        case QUOTED_IDENTIFIER, SPACE, COMMENT, END -> shape.append(piece);
      }
      exact.append(piece).append(' ');
    } while (depth > 0 && scanner.nextToken() != Scanner.Kind.END);
    return namesRelations ? exact.toString() : shape.toString();
  }
}
