package dev.sluice.database;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Server;
import dev.sluice.dialect.mysql.server.MysqlServer;
import dev.sluice.dialect.postgresql.server.PostgresqlServer;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Which engine a url speaks of, and whether its driver is there. */
final class Drivers {

  private Drivers() {}

  /**
   * @throws Problem where the url names an engine that Sluice does not speak, or no driver takes it
   */
  static Server server(Address address) {
    String url = address.url().replaceFirst("^jdbc:(?:aws-wrapper|p6spy|otel):", "jdbc:");
    Server server =
        url.startsWith("jdbc:postgresql:")
            ? new PostgresqlServer()
            : url.startsWith("jdbc:mariadb:")
                ? new MysqlServer(Engine.MARIADB)
                : url.startsWith("jdbc:mysql:") ? new MysqlServer(Engine.MYSQL) : unknown(address);
    try {
      DriverManager.getDriver(address.url());
    } catch (SQLException e) {
      throw new Problem(
          Reason.SETTINGS,
          address.shown() + ": no JDBC driver takes this url\n  fix: " + fix(server.engine()));
    }
    return server;
  }

  private static Server unknown(Address address) {
    throw new Problem(
        Reason.SETTINGS,
        address.shown()
            + ": no engine that Sluice speaks\n  fix: a url that begins with jdbc:postgresql:,"
            + " jdbc:mysql: or jdbc:mariadb:");
  }

  private static String fix(Engine engine) {
    String otherwise = ", or put the driver's jar on the class path";
    return switch (engine) {
      case POSTGRESQL -> "correct it, as in jdbc:postgresql://localhost:5432/shop" + otherwise;
      case MARIADB -> "correct it, as in jdbc:mariadb://localhost:3306/shop" + otherwise;
      // MariaDB's driver comes with Sluice and speaks to MySQL too; MySQL's own may not come along.
      case MYSQL -> "jdbc:mariadb: in place of jdbc:mysql:" + otherwise;
    };
  }
}
