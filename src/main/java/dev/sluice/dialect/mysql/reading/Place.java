package dev.sluice.dialect.mysql.reading;

import dev.sluice.sql.Source;

/** Says where in a statement reading stopped. A literal may be a secret, so none is repeated. */
final class Place {

  private Place() {}

  static Unreadable of(String text, Token token) {
    return token.kind() == Token.Kind.END
        ? new Unreadable("reading stopped at its end, where more is expected")
        : Unreadable.at(
            new Source("", text).locate(token.start()), "reading stopped at " + shown(token));
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case WORD, QUOTED, SIGN, VARIABLE -> "\"" + token.text() + "\"";
      case STRING -> "a literal";
      case NUMBER -> "a number";
      case END -> "its end";
    };
  }
}
