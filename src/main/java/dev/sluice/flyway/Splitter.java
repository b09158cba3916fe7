package dev.sluice.flyway;

import dev.sluice.cache.Cache;
import dev.sluice.flyway.Extents.Extent;
import dev.sluice.sql.Location;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.Source;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLCopyParsedStatement;

/**
 * One file's statements, split where Flyway's parser splits them, each with its exact place in the
 * file. What Flyway counts to a statement and is none of it, comments before and behind, is left to
 * the space between; what Flyway forgets, an opening parenthesis that a statement begins with, is
 * kept.
 */
final class Splitter {

  /**
   * A statement as the parser gave it.
   *
   * @param trailing where comments behind its last token begin, -1 for none
   */
  private record Parsed(ParsedSqlStatement statement, int trailing) {}

  private final Source source;
  private final Expansion expansion;
  private final FlywayParsers.Reader reader;
  private final Cache cache;
  private final String text;

  // Places are asked for in ascending order: counting lines from the last answer keeps a file of
  // thousands of statements linear.
  private int line = 1;
  private int lineStart;

  Splitter(Source source, Expansion expansion, FlywayParsers.Reader reader, Cache cache) {
    this.source = source;
    this.expansion = expansion;
    this.reader = reader;
    this.cache = cache;
    this.text = expansion.text();
  }

  /**
   * @param inTransaction the file's own {@code executeInTransaction}, empty where it has none
   * @throws Problem where Flyway cannot read the file
   */
  List<Statement> split(FlywaySettings.Running running, Optional<Boolean> inTransaction) {
    List<Extent> extents = extents().all();
    boolean allCan = extents.stream().allMatch(Extent::transactional);
    boolean noneCan = extents.stream().noneMatch(Extent::transactional);
    boolean oneWay = running.mixed() || !running.executeInTransaction() || allCan || noneCan;
    List<Statement> statements = new ArrayList<>(extents.size());
    int from = 0;
    for (Extent extent : extents) {
      boolean whole = oneWay ? allCan && running.executeInTransaction() : extent.transactional();
      statements.add(statement(extent, from, inTransaction.orElse(whole)));
      from = extent.next();
    }
    return statements;
  }

  /** From an earlier run, where no placeholder's value is in the text: it may be a secret. */
  private Extents extents() {
    return expansion.asWritten()
        ? cache.get(Extents.class, this::parsed, reader.engine(), text)
        : parsed();
  }

  private Extents parsed() {
    List<Extent> extents = new ArrayList<>();
    int from = 0;
    for (Parsed each : parse()) {
      Extent extent = extent(each, from);
      extents.add(extent);
      from = extent.next();
    }
    return new Extents(extents);
  }

  private List<Parsed> parse() {
    List<Parsed> parsed = new ArrayList<>();
    try (SqlStatementIterator statements = reader.parser().parse(new TextResource(text))) {
      while (statements.hasNext()) {
        ParsedSqlStatement statement = (ParsedSqlStatement) statements.next();
        parsed.add(new Parsed(statement, reader.tail().comments()));
      }
    } catch (FlywayException e) {
      throw unreadable(parsed, String.valueOf(e.getMessage()));
    }
    return parsed;
  }

  /** Flyway's own message is not passed on: it repeats the statement, values and all. */
  private Problem unreadable(List<Parsed> before, String message) {
    int from = 0;
    for (Parsed each : before) {
      from = extent(each, from).next();
    }
    int start = anything(from);
    String what =
        message.contains("Incomplete statement")
            ? "this statement never ends: a BEGIN or CASE in it has no END"
            : message.contains("Delimiter changed")
                ? "a DELIMITER command stands inside this statement"
                : message.contains("the text is over")
                    ? "the file ends inside this: the data of COPY needs a closing line \\. and"
                        + " DELIMITER a delimiter"
                    : "Flyway cannot read this statement";
    return new Problem(
        Reason.FILES,
        source.file()
            + ":"
            + source.locate(expansion.start(start))
            + ": "
            + what
            + "; Flyway refuses the file");
  }

