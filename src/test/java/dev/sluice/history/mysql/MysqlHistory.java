package dev.sluice.history.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.mysql.Facts;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.drift.Drift;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.history.Agreement;
import dev.sluice.history.Agreement.Of;
import dev.sluice.migration.Migration;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import dev.sluice.testing.CatalogSchema;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Applies a history to a new database, file by file on a connection of its own as Flyway does. What
 * the server refuses did not happen, for Sluice neither.
 */
public final class MysqlHistory {

  private final ServerDatabase database;
  private final MysqlDialect dialect;
  private final Agreement agreement = new Agreement();
  private final Set<String> known = new HashSet<>();
  private final Waits waits = new Waits();
  private Schema schema;

  private MysqlHistory(Engine engine, ServerDatabase database) throws SQLException {
    this.database = database;
    try (Connection connection = database.connect()) {
      String version = connection.getMetaData().getDatabaseProductVersion();
      dialect =
          new MysqlDialect(engine, EngineVersion.parse(version.replaceFirst("^5\\.5\\.5-", "")));
    }
    schema = Schema.empty(List.of(new Name(database.name())), dialect.conventions());
  }

  /**
   * @param engine MySQL or MariaDB
   * @param directory of the migrations, with Flyway's settings in it if there are any
   */
  public static Agreement of(Path directory, Engine engine) throws SQLException {
    FlywaySettings settings =
        FlywaySettings.read(new FlywaySettings.Sources(directory, directory, Map.of(), Map.of()));
    FlywayMigrations migrations =
        FlywayMigrations.read(settings, engine.id(), List.of(directory.toAbsolutePath()));
    ServerDatabase database =
        engine == Engine.MARIADB ? MariaDb.freshDatabase() : MySql.freshDatabase();
    // As packagers of MariaDB set it up, and MySQL is by itself.
    database.execute("ALTER DATABASE " + database.name() + " CHARACTER SET utf8mb4");
    MysqlHistory history = new MysqlHistory(engine, database);
    for (Migration migration : migrations.all()) {
      history.apply(migration);
    }
    return history.agreement;
  }

  private void apply(Migration migration) throws SQLException {
    if (!migration.readable()) {
      agreement.leftOut("a migration in Java or for a shell");
      schema = schema.incomplete();
      return;
    }
    schema = schema.atNextSession();
    try (Connection connection = database.connect();
        Connection beside = database.connect()) {
      execute(connection, "SET lock_wait_timeout = 2");
      execute(beside, "SET lock_wait_timeout = 1");
      execute(beside, "SET innodb_lock_wait_timeout = 1");
      for (Statement statement : migration.statements()) {
        apply(statement, connection, beside);
      }
    }
    compareCatalog(migration);
  }

  private void apply(Statement statement, Connection connection, Connection beside)
      throws SQLException {
    Reading reading = dialect.read(statement);
    List<Change> changes = reading.changes();
    boolean recognised = changes.stream().noneMatch(Change.Unrecognised.class::isInstance);
    agreement.statement(recognised);
    Trial trial = new Trial(statement, reading, dialect, schema, agreement, waits);
    Optional<Refusal> refusal = dialect.refusal(statement, reading, schema, schema.complete());
    boolean ran = trial.run(connection, beside);
    if (refusal.isPresent() && ran) {
      agreement.differs(
          Of.REFUSAL, statement.place() + ": run, and said to be refused: " + refusal.get().why());
    } else if (refusal.isPresent()) {
      agreement.agrees(Of.REFUSAL);
    }
    if (ran) {
      if (!recognised) {
        agreement.unread(statement.place() + ": not read: " + changes + "\n" + statement.shown());
      }
      for (Change change : changes) {
        schema = reading.after(change, schema);
      }
    }
  }

  /** A difference is told once, after the file that made it. */
  private void compareCatalog(Migration migration) throws SQLException {
    if (!schema.complete()) {
      agreement.leftOut("a schema that is said to be incomplete");
      return;
    }
    try (Connection connection = database.connect()) {
      SortedSet<String> server = Facts.of(connection, database.name(), dialect.engine());
      SortedSet<String> sluice =
          Facts.of(schema.atNextSession(), database.name(), dialect.engine());
      SortedSet<String> news = new TreeSet<>();
      server.stream().filter(f -> !sluice.contains(f)).forEach(f -> news.add("server: " + f));
      sluice.stream().filter(f -> !server.contains(f)).forEach(f -> news.add("Sluice: " + f));
      Schema read = CatalogSchema.of(database, dialect);
      Drift.between(schema.atNextSession(), read, dialect, n -> true)
          .differences()
          .forEach(d -> news.add("drift: " + d));
      if (!read.complete()) {
        news.add("the catalog holds what is not understood");
      }
      news.removeIf(f -> !known.add(f));
      if (news.isEmpty()) {
        agreement.agrees(Of.CATALOG);
      } else {
        agreement.differs(
            Of.CATALOG, migration.file() + ": catalog\n    " + String.join("\n    ", news));
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
