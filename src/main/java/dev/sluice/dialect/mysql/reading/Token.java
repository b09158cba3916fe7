package dev.sluice.dialect.mysql.reading;

import java.util.Locale;

/**
 * One piece of a statement; neither white space nor comments are.
 *
 * @param end behind its last character
 * @param text as written, quotes included
 */
record Token(Kind kind, int start, int end, String text) {

  enum Kind {
    WORD,
    /** Between backticks. */
    QUOTED,
    /** Between single or double quotes. */
    STRING,
    NUMBER,
    /** From @ or @@ on. */
    VARIABLE,
    SIGN,
    END
  }

  /** A bare word in upper case; empty for everything else. */
  String word() {
    return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
  }

  /** Whether it is this word or sign; {@code what} is in upper case. */
  boolean is(String what) {
    return switch (kind) {
      case WORD -> text.equalsIgnoreCase(what);
      case SIGN -> text.equals(what);
      case QUOTED, STRING, NUMBER, VARIABLE, END -> false;
    };
  }
}
