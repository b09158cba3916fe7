package dev.sluice.testing;

import dev.sluice.dialect.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database on a server of this test JVM; those of MySQL and MariaDB can be copied.
 *
 * @param url for JDBC, with the user in it; no password is asked for
 */
public record ServerDatabase(String name, String url) {

  private static final AtomicInteger COPIES = new AtomicInteger();

  /** A new, empty database on that engine's server. */
  public static ServerDatabase fresh(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> {
        Postgres.Database made = Postgres.freshDatabase();
        yield new ServerDatabase(made.name(), made.url());
      }
      case MYSQL -> MySql.freshDatabase();
      case MARIADB -> MariaDb.freshDatabase();
    };
  }

  /** A new connection, in autocommit mode; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Runs statements one by one, each on the same new connection. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The same again under another name on the same server; who asks for it drops it. */
  public ServerDatabase copy() throws SQLException {
    String other = name + "_c" + COPIES.incrementAndGet();
    execute("CREATE DATABASE " + other);
    ServerDatabase copy =
        new ServerDatabase(other, url.replaceFirst("/" + name + "\\?", "/" + other + "?"));
    MysqlCopy.make(this, copy);
    return copy;
  }

  public void drop() throws SQLException {
    execute("DROP DATABASE " + name);
  }

  /** The first value that a query answers; empty string where it answers none. */
  public String ask(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
