package dev.sluice.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Limits;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.Postgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseIT {

  private static final QualifiedName ORDERS = QualifiedName.of("public", "orders");

  private final Postgres.Database server = Postgres.freshDatabase();
  private final Database database = Database.open(Address.of(server.url()));

  @AfterEach
  void close() {
    database.close();
  }

  private static Address login(String url, String user, String password) {
    return new Address(url, Optional.of(user), Optional.of(password), Map.of(), List.of());
  }

  private static String everything(Throwable problem) {
    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void aServerThatIsDownIsSaidSo() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Address address = login("jdbc:postgresql://localhost:" + free + "/shop", "shop", "s3cret");
    assertThatThrownBy(() -> Database.open(address))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.DATABASE))
        .hasMessageContaining("/shop: no server takes connections there")
        .hasMessageContaining("fix: start the server");
  }

  @Test
  void anUnknownDatabaseIsSaidSo() {
    assertThatThrownBy(
            () -> Database.open(Address.of(server.url().replace(server.name(), "nosuch"))))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("the server has no such database");
  }

  @Test
  void aRefusedLoginIsSaidSoAndThePasswordIsNot() {
    Address address = login(server.url().replaceFirst("\\?.*", ""), "nobody_here", "s3cret");
    assertThatThrownBy(() -> Database.open(address))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("the login for user nobody_here is refused")
        .satisfies(e -> assertThat(everything(e)).doesNotContain("s3cret"));
  }

  @Test
  void aUrlThatNoDriverTakesIsSaidSoAndItsPasswordIsNot() {
    for (String url :
        List.of(
            "jdbc:oracle:thin:shop/s3cret@host", "jdbc:postgresql://ho st:x/y?password=s3cret")) {
      assertThatThrownBy(() -> Database.open(Address.of(url)))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("fix:")
          .satisfies(e -> assertThat(everything(e)).doesNotContain("s3cret"));
    }
  }

  @Test
  void everyConnectionIsNamedSluiceWhateverTheUrlSays() {
    String url = server.url() + (server.url().contains("?") ? "&" : "?") + "ApplicationName=shop";
    try (Database other = Database.open(Address.of(url));
        Session session = other.session()) {
      assertThat(session.ask("SHOW application_name")).contains("sluice");
      assertThat(session.ask("SHOW client_connection_check_interval")).contains("250ms");
      assertThat(other.version().major()).isGreaterThanOrEqualTo(12);
    }
  }

  @Test
  void whatTheUserRunsOnConnectRunsOnEveryConnection() throws Exception {
    server.execute("CREATE ROLE \"" + server.name() + "_owner\"");
    Address address =
        new Address(
            server.url(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of("SET ROLE \"" + server.name() + "_owner\""));
    try (Database other = Database.open(address);
        Session one = other.session();
        Session two = other.session()) {
      assertThat(one.ask("SELECT current_user")).contains(server.name() + "_owner");
      assertThat(two.ask("SELECT current_user")).contains(server.name() + "_owner");
    } finally {
      server.execute("DROP ROLE \"" + server.name() + "_owner\"");
    }
  }

  @Test
  void aSpoiltSessionIsNotUsedAgain() {
    long backend;
    try (Session session = database.session()) {
      backend = session.backend();
      session.execute("SET search_path TO nowhere");
      session.spoil();
    }
    try (Session session = database.session()) {
      assertThat(session.backend()).isNotEqualTo(backend);
    }
  }

  @Test
  void aTransactionThatThrowsLeavesNothing() {
    try (Session session = database.session()) {
      assertThatThrownBy(
              () ->
                  session.transaction(
                      () -> {
                        session.execute("CREATE TABLE a (id int)");
                        session.execute("CREATE TABLE a (id int)");
                        return 1;
                      }))
          .isInstanceOfSatisfying(
              SqlFailure.class, f -> assertThat(f.failure()).isEqualTo(Failure.EXISTS));
      assertThat(session.ask("SELECT to_regclass('a')::text")).isEmpty();
    }
  }

  @Test
  void limitsHoldInsideTheirTransactionOnly() {
    try (Session session = database.session()) {
      Limits limits =
          new Limits(Duration.ofMillis(70), Duration.ofSeconds(2), Duration.ofSeconds(3));
      session.transaction(
          () -> {
            session.server().limits(limits, true).forEach(session::execute);
            assertThat(session.ask("SHOW lock_timeout")).contains("70ms");
            assertThat(session.ask("SHOW statement_timeout")).contains("2s");
            assertThat(session.ask("SHOW idle_in_transaction_session_timeout")).contains("3s");
            return 1;
          });
      assertThat(session.ask("SHOW lock_timeout")).contains("0");
    }
  }

  @Test
  void aSecondRunnerIsToldWhoHoldsTheLock() {
    try (RunnerLock first = RunnerLock.take(database)) {
      assertThatThrownBy(() -> RunnerLock.take(database))
          .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.BUSY))
          .hasMessageContaining("somebody else is running on this database: pid ")
          .hasMessageContaining("user postgres");
      first.ensure();
    }
    RunnerLock.take(database).close();
  }

  @Test
  void theRunnersLockHoldsNoTransactionOpen() throws Exception {
    server.execute("CREATE TABLE t (id int)");
    try (RunnerLock lock = RunnerLock.take(database);
        Session work = lock.work()) {
      work.execute("SET statement_timeout = '5s'");
      work.execute("CREATE INDEX CONCURRENTLY t_id ON t (id)");
      assertThat(
              work.ask("SELECT indisvalid::int FROM pg_index WHERE indexrelid = 't_id'::regclass"))
          .contains("1");
    }
  }

  @Test
  void aPoolerInTransactionModeIsRefusedWithTheReason() throws Exception {
    int port;
    try (Session session = database.session()) {
      port = Integer.parseInt(session.ask("SHOW port").orElseThrow());
    }
    try (TransactionPooler pooler = new TransactionPooler(port, "postgres", server.name());
        Database pooled =
            Database.open(
                Address.of(
                    "jdbc:postgresql://localhost:"
                        + pooler.port()
                        + "/"
                        + server.name()
                        + "?user=postgres"))) {
      assertThatThrownBy(() -> RunnerLock.take(pooled))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.DATABASE))
          .hasMessageContaining("a pooler in transaction mode (PgBouncer) stands between");
    }
  }

  @Test
  void aRunnersLockLostWithItsConnectionIsTakenAgain() {
    try (RunnerLock lock = RunnerLock.take(database);
        Session other = database.session()) {
      long holder = RunnerLock.holder(other).orElseThrow().backend();
      other.ask("SELECT pg_terminate_backend(?::int)::text", holder);
      lock.ensure();
      assertThat(RunnerLock.holder(other).orElseThrow().backend()).isNotEqualTo(holder);
    }
  }

  @Test
  void whatAnEarlierRunLeftRunningIsWaitedFor() {
    try (RunnerLock lock = RunnerLock.take(database)) {
      Thread orphan;
      try (Session work = lock.work()) {
        orphan = Thread.ofVirtual().start(() -> work.ask("SELECT pg_sleep(0.6)::text"));
        await(() -> !Activity.workers(work2()).isEmpty());
        assertThatThrownBy(() -> lock.awaitWorkers(Duration.ofMillis(100), new Stop()))
            .isInstanceOf(Problem.class)
            .hasMessageContaining("pg_sleep");
        join(orphan);
      }
      lock.awaitWorkers(Duration.ofSeconds(5), new Stop());
    }
  }

  private Session work2() {
    return database.session();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      join(Thread.ofVirtual().start(() -> {}));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aGuardCancelsWhatIsOverdue() {
    try (Session session = database.session();
        Guard guard = new Guard(session, new Stop(), Optional.of(Duration.ofMillis(100))).start()) {
      assertThatThrownBy(() -> session.ask("SELECT pg_sleep(20)::text"))
          .isInstanceOfSatisfying(
              SqlFailure.class, f -> assertThat(f.failure()).isEqualTo(Failure.CANCELLED));
      assertThat(guard.verdict()).isEqualTo(Guard.Verdict.OVERDUE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWishToStopCancelsTheRunningStatement(boolean byInterrupt) {
    Stop stop = new Stop();
    Thread worker = Thread.currentThread();
    try (Session session = database.session();
        Guard guard = new Guard(session, stop, Optional.empty()).start()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  Thread.sleep(100);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                if (byInterrupt) {
                  worker.interrupt();
                } else {
                  stop.request();
                }
              });
      assertThatThrownBy(() -> session.ask("SELECT pg_sleep(20)::text"))
          .isInstanceOf(SqlFailure.class);
      assertThat(guard.verdict()).isEqualTo(Guard.Verdict.STOPPED);
      assertThatThrownBy(stop::check).isInstanceOf(Stopped.class);
      // The session still works: what is left to be written can be written.
      assertThat(session.ask("SELECT 1")).contains("1");
    }
  }

  @Test
  void olderTransactionsAreNamedWhereTheirLockConflicts() throws Exception {
    server.execute("CREATE TABLE orders (id int)");
    try (Connection reader = server.connect();
        Statement statement = reader.createStatement();
        Session session = database.session()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM orders");
      await(
          () ->
              !Activity.olderThan(session, ORDERS, LockMode.ACCESS_EXCLUSIVE, Duration.ofMillis(50))
                  .isEmpty());
      assertThat(Activity.olderThan(session, ORDERS, LockMode.SHARE_ROW_EXCLUSIVE, Duration.ZERO))
          .isEmpty();
      Activity blocker =
          Activity.olderThan(session, ORDERS, LockMode.ACCESS_EXCLUSIVE, Duration.ZERO).getFirst();
      assertThat(blocker.state()).isEqualTo("idle in transaction");
      assertThat(blocker.inWords()).contains("user postgres", "SELECT count(*) FROM orders");
      assertThat(
              Activity.olderThan(session, ORDERS, LockMode.ACCESS_EXCLUSIVE, Duration.ofHours(1)))
          .isEmpty();
    }
  }

  @Test
  void whatALoginMustNotSeeIsSaidToBeHiddenWithTheGrantThatShowsIt() throws Exception {
    server.execute(
        "CREATE TABLE orders (id int); CREATE ROLE blind LOGIN; GRANT SELECT ON orders TO blind");
    String url = server.url().replaceFirst("user=[^&]*", "user=blind");
    try (Connection holder = server.connect();
        Statement statement = holder.createStatement();
        Database blind = Database.open(Address.of(url));
        Session waiting = blind.session();
        Session session = blind.session()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE orders");
      long backend = waiting.backend();
      Thread reader =
          Thread.ofPlatform().daemon().start(() -> waiting.ask("SELECT count(*) FROM orders"));
      await(() -> !Activity.waitedFor(session, backend).isEmpty());
      assertThat(Activity.waitedFor(session, backend))
          .singleElement()
          .satisfies(
              hidden ->
                  assertThat(hidden.inWords())
                      .contains(", user postgres")
                      .endsWith(
                          ", hidden from this login: GRANT pg_read_all_stats TO its"
                              + " role shows what it does"));
      holder.rollback();
      reader.join();
    }
    assertThat(new Activity(7, "", "", Duration.ZERO, "", "", Optional.of("a GRANT")).inWords())
        .startsWith("pid 7, a process of the server itself, as autovacuum is, hidden from");
  }

  @Test
  void sizesAreTheServersEstimatesAndPartitionsAreSummedUp() throws Exception {
    server.execute(
        """
        CREATE TABLE counted AS SELECT generate_series(1, 1000) AS id;
        ANALYZE counted;
        CREATE TABLE uncounted AS SELECT generate_series(1, 5000) AS id;
        CREATE TABLE fresh (id int);
        CREATE TABLE parted (id int) PARTITION BY RANGE (id);
        CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100);
        CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (100) TO (200);
        INSERT INTO parted SELECT generate_series(0, 199);
        ANALYZE parted""");
    try (Session session = database.session()) {
      Statistics sizes = TableSizes.read(session, List.of());
      assertThat(sizes.size(QualifiedName.of("public", "counted")).orElseThrow().rows())
          .isEqualTo(1000);
      assertThat(sizes.size(QualifiedName.of("public", "uncounted")).orElseThrow().rows())
          .isBetween(1000L, 20_000L);
      assertThat(sizes.size(QualifiedName.of("public", "fresh")).orElseThrow().bytes()).isZero();
      Statistics.Size parted = sizes.size(QualifiedName.of("public", "parted")).orElseThrow();
      assertThat(parted.rows()).isEqualTo(200);
      assertThat(parted.bytes()).isGreaterThanOrEqualTo(2 * 8192);
      assertThat(sizes.tables().keySet())
          .allSatisfy(t -> assertThat(t.schema().orElseThrow().text()).isEqualTo("public"));
    }
  }
}
