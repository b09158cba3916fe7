package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.execute.Progress.Waiting;
import dev.sluice.execute.ThrottleSettings.UnreadReplicas;
import dev.sluice.plan.Plan;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

class ThrottleIT {

  private static final Plan FILL =
      Steps.plan(Steps.backfill("42.2", "orders", List.of("id"), "filled = id", "filled IS NULL"));

  private final Bench bench = new Bench();

  @BeforeEach
  void rows() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, filled int);"
            + "INSERT INTO orders (id) SELECT generate_series(1, 1000)");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static ThrottleSettings limits(long lagBytes, long backlogBytes, Duration patience) {
    return new ThrottleSettings(
        Duration.ofSeconds(5), lagBytes, backlogBytes, 0, UnreadReplicas.WAIT, patience);
  }

  /** A replica that has stopped reading. */
  private Connection replica() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "12");
    properties.setProperty("ApplicationName", "standby1");
    return DriverManager.getConnection(bench.server.url(), properties);
  }

  private PGReplicationStream stream(Connection replica) throws Exception {
    LogSequenceNumber here =
        LogSequenceNumber.valueOf(bench.ask("SELECT pg_current_wal_flush_lsn()").orElseThrow());
    PGReplicationStream stream =
        replica
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .physical()
            .withStartPosition(here)
            .start();
    stream.setFlushedLSN(here);
    stream.setAppliedLSN(here);
    stream.forceUpdateStatus();
    return stream;
  }

  @Test
  void itWaitsForAReplicaThatIsBehindAndGoesOnWhenItIsNot() throws Exception {
    bench.throttle = limits(1 << 20, Long.MAX_VALUE, Duration.ofMinutes(1));
    CompletableFuture<Report> run;
    try (Connection replica = replica();
        PGReplicationStream stream = stream(replica)) {
      bench.execute(
          "CREATE TABLE noise AS SELECT repeat('x', 5000) FROM generate_series(1, 50000)");
      bench.execute("SELECT pg_logical_emit_message(false, 'noise', repeat('x', 4000000))");
      run = bench.runAside(FILL);
      Bench.await(() -> !bench.events(Waiting.class).isEmpty());
      assertThat(bench.events(Waiting.class).getFirst().why())
          .matches("replica standby1 is \\d+ MB behind");
      assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS NOT NULL")).contains("0");
      assertThat(stream.isClosed()).isFalse();
    }
    assertThat(run.get().problem()).isEmpty();
  }

  @Test
  void aLagThatCannotBeReadPausesAndDoesNotPass() throws Exception {
    bench.throttle = limits(1 << 20, Long.MAX_VALUE, Duration.ofMillis(700));
    assertThat(withUnreadReplica().problem().orElseThrow())
        .hasMessageContaining("its lag cannot be read; GRANT pg_monitor")
        .hasMessageContaining("throttle.unread-replicas = pass goes on without")
        .hasMessageContaining("the same command goes on from here");
    assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS NOT NULL")).contains("0");
  }

  @Test
  void itPassesWhereSomebodySaysThatTheReplicaIsWatched() throws Exception {
    bench.throttle =
        new ThrottleSettings(
            Duration.ofSeconds(5),
            1 << 20,
            Long.MAX_VALUE,
            0,
            UnreadReplicas.PASS,
            Duration.ofMillis(700));
    assertThat(withUnreadReplica().problem()).isEmpty();
    assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS NULL")).contains("0");
  }

  /** By a login that must not see how far the replica is. */
  private Report withUnreadReplica() throws Exception {
    String role = bench.server.name() + "_plain";
    bench.execute(
        "CREATE ROLE "
            + role
            + "; GRANT ALL ON orders TO "
            + role
            + "; GRANT CREATE ON DATABASE "
            + bench.server.name()
            + " TO "
            + role);
    Address plain =
        new Address(
            bench.server.url(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of("SET SESSION AUTHORIZATION " + role));
    try (Connection replica = replica();
        PGReplicationStream stream = stream(replica);
        Database database = Database.open(plain)) {
      Environment all = bench.environment();
      Report report =
          new Executor(
                  new Environment(
                      database,
                      all.journal(),
                      all.ports(),
                      all.settings(),
                      Map.of(),
                      "ann",
                      all.stop()))
              .run(FILL, java.util.EnumSet.allOf(dev.sluice.release.Phase.class));
      assertThat(stream.isClosed()).isFalse();
      return report;
    } finally {
      bench.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }
  }

  @Test
  void logThatIsKeptForASlotNobodyReadsHoldsItBack() throws Exception {
    String slot = bench.server.name() + "_slot";
    bench.throttle = limits(Long.MAX_VALUE, 1, Duration.ofMillis(300));
    bench.execute("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
    try {
      Report report = bench.run(FILL);
      assertThat(report.problem().orElseThrow())
          .hasMessageContaining("MB of log for replication slot " + slot);
    } finally {
      bench.execute("SELECT pg_drop_replication_slot('" + slot + "')");
    }
    bench.finished(FILL);
  }

  @Test
  void othersAtWorkHoldItBackWhereThatIsAskedFor() throws Exception {
    bench.throttle =
        new ThrottleSettings(
            Duration.ofSeconds(5),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            1,
            UnreadReplicas.WAIT,
            Duration.ofMinutes(1));
    try (Connection one = bench.server.connect();
        Connection two = bench.server.connect()) {
      for (Connection busy : List.of(one, two)) {
        Bench.ASIDE.execute(
            () -> {
              try (java.sql.Statement statement = busy.createStatement()) {
                statement.execute("SELECT pg_sleep(1.5)");
              } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
              }
            });
      }
      Bench.await(
          () ->
              bench
                  .ask(
                      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(1%'")
                  .filter("2"::equals)
                  .isPresent());
      bench.finished(FILL);
    }
    assertThat(bench.events(Waiting.class).getFirst().why())
        .isEqualTo("2 other sessions are at work");
  }
}
