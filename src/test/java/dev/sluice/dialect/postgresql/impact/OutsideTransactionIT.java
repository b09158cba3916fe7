package dev.sluice.dialect.postgresql.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that a transaction refuses. Somebody else's lock stops each at its first step, where
 * the lock that it asks for can be read.
 */
class OutsideTransactionIT {

  private static final List<String> SHOP =
      List.of(
          "CREATE TABLE orders (id bigint PRIMARY KEY, note text)",
          "CREATE INDEX orders_note ON orders (note)",
          "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at)",
          "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01')",
          "CREATE INDEX events_id ON events (id)",
          "CREATE TABLE parent (id int PRIMARY KEY)",
          "CREATE TABLE halves (id int REFERENCES parent) PARTITION BY RANGE (id)",
          "CREATE TABLE half PARTITION OF halves FOR VALUES FROM (0) TO (9)");

  private static final Postgres.Database DATABASE = Postgres.freshDatabase();
  private static Dialect dialect = new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);
  private static Schema schema = dialect.emptySchema();

  @BeforeAll
  static void openTheShop() throws Exception {
    dialect = new PostgresqlDialect(EngineVersion.parse(DATABASE.ask("SHOW server_version")));
    schema = dialect.emptySchema();
    for (String sql : SHOP) {
      DATABASE.execute(sql);
      schema = schema.after(change(sql));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY x ON orders (note)",
        "CREATE UNIQUE INDEX CONCURRENTLY x ON orders (id, note)",
        "DROP INDEX CONCURRENTLY orders_note",
        "REINDEX TABLE CONCURRENTLY orders",
        "REINDEX INDEX CONCURRENTLY orders_note",
        "VACUUM orders",
        "VACUUM FULL orders",
        "VACUUM (FULL, ANALYZE) orders"
      })
  void itWaitsForTheLockThatIsClaimed(String sql) throws Exception {
    refusedByATransaction(sql);
    Impact claim = dialect.impact(change(sql), schema);
    assertThat(claim.locks()).hasSize(1);
    assertThat(waitsFor(sql, "orders")).isEqualTo(claim.locks().get(0).mode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REINDEX SCHEMA public",
        "REINDEX SCHEMA CONCURRENTLY public",
        "CREATE DATABASE x",
        "ALTER SYSTEM SET work_mem = '5MB'",
        "DISCARD ALL",
        "DROP DATABASE IF EXISTS x",
        "VACUUM",
        "CLUSTER"
      })
  void aTransactionRefusesIt(String sql) throws Exception {
    refusedByATransaction(sql);
  }

  @Test
  void aPartitionIsDetachedBesideTheTraffic() throws Exception {
    String sql = "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY";
    if (Feature.DETACH_CONCURRENTLY.in(dialect.version())) {
      refusedByATransaction(sql);
      assertThat(waitsFor(sql, "events")).isEqualTo(LockMode.SHARE_UPDATE_EXCLUSIVE);
      assertThat(dialect.impact(change(sql), schema).locks())
          .anySatisfy(
              l -> {
                assertThat(l.relation().toString()).isEqualTo("events");
                assertThat(l.mode()).isEqualTo(LockMode.SHARE_UPDATE_EXCLUSIVE);
              });
    }
  }

  @Test
  void anInterruptedDetachingIsCompletedBesideTheTraffic() throws Exception {
    if (!Feature.DETACH_CONCURRENTLY.in(dialect.version())) {
      return;
    }
    interruptDetaching();
    String sql = "ALTER TABLE halves DETACH PARTITION half FINALIZE";
    Impact claim = dialect.impact(change(sql), schema);
    assertThat(claim.transactional()).isTrue();
    try (Connection connection = DATABASE.connect()) {
      connection.setAutoCommit(false);
      Measured seen = Measured.running(sql, connection, 1000);
      Map<String, LockMode> claimed = new TreeMap<>();
      claim.locks().forEach(l -> claimed.put(schema.resolve(l.relation()).toString(), l.mode()));
      assertThat(seen.tables()).isEqualTo(claimed);
      assertThat(seen.work()).isEqualTo(claim.work());
      connection.commit();
    }
  }

  /** It waits for those who use the parent, and is given up there. */
  private static void interruptDetaching() throws Exception {
    try (Connection holder = DATABASE.connect();
        Statement hold = holder.createStatement();
        Connection other = DATABASE.connect();
        Statement run = other.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute("SELECT * FROM halves");
      run.execute("SET lock_timeout = '300ms'");
      assertThatThrownBy(() -> run.execute("ALTER TABLE halves DETACH PARTITION half CONCURRENTLY"))
          .isInstanceOf(SQLException.class);
      holder.rollback();
    }
  }

  @Test
  void thePartitionsAreIndexedAnewOneByOne() throws Exception {
    if (Feature.REINDEX_PARTITIONED.in(dialect.version())) {
      refusedByATransaction("REINDEX TABLE events");
      refusedByATransaction("REINDEX INDEX events_id");
    }
  }

  private static void refusedByATransaction(String sql) throws SQLException {
    assertThat(dialect.impact(change(sql), schema).transactional()).isFalse();
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String refusal = "";
      try {
        statement.execute(sql);
      } catch (SQLException e) {
        refusal = String.valueOf(e.getSQLState());
      }
      assertThat(refusal).as("active_sql_transaction").isEqualTo("25001");
      connection.rollback();
    }
  }

  /** The lock that the statement waits for, while somebody holds the weakest that stops it. */
  private static LockMode waitsFor(String sql, String table) throws Exception {
    try (Connection holder = DATABASE.connect();
        Statement hold = holder.createStatement();
        Connection other = DATABASE.connect();
        Statement run = other.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute("LOCK TABLE " + table + " IN SHARE UPDATE EXCLUSIVE MODE");
      Thread runner =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      run.execute(sql);
                    } catch (SQLException e) {
                      // Cancelled below.
                    }
                  });
      String mode = "";
      for (int i = 0; i < 200 && mode.isEmpty(); i++) {
        Thread.sleep(20);
        mode =
            DATABASE.ask(
                "SELECT coalesce(max(mode), '') FROM pg_locks WHERE NOT granted AND locktype ="
                    + " 'relation' AND relation = '"
                    + table
                    + "'::regclass");
      }
      run.cancel();
      runner.join();
      holder.rollback();
      return Measured.mode(mode);
    }
  }

  private static Change change(String sql) {
    List<Change> changes = dialect.read(dev.sluice.sql.Statement.of(sql)).changes();
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0)).isNotInstanceOf(Change.Unrecognised.class);
    return changes.get(0);
  }
}
