package dev.sluice.flyway;

import dev.sluice.sql.Trivia;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.database.mysql.MySQLParser;
import org.flywaydb.database.mysql.mariadb.MariaDBParser;
import org.flywaydb.database.postgresql.PostgreSQLParser;

/**
 * Flyway's parsers, made without a connection. They are named, not looked up by url: Flyway's
 * register answers CockroachDB for {@code jdbc:postgresql:} as long as it has not seen the server.
 */
final class FlywayParsers {
  private FlywayParsers() {}

  /**
   * An engine's parser.
   *
   * @param engine {@code postgresql}, {@code mysql} or {@code mariadb}
   * @param tail of the statement that it read last
   * @param trivia its comments
   */
  record Reader(String engine, Parser parser, Tail tail, Trivia trivia) {}

  /** The tokens of a statement: Flyway's parser passes on only its text. */
  static final class Tail {
    private List<Token> tokens = List.of();

    /**
     * Where the comments that no other token follows begin, in the text that was parsed; -1 where
     * there are none. Flyway counts them to the statement. Parentheses are no tokens to it, so that
     * one may stand between such comments.
     */
    int comments() {
      int position = -1;
      for (Token token : tokens.reversed()) {
        switch (token.getType()) {
          case COMMENT -> position = token.getPos();
          case BLANK_LINES -> {}
          default -> {
            return position;
          }
        }
      }
      return position;
    }
  }

  /**
   * Says quickly that there is no server. The parser for PostgreSQL asks for it at every word, and
   * takes the lack of one from an exception: an ordinary one, with its trace and its explanation of
   * what was null, made up nine tenths of the time that reading took.
   */
  private static final class Offline extends ParsingContext {
    @Override
    @SuppressWarnings("rawtypes") // as in Flyway
    public Database getDatabase() {
      throw new NoServer();
    }
  }

  private static final class NoServer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoServer() {
      super("no server", null, false, false);
    }
  }

  static Reader postgresql(Configuration configuration) {
    Tail tail = new Tail();
    Parser parser =
        new PostgreSQLParser(configuration, new Offline()) {
          @Override
          protected boolean shouldAdjustBlockDepth(
              ParserContext context, List<Token> tokens, Token token) {
            tail.tokens = tokens;
            return super.shouldAdjustBlockDepth(context, tokens, token);
          }

          // ALTER TYPE … ADD VALUE runs in a transaction from 12 on, the oldest that Sluice speaks
          // to; Flyway takes a server that it has not seen for an older one.
          @Override
          protected Boolean detectCanExecuteInTransaction(String statement, List<Token> keywords) {
            Boolean detected = super.detectCanExecuteInTransaction(statement, keywords);
            return statement.startsWith("ALTER TYPE") ? Boolean.TRUE : detected;
          }
        };
    return new Reader("postgresql", parser, tail, new Trivia(false));
  }

  static Reader mysql(Configuration configuration) {
    Tail tail = new Tail();
    Parser parser =
        new MySQLParser(configuration, new ParsingContext()) {
          @Override
          protected boolean shouldAdjustBlockDepth(
              ParserContext context, List<Token> tokens, Token token) {
            tail.tokens = tokens;
            return super.shouldAdjustBlockDepth(context, tokens, token);
          }
        };
    return new Reader("mysql", parser, tail, new Trivia(true));
  }

  static Reader mariadb(Configuration configuration) {
    Tail tail = new Tail();
    Parser parser =
        new MariaDBParser(configuration, new ParsingContext()) {
          @Override
          protected boolean shouldAdjustBlockDepth(
              ParserContext context, List<Token> tokens, Token token) {
            tail.tokens = tokens;
            return super.shouldAdjustBlockDepth(context, tokens, token);
          }
        };
    return new Reader("mariadb", parser, tail, new Trivia(true));
  }
}
