package dev.sluice.history;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.history.mysql.MysqlRelease;
import dev.sluice.history.mysql.MysqlTrial;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** A new, empty database on a real server, and the dialect of its version. */
record TrialServer(TrialDatabase base, Dialect dialect) {

  /** The engine that {@code -Dengine=mysql} or {@code mariadb} names; PostgreSQL without. */
  static Engine asked() {
    return Engine.valueOf(System.getProperty("engine", "postgresql").toUpperCase(Locale.ROOT));
  }

  static TrialServer of(Engine engine) throws SQLException {
    return switch (engine) {
      case POSTGRESQL -> {
        Postgres.Database base = Postgres.freshDatabase();
        Dialect dialect =
            new PostgresqlDialect(
                EngineVersion.parse(base.ask("SHOW server_version").replaceAll(" .*", "")));
        yield new TrialServer(new PostgresTrial(base), dialect);
      }
      case MYSQL, MARIADB -> {
        ServerDatabase base = MysqlRelease.freshDatabase(engine);
        base.execute("ALTER DATABASE " + base.name() + " CHARACTER SET utf8mb4");
        try (Connection connection = base.connect()) {
          String version = connection.getMetaData().getDatabaseProductVersion();
          Dialect dialect =
              new MysqlDialect(
                  engine, EngineVersion.parse(version.replaceFirst("^5\\.5\\.5-", "")));
          yield new TrialServer(new MysqlTrial(base), dialect);
        }
      }
    };
  }
}
