package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Interception;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Change;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads MySQL and MariaDB. Safe for several threads; never throws for bad SQL. */
public final class MysqlReader {

  private final Target target;
  private final ExecutableComments comments;
  private final SqlModes modes;

  /** For a server with the usual settings. */
  public MysqlReader(Engine engine, EngineVersion version) {
    this(engine, version, SqlMode.USUAL);
  }

  /**
   * @param engine MySQL or MariaDB
   * @param version decides which executable comments are run
   */
  public MysqlReader(Engine engine, EngineVersion version, SqlMode mode) {
    this.target = new Target(engine, version);
    this.comments = new ExecutableComments(engine, version);
    this.modes = new SqlModes(mode, comments::opened);
  }

  /** The changes that one statement makes; {@code Unrecognised} where no reader understands it. */
  public Reading read(Statement statement) {
    String file = statement.source().text();
    int start = Math.min(statement.span().start(), file.length());
    String earlier =
        looksBack(statement)
            ? modes.ofServer().usual(comments.opened(file.substring(0, start)))
            : "";
    return read(modes.at(statement).usual(comments.opened(statement.sql())), earlier);
  }

  /** Whether what it does stands in the statements before it: EXECUTE of a prepared one. */
  private static boolean looksBack(Statement statement) {
    return statement.sql().regionMatches(true, 0, "EXECUTE", 0, 7);
  }

  /** As {@code Dialect.circumstances}. */
  public Optional<String> circumstances(Statement statement) {
    return looksBack(statement)
        ? Optional.empty()
        : Optional.of(target + " " + modes.at(statement));
  }

  /** As {@link #read(Statement)}, of a statement that stands in no file. */
  public Reading read(String sql) {
    return read(modes.ofServer().usual(comments.opened(sql)), "");
  }

  private Reading read(String sql, String earlier) {
    try {
      Manner manner = new Manner();
      List<Change> changes = Statements.read(sql, target, manner, earlier);
      return new Reading(
          changes, ParsedBy.GRAMMAR, manner.stated(), manner.onlyIfThere(), manner.refusal(target));
    } catch (Unreadable e) {
      return several(sql, earlier)
          .or(() -> SecondReader.read(sql).map(c -> new Reading(c, ParsedBy.JSQLPARSER)))
          .orElseGet(() -> unrecognised(e));
    } catch (StackOverflowError e) {
      return unrecognised(new Unreadable("it is nested too deeply"));
    }
  }

  /** What DELIMITER leaves in one piece, and a driver sends so: one behind the other. */
  private Optional<Reading> several(String sql, String earlier) {
    Cursor cursor = new Cursor(sql);
    cursor.skipTo(";");
    int end = cursor.start();
    while (cursor.accept(";")) {}
    if (cursor.isEnd()) {
      return Optional.empty();
    }
    Reading first = read(sql.substring(0, end), earlier);
    Reading rest = read(sql.substring(cursor.start()), earlier + sql.substring(0, end) + ";");
    boolean both = first.parsedBy() == ParsedBy.GRAMMAR && rest.parsedBy() == ParsedBy.GRAMMAR;
    return both
        ? Optional.of(
            new Reading(
                Stream.concat(first.changes().stream(), rest.changes().stream()).toList(),
                ParsedBy.GRAMMAR,
                Stated.NOTHING,
                Optional.empty(),
                first.refusal().or(rest::refusal)))
        : Optional.empty();
  }

  private static Reading unrecognised(Unreadable why) {
    return new Reading(List.of(why.unrecognised()), ParsedBy.NONE);
  }

  /** What a trigger makes of the writes that fire it. */
  public Interception interception(Trigger trigger) {
    return Interceptions.of(trigger);
  }

  /** A scalar expression with the names in it. */
  public Fragment expression(String sql) {
    try {
      return Expressions.of(sql);
    } catch (Unreadable | StackOverflowError e) {
      return new Fragment(sql, References.UNKNOWN);
    }
  }

  /** What a routine does when it is called; empty where its body is not read. */
  public Optional<Change.Block> body(Routine routine) {
    try {
      return Routines.body(routine, target);
    } catch (Unreadable | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** A type as it is written or as the catalog shows it; empty where it is none. */
  public Optional<DataType> type(String sql) {
    try {
      Cursor cursor = new Cursor(sql);
      DataType type = DataTypes.read(cursor).type();
      cursor.expectEnd();
      return Optional.of(type);
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }
}
