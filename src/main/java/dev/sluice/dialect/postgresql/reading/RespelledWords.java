package dev.sluice.dialect.postgresql.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that the server takes where the grammar does not, in words that both take. */
final class RespelledWords {

  /** Names of types that the grammar knows as key words only, and so not behind a schema. */
  private static final Set<String> TYPES =
      Set.of("bit", "interval", "numeric", "time", "timestamp", "varchar");

  private static final Map<String, String> INTEGERS =
      Map.of("int", "integer", "int4", "integer", "int2", "smallint", "int8", "bigint");

  private record Token(Scanner.Kind kind, int start, int end, String piece) {
    boolean is(String word) {
      return kind == Scanner.Kind.WORD && piece.equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
      return kind == Scanner.Kind.SIGN && piece.equals(sign);
    }

    boolean isName() {
      return kind == Scanner.Kind.WORD || kind == Scanner.Kind.QUOTED_IDENTIFIER;
    }

    String lower() {
      return piece.toLowerCase(Locale.ROOT);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder respelled = new StringBuilder();
  private int copied;

  private RespelledWords(String text) {
    this.text = text;
    Scanner scanner = new Scanner(text);
    while (scanner.nextToken() != Scanner.Kind.END) {
      tokens.add(new Token(scanner.kind(), scanner.start(), scanner.end(), scanner.piece()));
    }
  }

  /** Of CREATE and ALTER; the text itself where there is nothing to respell. */
  static String known(String text) {
    return new RespelledWords(text).known();
  }

  private String known() {
    boolean sequence = head("SEQUENCE");
    boolean routine = head("FUNCTION") || head("PROCEDURE");
    boolean search = head("SEARCH");
    if (head("MATERIALIZED") && moves()) {
      // The server takes ALTER TABLE for it too.
      replace(tokens.get(1).start, tokens.get(2).end, "TABLE");
    }
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (i > 1
          && tokens.get(i - 1).isSign(".")
          && isCatalog(i - 2)
          && TYPES.contains(token.lower())) {
        replace(token.start, token.end, '"' + token.lower() + '"');
      } else if (sequence && tokens.get(i - 1).is("AS") && INTEGERS.containsKey(token.lower())) {
        replace(token.start, token.end, String.valueOf(INTEGERS.get(token.lower())));
      } else if (search && tokens.get(i - 1).isSign("=") && token.is("DEFAULT")) {
        replace(token.start, token.end, "\"default\"");
      } else if (routine && token.is("TYPE") && tokens.get(i - 1).isSign("%")) {
        ofColumn(i);
      }
    }
    return copied == 0 ? text : respelled + text.substring(copied);
  }

  private boolean head(String word) {
    return tokens.stream()
        .limit(5)
        .skip(1)
        .takeWhile(t -> t.kind == Scanner.Kind.WORD)
        .anyMatch(t -> t.is(word));
  }

  private boolean moves() {
    int last = tokens.size() - 1;
    return tokens.get(0).is("ALTER")
        && last > 3
        && (tokens.stream().anyMatch(t -> t.is("TABLESPACE"))
            || tokens.stream().anyMatch(t -> t.is("METHOD")))
        && !tokens.get(3).is("ALL");
  }

  private boolean isCatalog(int at) {
    return at >= 0 && tokens.get(at).is("pg_catalog");
  }

  private static final Pattern OF_COLUMN = Pattern.compile("(?i)\"([^\"]+%\\s*type)\"");

  /** With types of columns as they were written. */
  static String typesOfColumns(String respelled) {
    return OF_COLUMN.matcher(respelled).replaceAll("$1");
  }

  /** {@code customers.email%TYPE} as a type of that name: what it stands for is the server's. */
  private void ofColumn(int type) {
    int first = type - 2;
    while (first > 1 && tokens.get(first - 1).isSign(".")) {
      first -= 2;
    }
    if (first > 0 && tokens.get(first).isName() && tokens.get(first).start >= copied) {
      int start = tokens.get(first).start;
      String written = text.substring(start, tokens.get(type).end);
      if (!written.contains("\"")) {
        replace(start, tokens.get(type).end, '"' + written + '"');
      }
    }
  }

  private void replace(int start, int end, String with) {
    respelled.append(text, copied, start).append(with);
    copied = end;
  }

  /** Without the columns that privileges are given on: of these the table is what counts. */
  static List<String> privilegesOfColumns(String text) {
    RespelledWords words = new RespelledWords(text);
    int depth = 0;
    for (Token token : words.tokens) {
      if (depth == 0 && token.is("ON")) {
        break;
      }
      if (token.isSign("(") && depth++ == 0) {
        words.replace(token.start, token.start, "");
      }
      if (token.isSign(")") && --depth == 0) {
        words.copied = token.end;
      }
    }
    return words.copied == 0 ? List.of() : List.of(words.respelled + text.substring(words.copied));
  }

  /**
   * {@code CREATE RECURSIVE VIEW v (n) AS q} as {@code CREATE VIEW v (n) AS WITH RECURSIVE v (n) AS
   * (q) SELECT n FROM v} (manual, "CREATE VIEW").
   */
  static List<String> recursiveView(String text) {
    RespelledWords words = new RespelledWords(text);
    List<Token> all = words.tokens;
    Optional<Integer> recursive = words.find("RECURSIVE", 1, 5);
    Optional<Integer> as = recursive.flatMap(r -> words.find("AS", r, all.size()));
    if (as.isEmpty() || !all.get(recursive.get() + 1).is("VIEW")) {
      return List.of();
    }
    int open = recursive.get();
    while (open < as.get() && !all.get(open).isSign("(")) {
      open++;
    }
    int close = open;
    while (close < as.get() && !all.get(close).isSign(")")) {
      close++;
    }
    if (close == as.get()) {
      return List.of();
    }
    String columns = text.substring(all.get(open).start, all.get(close).end);
    String name = all.get(open - 1).piece;
    String query = text.substring(all.get(as.get()).end);
    return List.of(
        text.substring(0, all.get(recursive.get()).start)
            + text.substring(all.get(recursive.get()).end, all.get(as.get()).end)
            + " WITH RECURSIVE "
            + name
            + " "
            + columns
            + " AS ("
            + query.strip().replaceAll(";+$", "")
            + ") SELECT "
            + columns.substring(1, columns.length() - 1)
            + " FROM "
            + name);
  }

  private Optional<Integer> find(String word, int from, int to) {
    for (int i = from; i < Math.min(to, tokens.size()); i++) {
      if (tokens.get(i).is(word)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
