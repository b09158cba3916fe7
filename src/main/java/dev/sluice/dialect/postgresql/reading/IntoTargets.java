package dev.sluice.dialect.postgresql.reading;

import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * Takes {@code INTO [STRICT] a, b.c} out of a PL/pgSQL body: the grammar has no word for it, and
 * the variables name nothing outside the body. What stays is the statement that is run.
 */
final class IntoTargets {

  private IntoTargets() {}

  static void hide(CommonTokenStream stream) {
    List<Token> tokens = stream.getTokens();
    int before = Token.INVALID_TYPE;
    for (int at = 0; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      // After INSERT and MERGE the word leads to a table.
      if (token.getType() == SQLLexer.INTO
          && before != SQLLexer.INSERT
          && before != SQLLexer.MERGE) {
        at = hideFrom(tokens, at);
      } else {
        before = token.getType();
      }
    }
  }

  /** Hides the clause that begins at {@code into}; the index of its last token. */
  private static int hideFrom(List<Token> tokens, int into) {
    int last = into;
    hide(tokens.get(into));
    int at = next(tokens, into);
    if (type(tokens, at) == SQLLexer.STRICT) {
      hide(tokens.get(at));
      last = at;
      at = next(tokens, at);
    }
    while (true) {
      // One target: a name, with its parts and subscripts.
      hide(tokens.get(at));
      last = at;
      at = next(tokens, at);
      while (type(tokens, at) == SQLLexer.DOT || type(tokens, at) == SQLLexer.LEFT_BRACKET) {
        int close =
            type(tokens, at) == SQLLexer.DOT ? next(tokens, at) : closingBracket(tokens, at);
        for (int i = at; i <= close && type(tokens, i) != Token.EOF; i++) {
          hide(tokens.get(i));
        }
        last = close;
        at = next(tokens, close);
      }
      if (type(tokens, at) != SQLLexer.COMMA) {
        return last;
      }
      hide(tokens.get(at));
      at = next(tokens, at);
    }
  }

  private static int closingBracket(List<Token> tokens, int open) {
    int depth = 0;
    int at = open;
    while (type(tokens, at) != Token.EOF) {
      if (type(tokens, at) == SQLLexer.LEFT_BRACKET) {
        depth++;
      } else if (type(tokens, at) == SQLLexer.RIGHT_BRACKET && --depth == 0) {
        return at;
      }
      at = next(tokens, at);
    }
    return at;
  }

  private static int next(List<Token> tokens, int at) {
    int next = Math.min(at + 1, tokens.size() - 1);
    while (tokens.get(next).getType() != Token.EOF
        && tokens.get(next).getChannel() != Token.DEFAULT_CHANNEL) {
      next++;
    }
    return next;
  }

  private static int type(List<Token> tokens, int at) {
    return tokens.get(at).getType();
  }

  private static void hide(Token token) {
    if (token.getType() != Token.EOF) {
      ((WritableToken) token).setChannel(Token.HIDDEN_CHANNEL);
    }
  }
}
