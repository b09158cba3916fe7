package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Characters;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/**
 * The full grammar of PostgreSQL. Parses a text whole or not at all: nothing is repaired, nothing
 * is printed. Safe for several threads, which share what the parser has learned.
 */
final class Grammar {

  private Grammar() {}

  /** Statements, as in a file or in the body of an SQL function. */
  static SQLParser.SqlContext statements(String text) {
    return parse(text, SQLParser::sql, false);
  }

  /** Expressions, separated by commas. */
  static SQLParser.Vex_eofContext expression(String text) {
    return parse(text, SQLParser::vex_eof, false);
  }

  /** A block of PL/pgSQL: the body of a function or of DO. */
  static SQLParser.Plpgsql_functionContext block(String text) {
    return parse(text, SQLParser::plpgsql_function, true);
  }

  /** A type as in a column's definition, and nothing behind it. */
  static SQLParser.Data_typeContext type(String text) {
    SQLParser.Data_typeContext type = parse(text, SQLParser::data_type, false);
    Scanner behind = new Scanner(text.substring(type.getStop().getStopIndex() + 1));
    if (behind.nextToken() != Scanner.Kind.END) {
      throw new Unreadable("more than a type");
    }
    return type;
  }

  private static <C extends ParserRuleContext> C parse(
      String text, Function<SQLParser, C> rule, boolean block) {
    if (Nesting.isTooDeep(text)) {
      throw new Unreadable("it is nested too deeply");
    }
    String plain = Respelled.languages(EscapeStrings.doubled(PlainLetters.in(text)));
    SQLLexer lexer = new SQLLexer(Characters.of(plain));
    lexer.removeErrorListeners();
    lexer.addErrorListener(Stop.AT_BAD_CHARACTER);
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    if (block) {
      tokens.fill();
      IntoTargets.hide(tokens);
    }
    SQLParser parser = new SQLParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    // SLL is quicker, and what it accepts is right; what it refuses may only need LL's longer view.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return rule.apply(parser);
    } catch (ParseCancellationException refusedBySll) {
      parser.reset();
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      try {
        return rule.apply(parser);
      } catch (ParseCancellationException refused) {
        throw where(refused, text);
      }
    }
  }

  private static Unreadable where(ParseCancellationException refused, String text) {
    Token token =
        refused.getCause() instanceof RecognitionException cause ? cause.getOffendingToken() : null;
    return stopsAt(token, text);
  }

  private static Unreadable stopsAt(@Nullable Token token, String text) {
    if (token == null) {
      return new Unreadable("reading stopped");
    }
    if (token.getType() == Token.EOF) {
      return new Unreadable("reading stopped at its end, where more is expected");
    }
    return Place.of(text, token.getStartIndex());
  }

  /** The lexer has a token for every character, so this is a bug of the grammar; never skip one. */
  private static final class Stop extends BaseErrorListener {
    static final Stop AT_BAD_CHARACTER = new Stop();

    @Override
    public void syntaxError(
        @Nullable Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        @Nullable String message,
        @Nullable RecognitionException cause) {
      throw new ParseCancellationException();
    }
  }
}
