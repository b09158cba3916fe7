package dev.sluice.dialect.mysql.reading;

import dev.sluice.sql.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Whether a text that is cut out and not read is SQL at all: what a server would refuse is never
 * taken for understood.
 */
final class Soundness {

  private static final Set<String> VALUES =
      Set.of(
          "NULL",
          "TRUE",
          "FALSE",
          "DEFAULT",
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "UTC_DATE",
          "UTC_TIME",
          "UTC_TIMESTAMP",
          "CURRENT_USER");

  private static final Set<String> OPERATORS =
      Set.of("=", "<", ">", "+", "-", "*", "/", "%", "AND", "OR", "DIV", "LIKE");

  private static final String ROWS = "INSERT INTO t VALUES (1)";

  private Soundness() {}

  /**
   * @throws Unreadable where a quote, a comment or a parenthesis is open at the end
   */
  static void requireClosed(String sql) {
    // Behind the end there is nothing that an open quote could not reach.
    String longer = sql + "\n";
    for (int at = 0; at < sql.length(); ) {
      char c = sql.charAt(at);
      int behind = at + 1;
      String what = "";
      if (c == '\'' || c == '"') {
        behind = Scanner.behindString(longer, at);
        what = "the quote";
      } else if (c == '`') {
        behind = Scanner.behindQuoted(longer, at);
        what = "the backtick";
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        behind = end < 0 ? longer.length() : end + 2;
        what = "the comment";
      } else {
        behind = Math.max(behind, Scanner.behindComment(sql, at));
      }
      if (!what.isEmpty() && behind > sql.length()) {
        throw Unreadable.at(
            new Source("", sql).locate(at), what + " that opens here is never closed");
      }
      at = behind;
    }
    Deque<Token> open = new ArrayDeque<>();
    for (Token token : Scanner.tokens(sql)) {
      if (token.is("(")) {
        open.push(token);
      } else if (token.is(")") && open.poll() == null) {
        throw Place.of(sql, token);
      }
    }
    if (!open.isEmpty()) {
      throw Unreadable.at(
          new Source("", sql).locate(open.peek().start()),
          "the parenthesis that opens here is never closed");
    }
  }

  /**
   * Of an expression that was just skipped.
   *
   * @param start where it begins
   * @throws Unreadable where it is none
   */
  static void requireExpression(Cursor cursor, int start) {
    String sql = cursor.since(start);
    if (sql.isEmpty()) {
      throw cursor.unexpected();
    }
    if (!isPlain(sql)) {
      require(cursor.text(), start, "SELECT (" + sql + "\n)");
    }
  }

  /** Of all that stands in a statement; what it returns is MariaDB's, and no grammar has it. */
  static void requireStatement(String sql) {
    int depth = 0;
    for (Token token : Scanner.tokens(sql)) {
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth == 0 && token.kind() == Token.Kind.WORD && token.word().equals("RETURNING")) {
        Queries.requireSyntax("SELECT " + sql.substring(token.start() + token.word().length()));
        String before = sql.substring(0, token.start()).strip();
        if (!before.equals(ROWS)) {
          Queries.requireSyntax(before);
        }
        return;
      }
    }
    Queries.requireSyntax(sql);
  }

  /** Of what stands behind the rows of an INSERT, however many there are. */
  static void requireTail(String tail) {
    requireStatement(ROWS + " " + tail);
  }

  private static void require(String text, int start, String sql) {
    try {
      Queries.requireSyntax(sql);
    } catch (Unreadable e) {
      throw Unreadable.at(
          new Source("", text).locate(start),
          "what begins here is no expression that is understood");
    }
  }

  /** Values between operators: right without asking a grammar, and nearly all that there is. */
  static boolean isPlain(String sql) {
    List<Token> tokens = Scanner.tokens(sql);
    int at = 0;
    while (true) {
      while (tokens.get(at).is("-") && tokens.get(at + 1).kind() == Token.Kind.NUMBER) {
        at++;
      }
      int behind = behindValue(tokens, at);
      if (behind == at) {
        return false;
      }
      at = behind;
      if (tokens.get(at).kind() == Token.Kind.END) {
        return true;
      }
      if (!OPERATORS.contains(upper(tokens.get(at)))) {
        return false;
      }
      at++;
    }
  }

  private static int behindValue(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    return switch (token.kind()) {
      case NUMBER, STRING, VARIABLE -> at + 1;
      case QUOTED -> behindName(tokens, at + 1);
      case WORD -> {
        boolean value = VALUES.contains(token.word());
        if (!value && (ReservedWords.has(token.word()) || OPERATORS.contains(token.word()))) {
          yield at;
        }
        yield tokens.get(at + 1).is("(") && tokens.get(at + 2).is(")")
            ? at + 3
            : value ? at + 1 : behindName(tokens, at + 1);
      }
      case SIGN, END -> at;
    };
  }

  private static int behindName(List<Token> tokens, int behind) {
    int at = behind;
    while (tokens.get(at).is(".")
        && (tokens.get(at + 1).kind() == Token.Kind.WORD
            || tokens.get(at + 1).kind() == Token.Kind.QUOTED)) {
      at += 2;
    }
    return at;
  }

  private static String upper(Token token) {
    return token.kind() == Token.Kind.WORD ? token.word() : token.text();
  }
}