  private Extent extent(Parsed parsed, int from) {
    String sql = parsed.statement().getSql();
    int position = parsed.statement().getPos();
    int sqlStart = text.indexOf(sql, from);
    while (sqlStart >= 0 && sqlStart + sql.length() <= position) {
      sqlStart = text.indexOf(sql, sqlStart + 1);
    }
    if (sqlStart < 0 || sqlStart > position) {
      throw new IllegalStateException(
          source.file() + ": Flyway's statement at " + position + " is not in the text");
    }
    int start = first(from, position);
    int sqlEnd = sqlStart + sql.length();
    int end = parsed.trailing() < position ? sqlEnd : last(parsed.trailing(), sqlEnd);
    int stop = spaces(sqlEnd);
    boolean transactional = parsed.statement().canExecuteInTransaction();
    if (parsed.statement() instanceof PostgreSQLCopyParsedStatement) {
      return copy(start, end, stop, transactional);
    }
    String delimiter = parsed.statement().getDelimiter();
    int next = text.startsWith(delimiter, stop) ? stop + delimiter.length() : end;
    return new Extent(start, end, 0, 0, end, next, transactional);
  }

  /** The data begins on the line behind the statement's own and ends before the line {@code \.}. */
  private Extent copy(int start, int end, int stop, boolean transactional) {
    int dataStart = lineEnd(stop);
    int at = dataStart;
    while (at < text.length() && !text.substring(at, lineEnd(at)).trim().equals("\\.")) {
      at = lineEnd(at);
    }
    int behind = Math.min(text.indexOf("\\.", at) + 2, text.length());
    return new Extent(start, end, dataStart, at, behind, behind, transactional);
  }

  /** Behind the line feed that ends the line of {@code at}. */
  private int lineEnd(int at) {
    int feed = text.indexOf('\n', at);
    return feed < 0 ? text.length() : feed + 1;
  }

  private int spaces(int from) {
    int at = from;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0')) {
      at++;
    }
    return at;
  }

  /** The first character of a statement whose first token, as Flyway sees it, is at {@code to}. */
  private int first(int from, int to) {
    int parenthesis = -1;
    int at = from;
    while (at < to) {
      int next = reader.trivia().skipOne(text, at, to);
      if (next > at) {
        at = next;
      } else if (text.charAt(at) == '(' || text.charAt(at) == ')') {
        parenthesis = parenthesis < 0 ? at : parenthesis;
        at++;
      } else {
        // A delimiter with nothing before it, or the command that changes it.
        parenthesis = -1;
        at = text.regionMatches(true, at, "DELIMITER", 0, 9) ? lineEnd(at) : at + 1;
      }
    }
    return parenthesis < 0 ? at : parenthesis;
  }

  /** The first character from {@code from} on that is neither comment nor semicolon. */
  private int anything(int from) {
    int at = reader.trivia().skip(text, from, text.length());
    while (text.startsWith(";", at)) {
      at = reader.trivia().skip(text, at + 1, text.length());
    }
    return at;
  }

  /** Behind the last character that is no comment, of a statement with comments at its end. */
  private int last(int comments, int sqlEnd) {
    int last = comments;
    int at = comments;
    while (at < sqlEnd) {
      int next = reader.trivia().skipOne(text, at, sqlEnd);
      if (next == at) {
        next = at + 1;
        last = next;
      }
      at = next;
    }
    while (last > 0 && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  private Statement statement(Extent extent, int from, boolean transactional) {
    int start = expansion.start(extent.start());
    int end = expansion.end(extent.end());
    int gap = Math.min(expansion.end(from), start);
    String shown = source.text().substring(start, end);
    return new Statement(
        source,
        new Span(start, expansion.end(extent.behind())),
        locate(start),
        expansion.asWritten() ? shown : text.substring(extent.start(), extent.end()),
        shown,
        source.text().substring(gap, start),
        transactional,
        extent.dataStart() == 0
            ? Optional.empty()
            : Optional.of(text.substring(extent.dataStart(), extent.dataEnd())));
  }

  private Location locate(int offset) {
    for (int feed = source.text().indexOf('\n', lineStart);
        feed >= 0 && feed < offset;
        feed = source.text().indexOf('\n', lineStart)) {
      line++;
      lineStart = feed + 1;
    }
    return new Location(line, offset - lineStart + 1);
  }
}
