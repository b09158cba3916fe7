package dev.sluice.rehearse;

import dev.sluice.database.Address;
import dev.sluice.flyway.PlainFlyway;
import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.Versions;
import dev.sluice.rehearse.workload.Application;
import dev.sluice.rehearse.workload.Client;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/**
 * A database as the old version of the application knows it, and who will use it.
 *
 * @param name of the database
 * @param address for who changes it
 */
record Stage(EmbeddedServer server, Sample sample, String name, Address address) {

  /** What the server shows for sessions of the two versions. */
  private static final String OLD = "shop old";

  private static final String NEW = "shop new";

  /** An empty database, brought to the old version's schema by plain Flyway. */
  static Stage build(EmbeddedServer server, Sample sample, String name) throws SQLException {
    Stage stage = new Stage(server, sample, name, server.create(name).address());
    new PlainFlyway(sample.before(), stage.anybody()).migrate();
    return stage;
  }

  /** Fills every table, and counts the rows as a server would in time. */
  void fill(long rows) throws SQLException {
    try (Connection connection = anybody().getConnection();
        Statement statement = connection.createStatement()) {
      new Client(1, rows).sendAll(connection, sample.fill());
      statement.execute("ANALYZE");
      // What was filled is on disk before anybody measures.
      statement.execute("CHECKPOINT");
    }
  }

  /** Starts the old version's workers. */
  Load load(Load.Settings settings, Clock clock) {
    return Load.start(
        settings,
        new Application("old", sample.oldVersion(), server.dataSource(name, OLD)),
        new Application("new", sample.newVersion(), server.dataSource(name, NEW)),
        clock);
  }

  /** Flyway with the files of the new version. */
  PlainFlyway flyway() {
    return new PlainFlyway(sample.migrations(), anybody());
  }

  /** How many sessions of the old version the server knows. */
  long oldSessions() {
    try (Connection connection = anybody().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = '"
                    + OLD
                    + "'")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new Problem(
          Reason.DATABASE, "the server does not say who is connected: " + e.getMessage(), e);
    }
  }

  /** What {@link Load} measured, with what was sent. */
  Versions versions(List<Measured> measured) {
    return new Versions(
        new ApplicationRun(sample.oldVersion(), measured.getFirst()),
        new ApplicationRun(sample.newVersion(), measured.getLast()));
  }

  /** For who is neither of the two versions. */
  DataSource anybody() {
    return server.dataSource(name, "rehearsal");
  }
}
