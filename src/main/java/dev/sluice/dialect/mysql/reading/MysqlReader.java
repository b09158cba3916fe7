package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.schema.Change;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Reads MySQL and MariaDB. Safe for several threads; never throws for bad SQL. */
public final class MysqlReader {

  private final Engine engine;
  private final ExecutableComments comments;
  private final SqlMode mode;

  /** For a server with the usual settings. */
  public MysqlReader(Engine engine, EngineVersion version) {
    this(engine, version, SqlMode.USUAL);
  }

  /**
   * @param engine MySQL or MariaDB
   * @param version decides which executable comments are run
   */
  public MysqlReader(Engine engine, EngineVersion version, SqlMode mode) {
    this.engine = engine;
    this.comments = new ExecutableComments(engine, version);
    this.mode = mode;
  }

  private String opened(String sql) {
    return mode.usual(comments.opened(sql));
  }

  /** The changes that one statement makes; {@code Unrecognised} where no reader understands it. */
  public Reading read(Statement statement) {
    String file = statement.source().text();
    int start = Math.min(statement.span().start(), file.length());
    boolean prepared = statement.sql().regionMatches(true, 0, "EXECUTE", 0, 7);
    return read(statement.sql(), prepared ? opened(file.substring(0, start)) : "");
  }

  /** As {@link #read(Statement)}, of a statement that stands in no file. */
  public Reading read(String sql) {
    return read(sql, "");
  }

  private Reading read(String written, String earlier) {
    String sql = opened(written);
    try {
      Manner manner = new Manner();
      List<Change> changes = Statements.read(sql, engine, manner, earlier);
      return new Reading(changes, ParsedBy.GRAMMAR, manner.stated());
    } catch (Unreadable e) {
      return SecondReader.read(sql)
          .map(changes -> new Reading(changes, ParsedBy.JSQLPARSER))
          .orElseGet(() -> unrecognised(e.reason()));
    } catch (StackOverflowError e) {
      return unrecognised("it is nested too deeply");
    }
  }

  private static Reading unrecognised(String reason) {
    return new Reading(List.of(new Change.Unrecognised(reason)), ParsedBy.NONE);
  }

  /** A scalar expression with the names in it. */
  public Fragment expression(String sql) {
    try {
      return Expressions.of(sql);
    } catch (Unreadable | StackOverflowError e) {
      return new Fragment(sql, References.UNKNOWN);
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
