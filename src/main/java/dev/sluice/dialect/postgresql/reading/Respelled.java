package dev.sluice.dialect.postgresql.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements that the server takes and the grammar does not, in words that both take and that mean
 * the same.
 */
final class Respelled {

  private Respelled() {}

  /**
   * {@code LANGUAGE 'plpgsql'} as {@code LANGUAGE "plpgsql"}, at the same length, so that places
   * stay. Older servers wrote it so, and migrations keep it.
   */
  static String languages(String text) {
    if (!mayHoldLanguage(text)) {
      return text;
    }
    StringBuilder respelled = null;
    Scanner scanner = new Scanner(text);
    boolean afterLanguage = false;
    while (scanner.nextToken() != Scanner.Kind.END) {
      if (afterLanguage && scanner.kind() == Scanner.Kind.STRING) {
        String piece = scanner.piece();
        if (piece.startsWith("'") && piece.indexOf('\'', 1) == piece.length() - 1) {
          respelled = respelled == null ? new StringBuilder(text) : respelled;
          respelled.setCharAt(scanner.start(), '"');
          respelled.setCharAt(scanner.end() - 1, '"');
        }
      }
      afterLanguage = scanner.isWord("LANGUAGE");
    }
    return respelled == null ? text : respelled.toString();
  }

  /** Statements that together mean the one that the grammar refused; empty where none are known. */
  static List<String> statements(String text) {
    Scanner scanner = new Scanner(text);
    scanner.nextToken();
    if (scanner.isWord("DROP")) {
      return drop(text, scanner);
    }
    if (scanner.isWord("ALTER")) {
      scanner.nextToken();
      return isRoutine(scanner) ? routine(text, scanner) : attributesInOrder(text);
    }
    if (scanner.isWord("CREATE")) {
      List<String> recursive = RespelledWords.recursiveView(text);
      return recursive.isEmpty() ? attributesInOrder(text) : recursive;
    }
    if (scanner.isWord("COMMENT")) {
      return withArguments(text, scanner).map(List::of).orElse(List.of());
    }
    if (scanner.isWord("GRANT") || scanner.isWord("REVOKE")) {
      return withArguments(text, scanner)
          .map(List::of)
          .orElseGet(() -> RespelledWords.privilegesOfColumns(text));
    }
    if (scanner.isWord("SET")) {
      scanner.nextToken();
      int start = scanner.start();
      if (scanner.isWord("SESSION") || scanner.isWord("LOCAL")) {
        scanner.nextToken();
      }
      String scope = text.substring(start, scanner.start());
      if (scanner.isWord("ROLE")) {
        scanner.nextToken();
        return scanner.kind() == Scanner.Kind.STRING
            ? List.of("SET " + scope + "ROLE \"" + Literals.value(scanner.piece()) + '"')
            : List.of();
      }
      return parameter(scanner)
          .map(p -> List.of("SET " + scope + p + " TO" + text.substring(scanner.end())))
          .orElse(List.of());
    }
    return List.of();
  }

  private static List<String> attributesInOrder(String text) {
    String ordered = ConstraintAttributes.ordered(RespelledWords.known(text));
    return ordered.equals(text) ? List.of() : List.of(ordered);
  }

  /** {@code ON FUNCTION f} as {@code ON FUNCTION f()}: what is said of it stays in the text. */
  private static Optional<String> withArguments(String text, Scanner scanner) {
    while (!isRoutine(scanner)) {
      if (scanner.nextToken() == Scanner.Kind.END) {
        return Optional.empty();
      }
    }
    StringBuilder respelled = new StringBuilder(text.substring(0, scanner.end()));
    do {
      scanner.nextToken();
      int end = scanner.end();
      respelled.append(' ').append(scanner.piece());
      scanner.nextToken();
      while (scanner.isSign('.')) {
        scanner.nextToken();
        end = scanner.end();
        respelled.append('.').append(scanner.piece());
        scanner.nextToken();
      }
      if (scanner.isSign('(')) {
        while (!scanner.isSign(')') && scanner.nextToken() != Scanner.Kind.END) {}
        respelled.append(text, end, scanner.end());
        scanner.nextToken();
      } else {
        respelled.append("()");
      }
      respelled.append(scanner.isSign(',') ? "," : " ");
    } while (scanner.isSign(','));
    return Optional.of(respelled.append(text.substring(scanner.start())).toString());
  }

  /** ALTER ROUTINE, and ALTER FUNCTION without arguments, which is the only one of that name. */
  private static List<String> routine(String text, Scanner scanner) {
    String kind = scanner.isWord("ROUTINE") ? "FUNCTION" : scanner.piece();
    String respelled = "ALTER " + kind + text.substring(scanner.end());
    Scanner again = new Scanner(respelled);
    again.nextToken();
    return withArguments(respelled, again).map(List::of).orElse(List.of());
  }

  private static boolean isRoutine(Scanner scanner) {
    return scanner.isWord("FUNCTION")
        || scanner.isWord("PROCEDURE")
        || scanner.isWord("ROUTINE")
        || scanner.isWord("AGGREGATE");
  }

  private static Optional<String> parameter(Scanner scanner) {
    if (scanner.isWord("NAMES")) {
      return Optional.of("client_encoding");
    }
    return scanner.isWord("SCHEMA") ? Optional.of("search_path") : Optional.empty();
  }

  /** DROP ROUTINE, and DROP FUNCTION of several. */
  private static List<String> drop(String text, Scanner scanner) {
    scanner.nextToken();
    if (!isRoutine(scanner)) {
      return List.of();
    }
    String kind = scanner.isWord("ROUTINE") ? "FUNCTION" : scanner.piece();
    String ifExists = "";
    scanner.nextToken();
    if (scanner.isWord("IF")) {
      scanner.nextToken();
      scanner.nextToken();
      ifExists = " IF EXISTS";
    }
    List<String> names = new ArrayList<>();
    String behaviour = "";
    int depth = 0;
    int start = scanner.start();
    int end = start;
    while (scanner.kind() != Scanner.Kind.END) {
      if (depth == 0 && (scanner.isWord("CASCADE") || scanner.isWord("RESTRICT"))) {
        behaviour = " " + scanner.piece();
        break;
      }
      depth += scanner.isSign('(') ? 1 : scanner.isSign(')') ? -1 : 0;
      if (depth == 0 && scanner.isSign(',')) {
        names.add(text.substring(start, end));
        scanner.nextToken();
        start = scanner.start();
      } else {
        end = scanner.end();
        scanner.nextToken();
      }
    }
    names.add(text.substring(start, end));
    List<String> statements = new ArrayList<>();
    for (String name : names) {
      statements.add("DROP " + kind + ifExists + " " + name + behaviour);
    }
    return statements;
  }

  // Asked of every statement: its rarest letters first.
  private static boolean mayHoldLanguage(String text) {
    for (int at = 4; at < text.length(); at++) {
      char c = text.charAt(at);
      if ((c == 'u' || c == 'U') && text.regionMatches(true, at - 4, "language", 0, 8)) {
        return true;
      }
    }
    return false;
  }
}
