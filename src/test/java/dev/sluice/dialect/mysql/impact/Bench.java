package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.mysql.reading.MysqlReader;
import dev.sluice.dialect.mysql.writing.Stating;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One engine with a real server: statements are read, judged and run there. */
final class Bench {

  /** What a server says when an algorithm or a lock is not for a statement. */
  private static final Set<Integer> NOT_SUPPORTED = Set.of(1221, 1845, 1846);

  private final Engine engine;
  private final Supplier<ServerDatabase> databases;
  private Optional<ServerDatabase> current = Optional.empty();
  private List<String> tables = List.of();
  private Optional<EngineVersion> version = Optional.empty();

  Bench(Engine engine, Supplier<ServerDatabase> databases) {
    this.engine = engine;
    this.databases = databases;
  }

  /** How a server answers. */
  enum Answer {
    DONE,
    REFUSED
  }

  /** The server's own version, so that other servers can be asked too. */
  private EngineVersion version() {
    if (version.isEmpty()) {
      try (Connection connection = databases.get().connect()) {
        String text = connection.getMetaData().getDatabaseProductVersion();
        version = Optional.of(EngineVersion.parse(text.replaceFirst("^5\\.5\\.5-", "")));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return version.get();
  }

  private Dialect dialect() {
    return new MysqlDialect(engine, version());
  }

  MysqlImpact impact() {
    Dialect dialect = dialect();
    return new MysqlImpact(
        engine, version(), e -> dialect.isVolatile(e, dialect.emptySchema()), dialect::isHarmless);
  }

  Reading read(String sql) {
    return new MysqlReader(engine, version()).read(sql);
  }

  /** The tables of the case, and what its session has set. */
  Schema schema(Case one) {
    Schema schema = dialect().emptySchema();
    for (String sql : one.tables()) {
      schema = after(schema, sql);
    }
    return one.setting().isPresent() ? after(schema, one.setting().get()) : schema;
  }

  private Schema after(Schema schema, String sql) {
    Schema result = schema;
    for (Change change : read(sql.strip()).changes()) {
      if (change instanceof Change.Unrecognised unread) {
        throw new IllegalArgumentException(sql + ": " + unread.reason());
      }
      result = result.after(change);
    }
    return result;
  }

  /** With the tables of the case in it, as they were made. */
  ServerDatabase database(Case one) throws SQLException {
    if (current.isEmpty()) {
      current = Optional.of(databases.get());
    }
    ServerDatabase database = current.get();
    tables = one.tables();
    try (Connection connection = database.connect()) {
      execute(connection, "SET foreign_key_checks = 0");
      for (String table : List.of("t", "t2", "tp", "tc", "u", "u2", "n")) {
        execute(connection, "DROP TABLE IF EXISTS " + table);
      }
      execute(connection, "DROP VIEW IF EXISTS w");
      execute(connection, "DROP VIEW IF EXISTS w2");
      execute(connection, "DROP PROCEDURE IF EXISTS pr");
      execute(connection, "DROP PROCEDURE IF EXISTS p2");
      execute(connection, "DROP EVENT IF EXISTS ev");
      execute(connection, recursion());
      execute(connection, "SET foreign_key_checks = 1");
      for (String sql : tables) {
        execute(connection, sql);
      }
    }
    return database;
  }

  /** Enough rows for tables that are filled from nothing. */
  private String recursion() {
    return engine == Engine.MARIADB
        ? "SET max_recursive_iterations = 1000000"
        : "SET cte_max_recursion_depth = 1000000";
  }

  void prepare(Case one, Connection connection) throws SQLException {
    if (one.setting().isPresent()) {
      execute(connection, one.setting().get());
    }
  }

  /** Runs it in that form. */
  static Answer run(String sql, Stated form, Connection connection) throws SQLException {
    try {
      execute(connection, Stating.of(sql, form));
      return Answer.DONE;
    } catch (SQLException e) {
      if (NOT_SUPPORTED.contains(e.getErrorCode())) {
        return Answer.REFUSED;
      }
      throw e;
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
