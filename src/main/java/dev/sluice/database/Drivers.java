package dev.sluice.database;

import dev.sluice.dialect.Server;
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
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new Problem(
          Reason.SETTINGS,
          address.shown()
              + ": no engine that Sluice runs plans on\n  fix: a url that begins with"
              + " jdbc:postgresql:");
    }
    try {
      DriverManager.getDriver(address.url());
    } catch (SQLException e) {
      throw new Problem(
          Reason.SETTINGS,
          address.shown()
              + ": no JDBC driver takes this url\n  fix: correct it, as in"
              + " jdbc:postgresql://localhost:5432/shop, or put the driver's jar on the class path");
    }
    return new PostgresqlServer();
  }
}
