package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.reading.Characters;
import io.debezium.antlr.mysql.SqlMode;
import io.debezium.ddl.parser.mariadb.generated.MariaDBLexer;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.ddl.parser.mysql.generated.MySqlLexer;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * The engines' full grammars. Each parses a text whole or not at all: nothing is repaired, nothing
 * is printed. Safe for several threads, which share what the parsers have learned.
 */
final class Grammar {

  /** More than any statement that a person or a tool writes. */
  private static final int DEEPEST = 200;

  /** The newest that the grammar knows: what an older server refuses is the server's to refuse. */
  private static final int NEWEST_MYSQL = 90_100;

  private static final Set<String> CHARSETS =
      Set.of("_utf8mb4", "_utf8", "_utf8mb3", "_latin1", "_binary", "_ascii", "_ucs2");

  private Grammar() {}

  /**
   * A statement, or the body of a routine, by MariaDB's grammar, which knows MySQL's words too.
   *
   * @throws Unreadable where it refuses
   */
  static ParseTree mariadb(String sql) {
    refuseDepth(sql);
    Generated.mariadb();
    // A statement is only one inside a body where a semicolon follows.
    String text = Cursor.withoutSemicolons(sql) + "\n;";
    CommonTokenStream tokens = tokens(new MariaDBLexer(Characters.inUpperCase(text)));
    MariaDBParser parser = new MariaDBParser(tokens);
    parser.setInterpreter(new LongerView(parser));
    ParseTree tree = parsed(parser, parser::procedureSqlStatement);
    if (tokens.LA(1) != Token.EOF) {
      throw Place.of(sql, at(sql, tokens.LT(1)));
    }
    return tree;
  }

  /**
   * Whether MySQL's grammar takes the statement.
   *
   * @throws Unreadable where it refuses
   */
  static void mysql(String sql) {
    refuseDepth(sql);
    Generated.mysql();
    MySqlLexer lexer = new MySqlLexer(Characters.inUpperCase(Cursor.withoutSemicolons(sql)));
    lexer.serverVersion = NEWEST_MYSQL;
    lexer.sqlModes = EnumSet.noneOf(SqlMode.class);
    lexer.charSets = new HashSet<>(CHARSETS);
    CommonTokenStream tokens = tokens(lexer);
    MySqlParser parser = new MySqlParser(tokens);
    parser.serverVersion = NEWEST_MYSQL;
    parser.sqlModes = EnumSet.noneOf(SqlMode.class);
    parsed(parser, parser::query);
    if (tokens.LA(1) != Token.EOF) {
      throw Place.of(sql, at(sql, tokens.LT(1)));
    }
  }

  private static void refuseDepth(String sql) {
    int depth = 0;
    for (dev.sluice.dialect.mysql.reading.Token token : Scanner.tokens(sql)) {
      if (token.is("(") && ++depth > DEEPEST) {
        throw new Unreadable("it is nested too deeply");
      } else if (token.is(")")) {
        depth--;
      }
    }
  }

  private static CommonTokenStream tokens(Lexer lexer) {
    lexer.removeErrorListeners();
    return new CommonTokenStream(lexer);
  }

  private static <T> T parsed(Parser parser, Supplier<T> rule) {
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    // SLL is quicker, and what it accepts is right; what it refuses may only need LL's longer view.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return rule.get();
    } catch (ParseCancellationException refusedBySll) {
      parser.reset();
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      try {
        return rule.get();
      } catch (ParseCancellationException refused) {
        Token token =
            refused.getCause() instanceof RecognitionException cause
                ? cause.getOffendingToken()
                : parser.getCurrentToken();
        String text = parser.getInputStream().getTokenSource().getInputStream().toString();
        throw Place.of(text, at(text, token));
      }
    }
  }

  private static dev.sluice.dialect.mysql.reading.Token at(String text, Token token) {
    int start = token == null ? text.length() : token.getStartIndex();
    return Scanner.tokens(text).stream()
        .filter(t -> t.end() > start || t.kind() == dev.sluice.dialect.mysql.reading.Token.Kind.END)
        .findFirst()
        .orElseThrow();
  }
}
