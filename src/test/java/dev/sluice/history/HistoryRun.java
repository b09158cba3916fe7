package dev.sluice.history;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.migration.Migration;
import dev.sluice.schema.Change;
import dev.sluice.schema.Facts;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import dev.sluice.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Applies a history to a new database, file by file on a connection of its own as Flyway does, but
 * each statement in its own transaction: so its locks are seen apart. What the server refuses did
 * not happen, for Sluice neither. Flyway's settings are read from the history's own folder.
 */
final class HistoryRun {

  private final Postgres.Database database;
  private final Dialect dialect;
  private final Agreement agreement = new Agreement();
  private final Set<String> known = new HashSet<>();
  private Schema schema;

  private HistoryRun(Postgres.Database database) throws SQLException {
    this.database = database;
    dialect =
        new PostgresqlDialect(
            EngineVersion.parse(database.ask("SHOW server_version").replaceAll(" .*", "")));
    schema = dialect.emptySchema();
  }

  static Agreement of(Path directory) throws SQLException {
    FlywaySettings settings =
        FlywaySettings.read(new FlywaySettings.Sources(directory, directory, Map.of(), Map.of()));
    FlywayMigrations migrations =
        FlywayMigrations.read(settings, "postgresql", List.of(directory.toAbsolutePath()));
    HistoryRun run = new HistoryRun(Postgres.freshDatabase());
    for (Migration migration : migrations.all()) {
      run.apply(migration);
    }
    return run.agreement;
  }

  private void apply(Migration migration) throws SQLException {
    if (!migration.readable()) {
      agreement.leftOut("a migration in Java or for a shell");
      schema = schema.incomplete();
      return;
    }
    schema = schema.atNextSession();
    try (Connection connection = database.connect()) {
      for (Statement statement : migration.statements()) {
        apply(statement, connection);
      }
    }
    compareCatalog(migration);
  }

  private void apply(Statement statement, Connection connection) throws SQLException {
    List<Change> changes = dialect.read(statement).changes();
    boolean recognised = changes.stream().noneMatch(Change.Unrecognised.class::isInstance);
    agreement.statement(recognised);
    Trial trial = new Trial(statement, changes, dialect, schema, agreement);
    if (trial.run(connection)) {
      if (!recognised) {
        agreement.unread(statement.place() + ": not read: " + changes + "\n" + statement.shown());
      }
      for (Change change : changes) {
        schema = schema.after(change);
      }
    }
  }

  /** A difference is told once, after the file that made it. */
  private void compareCatalog(Migration migration) throws SQLException {
    if (!schema.complete()) {
      agreement.leftOut("a schema that is said to be incomplete");
      return;
    }
    SortedSet<String> server = Facts.of(database);
    SortedSet<String> sluice = Facts.of(schema.atNextSession());
    SortedSet<String> news = new TreeSet<>();
    server.stream().filter(f -> !sluice.contains(f)).forEach(f -> news.add("server: " + f));
    sluice.stream().filter(f -> !server.contains(f)).forEach(f -> news.add("Sluice: " + f));
    news.removeIf(f -> !known.add(f));
    if (news.isEmpty()) {
      agreement.agrees(Agreement.Of.CATALOG);
    } else {
      agreement.differs(
          Agreement.Of.CATALOG, migration.file() + ": catalog\n    " + String.join("\n    ", news));
    }
  }
}
