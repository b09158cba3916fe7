package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Workload.BoundSql;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits SQL at its semicolons and turns {@code :name} into {@code ?}, leaving strings, quoted
 * names, comments, dollar quotes and {@code ::} casts alone. A backslash in a string is an ordinary
 * character here, as it is in standard SQL.
 */
final class SqlScanner {

  private final String text;
  private final List<BoundSql> statements = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final StringBuilder sql = new StringBuilder();
  private int at;

  private SqlScanner(String text) {
    this.text = text;
  }

  /**
   * The statements of {@code text}, without their semicolons.
   *
   * @throws IllegalArgumentException where a quote or comment has no end, or a bare {@code ?}
   *     stands in the SQL
   */
  static List<BoundSql> scan(String text) {
    return new SqlScanner(text).scan();
  }

  private List<BoundSql> scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '\'', '"', '`' -> copyUntil(String.valueOf(c), 1);
        case '-' -> copyComment("--", "\n");
        case '/' -> copyComment("/*", "*/");
        case '$' -> copyDollarQuote();
        case ':' -> parameter();
        case ';' -> {
          at++;
          endOfStatement();
        }
        case '?' ->
            throw new IllegalArgumentException(
                "a bare ? is taken for a parameter by JDBC; write the operator's function instead");
        default -> copy(1);
      }
    }
    endOfStatement();
    return List.copyOf(statements);
  }

  private void copy(int length) {
    sql.append(text, at, at + length);
    at += length;
  }

  /** Copies what opens here, of {@code opening} characters, up to and with {@code end}. */
  private void copyUntil(String end, int opening) {
    int found = text.indexOf(end, at + opening);
    if (found < 0) {
      throw new IllegalArgumentException("no " + end + " ends what begins here: " + beginning());
    }
    copy(found + end.length() - at);
  }

  private void copyComment(String opening, String end) {
    if (!text.startsWith(opening, at)) {
      copy(1);
    } else if (end.equals("\n") && text.indexOf(end, at) < 0) {
      copy(text.length() - at);
    } else {
      copyUntil(end, opening.length());
    }
  }

  private void copyDollarQuote() {
    int tagEnd = at + 1;
    while (tagEnd < text.length() && isNamePart(text.charAt(tagEnd))) {
      tagEnd++;
    }
    boolean quote =
        tagEnd < text.length()
            && text.charAt(tagEnd) == '$'
            && !(at > 0 && isNamePart(text.charAt(at - 1)));
    if (quote) {
      String tag = text.substring(at, tagEnd + 1);
      copyUntil(tag, tag.length());
    } else {
      copy(1);
    }
  }

  private void parameter() {
    if (text.startsWith("::", at)) {
      copy(2);
      return;
    }
    int end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    // :2 is an array slice, := an assignment.
    if (end == at + 1 || Character.isDigit(text.charAt(at + 1))) {
      copy(1);
      return;
    }
    parameters.add(text.substring(at + 1, end));
    sql.append('?');
    at = end;
  }

  private void endOfStatement() {
    String statement = sql.toString().strip();
    if (!statement.isEmpty()) {
      statements.add(new BoundSql(statement, parameters));
    }
    sql.setLength(0);
    parameters.clear();
  }

  private String beginning() {
    return text.substring(at, Math.min(text.length(), at + 20)).lines().findFirst().orElse("");
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
