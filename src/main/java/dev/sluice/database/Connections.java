package dev.sluice.database;

import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Server;
import dev.sluice.sql.Name;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections that are all alike: named, watched over, and without limits of the url's. */
final class Connections implements DataSource {

  private static final int CONNECT_SECONDS = 10;

  private final Address address;
  private final Server server;

  Connections(Address address, Server server) {
    this.address = address;
    this.server = server;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = DriverManager.getConnection(address.url(), properties());
    try {
      prepare(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(server.driver(Duration.ofSeconds(CONNECT_SECONDS)));
    properties.putAll(address.properties());
    address.user().ifPresent(user -> properties.setProperty("user", user));
    address.password().ifPresent(password -> properties.setProperty("password", password));
    return properties;
  }

  private void prepare(Connection connection) throws SQLException {
    // The application's url often limits how long an answer takes; an index build takes hours.
    connection.setNetworkTimeout(Runnable::run, 0);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try {
        statement.execute(server.noticeLostClient());
      } catch (SQLException e) {
        // This server cannot; it changed nothing.
        if (connection.isClosed()) {
          throw e;
        }
      }
      for (String sql : address.onConnect()) {
        statement.execute(sql);
      }
      if (address.schema().isPresent()) {
        enter(statement, address.schema().get());
      }
      // Last, so that nothing before it decides who we are.
      statement.execute(server.introduce());
    }
  }

  // Flyway makes one that is missing, when it first migrates.
  private void enter(Statement statement, Name schema) throws SQLException {
    try {
      statement.execute(server.enter(schema));
    } catch (SQLException e) {
      if (Session.failure(server, e).failure() != Failure.UNKNOWN_DATABASE) {
        throw e;
      }
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the address says who logs in");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return CONNECT_SECONDS;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs nothing");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
