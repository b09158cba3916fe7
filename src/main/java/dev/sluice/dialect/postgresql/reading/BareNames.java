package dev.sluice.dialect.postgresql.reading;

import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Takes the name of the row off the columns of an expression: {@code o.total} is {@code total}. */
public final class BareNames {

  /** Inside a query a bare name is first looked for among what that query reads. */
  private static final Set<String> QUERIES = Set.of("SELECT", "VALUES", "TABLE");

  /** A token, with the white space and comments before it. */
  private record Piece(Scanner.Kind kind, String before, String text) {
    boolean isName() {
      return kind == Scanner.Kind.WORD || kind == Scanner.Kind.QUOTED_IDENTIFIER;
    }

    Name name() {
      return new Name(
          kind == Scanner.Kind.WORD
              ? text.toLowerCase(Locale.ROOT)
              : text.substring(1, text.length() - 1).replace("\"\"", "\""));
    }

    boolean is(char sign) {
      return kind == Scanner.Kind.SIGN && text.charAt(0) == sign;
    }
  }

  private static final Piece NOTHING = new Piece(Scanner.Kind.END, "", "");

  private final List<Piece> pieces;
  private final Name row;
  private final Function<Name, String> quote;

  private BareNames(String sql, Name row, Function<Name, String> quote) {
    this.pieces = pieces(sql);
    this.row = row;
    this.quote = quote;
  }

  /**
   * The expression over bare names.
   *
   * @param row what it calls the row
   * @param quote writes a name
   * @return empty where it names the row as a whole, or holds a query
   */
  public static Optional<String> in(String sql, Name row, Function<Name, String> quote) {
    return new BareNames(sql, row, quote).write();
  }

  private static List<Piece> pieces(String sql) {
    List<Piece> pieces = new ArrayList<>();
    Scanner scanner = new Scanner(sql);
    int behind = 0;
    while (scanner.nextToken() != Scanner.Kind.END) {
      pieces.add(
          new Piece(scanner.kind(), sql.substring(behind, scanner.start()), scanner.piece()));
      behind = scanner.end();
    }
    pieces.add(new Piece(Scanner.Kind.END, sql.substring(behind), ""));
    return pieces;
  }

  private Piece at(int i) {
    return i >= 0 && i < pieces.size() ? pieces.get(i) : NOTHING;
  }

  private Optional<String> write() {
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = at(i);
      if (QUERIES.contains(piece.text().toUpperCase(Locale.ROOT))) {
        return Optional.empty();
      }
      written.append(piece.before());
      if (!isRow(i)) {
        written.append(piece.text());
      } else if (isColumn(i)) {
        written.append(quote.apply(at(i + 2).name()));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(written.toString());
  }

  /** Behind a dot it is a column, before a bracket a function. */
  private boolean isRow(int i) {
    return at(i).isName()
        && (at(i).kind() != Scanner.Kind.QUOTED_IDENTIFIER || at(i).text().length() > 2)
        && at(i).name().equals(row)
        && !at(i - 1).is('.')
        && !at(i + 1).is('(');
  }

  /** Not a function of the schema of that name, nor a column of a table in it. */
  private boolean isColumn(int i) {
    return at(i + 1).is('.') && at(i + 2).isName() && !at(i + 3).is('.') && !at(i + 3).is('(');
  }
}
