package dev.sluice.dialect.mysql.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a text into tokens as the servers' scanners do (manual, "Language Structure"). Never fails:
 * what is not closed reaches to the end.
 */
final class Scanner {

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[eE]\\d*)?|0x[0-9A-Fa-f]+|0b[01]+");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Scanner(String text) {
    this.text = text;
  }

  /** All of them; the last is the only END. */
  static List<Token> tokens(String text) {
    Scanner scanner = new Scanner(text);
    while (scanner.skipped() < text.length()) {
      scanner.next();
    }
    scanner.tokens.add(new Token(Token.Kind.END, text.length(), text.length(), ""));
    return List.copyOf(scanner.tokens);
  }

  /** Goes to the next token; gives its place. */
  private int skipped() {
    while (at < text.length()) {
      int behind = behindComment(text, at);
      if (behind > at) {
        at = behind;
      } else if (text.charAt(at) <= ' ' || text.charAt(at) == '\u007f') {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  /** Where a comment ends that begins here; {@code at} where none does. */
  static int behindComment(String text, int at) {
    char c = text.charAt(at);
    if (c == '#' || (c == '-' && isDashes(text, at))) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end + 1;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return at;
  }

  // Two dashes are a comment only in front of white space: a--1 is arithmetic.
  private static boolean isDashes(String text, int at) {
    return text.startsWith("--", at) && (at + 2 == text.length() || text.charAt(at + 2) <= ' ');
  }

  private void next() {
    int start = at;
    char c = text.charAt(at);
    Token.Kind kind;
    if (c == '\'' || c == '"') {
      at = behindString(text, at);
      kind = Token.Kind.STRING;
    } else if (c == '`') {
      at = behindQuoted(text, at);
      kind = Token.Kind.QUOTED;
    } else if (c == '@') {
      variable();
      kind = Token.Kind.VARIABLE;
    } else if (isLetter(c) || (c == '.' && isFraction(start))) {
      kind = wordOrNumber(start);
    } else {
      at++;
      kind = Token.Kind.SIGN;
    }
    tokens.add(new Token(kind, start, at, text.substring(start, at)));
  }

  /** Behind the closing quote of a string that begins here. */
  static int behindString(String text, int start) {
    char quote = text.charAt(start);
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return text.length();
  }

  /** Behind the closing backtick of a name that begins here. */
  static int behindQuoted(String text, int start) {
    int at = start + 1;
    while (at < text.length()) {
      if (text.charAt(at) != '`') {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '`') {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return text.length();
  }

  private void variable() {
    at++;
    if (at < text.length() && text.charAt(at) == '@') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '`') {
      at = behindQuoted(text, at);
    } else if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      at = behindString(text, at);
    } else {
      while (at < text.length() && (isLetter(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
    }
  }

  /** Whether the dot here begins a number: behind a name it leads to a column. */
  private boolean isFraction(int dot) {
    boolean digit = dot + 1 < text.length() && isDigit(text.charAt(dot + 1));
    if (!digit || tokens.isEmpty()) {
      return digit;
    }
    Token before = tokens.getLast();
    return before.end() != dot
        || before.kind() == Token.Kind.SIGN
        || before.kind() == Token.Kind.NUMBER;
  }

  private Token.Kind wordOrNumber(int start) {
    letters();
    String run = text.substring(start, at);
    boolean behindDot = !tokens.isEmpty() && tokens.getLast().is(".") && isName(tokens.size() - 2);
    boolean fraction = run.isEmpty();
    if (!fraction && (behindDot || !NUMBER.matcher(run).matches())) {
      return Token.Kind.WORD;
    }
    boolean hex = run.length() > 1 && (run.charAt(1) == 'x' || run.charAt(1) == 'b');
    if (!hex && at < text.length() && text.charAt(at) == '.') {
      at++;
      letters();
    }
    boolean exponent = "eE".indexOf(text.charAt(at - 1)) >= 0 && !hex;
    if (exponent && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
      at++;
      letters();
    }
    return Token.Kind.NUMBER;
  }

  private boolean isName(int index) {
    return index >= 0
        && (tokens.get(index).kind() == Token.Kind.WORD
            || tokens.get(index).kind() == Token.Kind.QUOTED);
  }

  private void letters() {
    while (at < text.length() && isLetter(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** What an unquoted name may hold; a no-break space is a letter, as it is to the servers. */
  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '_'
        || c == '$'
        || c >= '\u0080';
  }
}
