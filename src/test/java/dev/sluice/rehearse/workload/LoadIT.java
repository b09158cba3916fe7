package dev.sluice.rehearse.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rehearse.workload.Load.Settings;
import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Measured.Slice;
import dev.sluice.rehearse.workload.Measured.Stall;
import dev.sluice.sql.Source;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class LoadIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Settings FOUR_WORKERS = new Settings(4, Duration.ofMillis(2), 100, 1);

  private static final String CALLS =
      """
      -- name: read; weight: 5
      -- :id random 1..rows
      SELECT balance FROM accounts WHERE id = :id;
      -- name: move; weight: 2
      -- :id random 1..rows
      -- :entry_id returned
      -- keep: entry_id
      INSERT INTO entries (account_id, amount) VALUES (:id, 1) RETURNING id AS entry_id;
      UPDATE accounts SET balance = balance + 1 WHERE id = :id;
      -- name: undo; weight: 1
      -- :entry_id taken
      -- :account_id returned
      SELECT account_id FROM entries WHERE id = :entry_id;
      DELETE FROM entries WHERE id = :entry_id;
      UPDATE accounts SET balance = balance - 1 WHERE id = :account_id;
      """;

  private Postgres.Database database;

  @BeforeEach
  void aBank() throws Exception {
    database = Postgres.freshDatabase();
    database.execute(
        """
        CREATE TABLE accounts (id bigint PRIMARY KEY, balance bigint NOT NULL DEFAULT 0);
        CREATE TABLE entries (id bigserial PRIMARY KEY,
                              account_id bigint NOT NULL REFERENCES accounts, amount bigint NOT NULL);
        INSERT INTO accounts (id) SELECT generate_series(1, 100);
        """);
  }

  @Test
  void theOldVersionHandsOverToTheNewOneWorkerByWorker() throws Exception {
    try (Load load = start()) {
      assertThat(load.settle(PATIENCE)).isTrue();
      assertThat(sessions("old", 4)).isTrue();
      assertThat(sessions("new", 0)).isTrue();

      load.share(0.5);
      assertThat(load.settle(PATIENCE)).isTrue();
      assertThat(sessions("old", 2)).isTrue();
      assertThat(sessions("new", 2)).isTrue();
      assertThat(reaches(() -> load.measured().getLast().statements() > 100)).isTrue();

      load.share(1);
      assertThat(load.settle(PATIENCE)).isTrue();
      assertThat(sessions("old", 0)).isTrue();
      long old = load.measured().getFirst().statements();
      assertThat(reaches(() -> load.measured().getLast().statements() > 300)).isTrue();

      List<Measured> all = load.stop(PATIENCE);
      assertThat(all).extracting(Measured::application).containsExactly("old", "new");
      assertThat(all.getFirst().statements()).isEqualTo(old).isPositive();
      assertThat(all).extracting(Measured::failed).containsExactly(0L, 0L);
      assertThat(sessions("new", 0)).isTrue();
    }
  }

  @Test
  void aTransactionHappensWhollyOrNotAtAll() throws Exception {
    try (Load load = start()) {
      assertThat(reaches(() -> load.measured().getFirst().statements() > 500)).isTrue();
      Measured old = load.stop(PATIENCE).getFirst();

      OfCall move = call(old, "move");
      assertThat(move.statements()).isEqualTo(3 * move.count());
      OfCall undo = call(old, "undo");
      assertThat(undo.count()).isPositive();
      assertThat(old.latency().getTotalCount())
          .isEqualTo(old.calls().stream().mapToLong(OfCall::count).sum());
      assertThat(number("SELECT sum(balance) FROM accounts"))
          .isEqualTo(number("SELECT count(*) FROM entries"))
          .isEqualTo(move.count() - undo.count());
    }
  }

  @Test
  void aStallIsSeenWhileItLastsAndRememberedWithItsTime() throws Exception {
    try (Load load = start();
        Connection blocker = database.connect();
        Statement statement = blocker.createStatement()) {
      assertThat(reaches(() -> load.measured().getFirst().statements() > 100)).isTrue();
      Instant before = Instant.now();
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE");
      assertThat(
              reaches(
                  () ->
                      stall(load.measured().getFirst()).length().toMillis() > 500
                          && !stall(load.measured().getFirst()).over()))
          .isTrue();
      blocker.rollback();

      Measured old = load.stop(PATIENCE).getFirst();
      assertThat(stall(old).over()).isTrue();
      assertThat(stall(old).length()).isGreaterThan(Duration.ofMillis(500));
      assertThat(stall(old).began()).isBetween(before.minusMillis(100), Instant.now());
      assertThat(old.latency().getMaxValue()).isGreaterThan(500_000);
      assertThat(old.slices())
          .filteredOn(slice -> slice.longest().equals(stall(old).length()))
          .singleElement()
          .satisfies(
              slice ->
                  assertThat(stall(old).began())
                      .isBetween(slice.begins(), slice.begins().plus(Measured.SLICE)));
      assertThat(old.slices().stream().mapToLong(Slice::statements).sum())
          .isEqualTo(old.statements());
      assertThat(old.failed()).isZero();
    }
  }

  @Test
  void aFailureIsCountedByItsStateAndTheOthersGoOn() throws Exception {
    try (Load load = start()) {
      assertThat(reaches(() -> load.measured().getFirst().statements() > 100)).isTrue();
      database.execute("ALTER TABLE entries RENAME COLUMN amount TO cents");
      assertThat(reaches(() -> load.measured().getFirst().failed() > 3)).isTrue();
      Measured old = load.stop(PATIENCE).getFirst();

      assertThat(call(old, "move").failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.sqlState()).isEqualTo("42703");
                assertThat(failure.message()).contains("\"amount\"");
                assertThat(failure.count()).isPositive();
              });
      assertThat(call(old, "read").failures()).isEmpty();
      assertThat(number("SELECT sum(balance) FROM accounts"))
          .isEqualTo(number("SELECT count(*) FROM entries"));
    }
  }

  @Test
  void aCutSessionIsAFailureAndAnotherOneIsOpened() throws Exception {
    try (Load load = start()) {
      assertThat(sessions("old", 4)).isTrue();
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'old' AND datname = current_database()");
      assertThat(reaches(() -> load.measured().getFirst().failed() >= 4)).isTrue();
      long sent = load.measured().getFirst().statements();
      assertThat(sessions("old", 4)).isTrue();
      assertThat(reaches(() -> load.measured().getFirst().statements() > sent + 100)).isTrue();

      Measured old = load.stop(PATIENCE).getFirst();
      assertThat(old.calls().stream().flatMap(c -> c.failures().stream()))
          .extracting(Failure::sqlState)
          .isSubsetOf("57P01", "08006", "08003");
    }
  }

  @Test
  void whatHangsWhenPatienceEndsIsCutOffAndCountsAsFailed() throws Exception {
    try (Load load = start();
        Connection blocker = database.connect();
        Statement statement = blocker.createStatement()) {
      assertThat(reaches(() -> load.measured().getFirst().statements() > 100)).isTrue();
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE");
      assertThat(reaches(() -> !stall(load.measured().getFirst()).over())).isTrue();
      Instant before = Instant.now();
      Measured old = load.stop(Duration.ofMillis(200)).getFirst();

      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(old.failed()).isBetween(1L, 4L);
    }
  }

  private Load start() {
    Workload workload = WorkloadReader.read(new Source("bank.sql", CALLS));
    return Load.start(
        FOUR_WORKERS,
        new Application("old", workload, named("old")),
        new Application("new", workload, named("new")),
        Clock.systemUTC());
  }

  private PGSimpleDataSource named(String application) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setApplicationName(application);
    return source;
  }

  /** Whether there are so many, at once or a moment later: the server ends sessions by itself. */
  private boolean sessions(String application, long expected) {
    return reaches(
        () ->
            number(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = '"
                        + application
                        + "'")
                == expected);
  }

  private static boolean reaches(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return true;
  }

  private static Stall stall(Measured measured) {
    return measured.longestStall().orElseThrow();
  }

  private static OfCall call(Measured measured, String name) {
    return measured.calls().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private long number(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }
}
