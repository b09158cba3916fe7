package dev.sluice.testing;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;

/** MySQL and MariaDB, for what is tested on both. */
public enum RealServer {
  MYSQL(Engine.MYSQL, "8.0.31"),
  MARIADB(Engine.MARIADB, "11.4.5");

  private final Engine engine;
  private final String version;

  RealServer(Engine engine, String version) {
    this.engine = engine;
    this.version = version;
  }

  public Engine engine() {
    return engine;
  }

  /** Of the server's version. */
  public Dialect dialect() {
    return new MysqlDialect(engine, EngineVersion.parse(version));
  }

  public ServerDatabase freshDatabase() {
    return switch (this) {
      case MYSQL -> MySql.freshDatabase();
      case MARIADB -> MariaDb.freshDatabase();
    };
  }
}
