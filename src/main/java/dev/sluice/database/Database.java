package dev.sluice.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Server;
import dev.sluice.sql.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A database that answers. Closed at the end; sessions still open are closed with it. */
public final class Database implements AutoCloseable {

  // The runner's lock, the work, and who watches it; one to spare.
  private static final int SESSIONS = 4;

  private final Address address;
  private final Server server;
  private final EngineVersion version;
  private final HikariDataSource pool;

  private Database(Address address, Server server, EngineVersion version, HikariDataSource pool) {
    this.address = address;
    this.server = server;
    this.version = version;
    this.pool = pool;
  }

  /**
   * Connects once, to learn who answers.
   *
   * @throws Problem where nobody does, or not with this login, or a server that is older than what
   *     is known of its engine; the message says what to put right
   */
  public static Database open(Address address) {
    Server asked = Drivers.server(address);
    String answer;
    try (Connection first = new Connections(address, asked).getConnection();
        Session session = new Session(first, asked, c -> {})) {
      answer = session.ask(asked.version()).orElseThrow();
    } catch (SQLException e) {
      throw Refusal.explain(address, asked, e);
    }
    Server server = asked.answering(answer);
    EngineVersion version = spoken(address, server, answer);
    Connections connections = new Connections(address, server);
    HikariConfig config = new HikariConfig();
    config.setDataSource(connections);
    config.setMaximumPoolSize(SESSIONS);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(Duration.ofSeconds(15).toMillis());
    config.setPoolName("sluice");
    return new Database(address, server, version, new HikariDataSource(config));
  }

  /** The version that a server answers with, where what it locks is known. */
  static EngineVersion spoken(Address address, Server server, String answer) {
    EngineVersion version = EngineVersion.parse(answer);
    if (server.engine().speaks(version)) {
      return version;
    }
    EngineVersion oldest = server.engine().oldest();
    String title = server.engine().title();
    throw new Problem(
        Problem.Reason.DATABASE,
        address.shown()
            + ": "
            + title
            + " "
            + version
            + ": what that version locks is not known; the oldest that is known is "
            + oldest
            + "\n  fix: a server of "
            + title
            + " "
            + oldest
            + " or newer");
  }

  /**
   * A connection of one's own.
   *
   * @throws Problem where the database no longer answers
   */
  public Session session() {
    try {
      return new Session(pool.getConnection(), server, pool::evictConnection);
    } catch (SQLException e) {
      throw Refusal.explain(address, server, e);
    }
  }

  /**
   * New connections, each opened when asked for and closed by who asked, without the statements
   * that run on connect: for Flyway, which has its own.
   */
  public DataSource dataSource() {
    return new Connections(address.withoutOnConnect(), server);
  }

  public Server server() {
    return server;
  }

  public EngineVersion version() {
    return version;
  }

  /** For messages: without login and parameters. */
  public String shown() {
    return address.shown();
  }

  @Override
  public void close() {
    pool.close();
  }
}
