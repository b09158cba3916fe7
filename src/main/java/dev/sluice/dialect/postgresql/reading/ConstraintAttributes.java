package dev.sluice.dialect.postgresql.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Puts what stands behind a constraint into the one order that the grammar knows: {@code NOT VALID
 * DEFERRABLE INITIALLY DEFERRED}. The server takes any, and shows NOT VALID last.
 */
final class ConstraintAttributes {

  private static final List<String> ORDER =
      List.of(
          "NOT VALID", "NOT DEFERRABLE", "DEFERRABLE", "INITIALLY DEFERRED", "INITIALLY IMMEDIATE");

  private ConstraintAttributes() {}

  /** The text itself where nothing stands out of order. */
  static String ordered(String text) {
    StringBuilder ordered = new StringBuilder();
    Scanner scanner = new Scanner(text);
    int copied = 0;
    scanner.nextToken();
    while (scanner.kind() != Scanner.Kind.END) {
      int start = scanner.start();
      List<String> run = new ArrayList<>();
      int end = start;
      String attribute = attribute(text, scanner);
      while (!attribute.isEmpty()) {
        run.add(attribute);
        end = scanner.end();
        scanner.nextToken();
        attribute = attribute(text, scanner);
      }
      List<String> sorted = run.stream().sorted(Comparator.comparingInt(ORDER::indexOf)).toList();
      if (!sorted.equals(run)) {
        ordered.append(text, copied, start).append(String.join(" ", sorted));
        copied = end;
      }
      if (run.isEmpty()) {
        scanner.nextToken();
      }
    }
    return ordered.isEmpty() ? text : ordered.append(text.substring(copied)).toString();
  }

  /** The attribute that begins here, the scanner then on its last word; empty where none does. */
  private static String attribute(String text, Scanner scanner) {
    if (scanner.isWord("DEFERRABLE")) {
      return "DEFERRABLE";
    }
    if (!scanner.isWord("NOT") && !scanner.isWord("INITIALLY")) {
      return "";
    }
    Scanner ahead = new Scanner(text.substring(scanner.end()));
    ahead.nextToken();
    String both = (scanner.piece() + " " + ahead.piece()).toUpperCase(Locale.ROOT);
    if (!ORDER.contains(both)) {
      return "";
    }
    scanner.nextToken();
    return both;
  }
}
