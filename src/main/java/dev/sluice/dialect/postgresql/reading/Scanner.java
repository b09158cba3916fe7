package dev.sluice.dialect.postgresql.reading;

/**
 * Cuts a text into words, literals, comments and signs, without a grammar (manual, "Lexical
 * Structure"). Never fails: what is not closed goes on to the end.
 */
final class Scanner {

  /** What was found. */
  enum Kind {
    SPACE,
    COMMENT,
    /** A key word or an unquoted identifier. */
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    /** A string in which a backslash escapes. */
    ESCAPE_STRING,
    DOLLAR_STRING,
    NUMBER,
    /** One character of an operator or of punctuation. */
    SIGN,
    END
  }

  private final String text;
  private Kind kind = Kind.SPACE;
  private int start;
  private int end;

  Scanner(String text) {
    this.text = text;
  }

  /** Goes to the next piece, white space and comments among them. */
  Kind next() {
    start = end;
    if (start >= text.length()) {
      kind = Kind.END;
      return kind;
    }
    char c = text.charAt(start);
    if (Character.isWhitespace(c)) {
      kind = Kind.SPACE;
      end = start + 1;
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
    } else if (text.startsWith("--", start)) {
      kind = Kind.COMMENT;
      int line = text.indexOf('\n', start);
      end = line < 0 ? text.length() : line;
    } else if (text.startsWith("/*", start)) {
      kind = Kind.COMMENT;
      end = blockComment();
    } else if (c == '\'') {
      kind = Kind.STRING;
      end = quoted(start, '\'', false);
    } else if (c == '"') {
      kind = Kind.QUOTED_IDENTIFIER;
      end = quoted(start, '"', false);
    } else if (isWordStart(c)) {
      word(c);
    } else if (c >= '0' && c <= '9') {
      kind = Kind.NUMBER;
      end = number();
    } else if (c == '$' && dollarTag() > 0) {
      kind = Kind.DOLLAR_STRING;
      int tag = dollarTag();
      int close = text.indexOf(text.substring(start, tag), tag);
      end = close < 0 ? text.length() : close + tag - start;
    } else {
      kind = Kind.SIGN;
      end = start + 1;
    }
    return kind;
  }

  /** Goes to the next piece that is neither white space nor a comment. */
  Kind nextToken() {
    do {
      next();
    } while (kind == Kind.SPACE || kind == Kind.COMMENT);
    return kind;
  }

  Kind kind() {
    return kind;
  }

  int start() {
    return start;
  }

  /** Behind its last character. */
  int end() {
    return end;
  }

  /** As written. */
  String piece() {
    return text.substring(start, end);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD
        && end - start == word.length()
        && text.regionMatches(true, start, word, 0, word.length());
  }

  boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(start) == sign;
  }

  private void word(char first) {
    if (start + 1 < text.length() && text.charAt(start + 1) == '\'') {
      if (first == 'e' || first == 'E') {
        kind = Kind.ESCAPE_STRING;
        end = quoted(start + 1, '\'', true);
        return;
      }
      if ("bBxXnN".indexOf(first) >= 0) {
        kind = Kind.STRING;
        end = quoted(start + 1, '\'', false);
        return;
      }
    }
    if ((first == 'u' || first == 'U') && start + 2 < text.length()) {
      char quote = text.charAt(start + 2);
      if (text.charAt(start + 1) == '&' && (quote == '\'' || quote == '"')) {
        kind = quote == '"' ? Kind.QUOTED_IDENTIFIER : Kind.STRING;
        end = quoted(start + 2, quote, false);
        return;
      }
    }
    kind = Kind.WORD;
    end = start + 1;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
  }

  private int quoted(int open, char quote, boolean escapes) {
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (escapes && c == '\\') {
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

  private int blockComment() {
    int depth = 1;
    int at = start + 2;
    while (at < text.length() && depth > 0) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  private int number() {
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean range = c == '.' && text.startsWith("..", at);
      boolean sign =
          (c == '+' || c == '-')
              && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
              && at + 1 < text.length()
              && Character.isDigit(text.charAt(at + 1));
      if (range || !(Character.isLetterOrDigit(c) || c == '.' || c == '_' || sign)) {
        break;
      }
      at++;
    }
    return at;
  }

  /** Behind the opening tag of a dollar-quoted string; 0 where it is none. */
  private int dollarTag() {
    int at = start + 1;
    if (at < text.length() && Character.isDigit(text.charAt(at))) {
      return 0;
    }
    while (at < text.length() && text.charAt(at) != '$' && isWordPart(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '$' ? at + 1 : 0;
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
  }
}
