package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.execute.Progress.Blocked;
import dev.sluice.execute.Progress.Retrying;
import dev.sluice.plan.Plan;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocksIT {

  private final Bench bench = new Bench();

  private static final Steps ADD =
      Steps.ddl("42.1", "ALTER TABLE orders ADD COLUMN reference text")
          .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT);

  @BeforeEach
  void schema() throws Exception {
    bench.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
    bench.lock = with(Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  private static LockSettings with(Duration budget, Duration oldTransaction) {
    LockSettings d = LockSettings.DEFAULTS;
    return new LockSettings(
        d.timeout(),
        d.hold(),
        oldTransaction,
        d.attempts(),
        budget,
        d.firstPause(),
        Duration.ofMillis(200),
        d.watchdog());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aStepSaysWhichLocksItHeld() {
    Plan plan =
        Steps.plan(
            Steps.ddl(
                    "42.1",
                    "CREATE TABLE fresh (id int)",
                    "ALTER TABLE orders ADD COLUMN reference text")
                .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT));
    StepReport report = bench.finished(plan).steps().getFirst();
    assertThat(report.attempts()).isEqualTo(1);
    assertThat(report.locks())
        .as("nobody waits for a table that was not there before")
        .singleElement()
        .satisfies(
            lock -> {
              assertThat(lock.relation()).isEqualTo("public.orders");
              assertThat(lock.mode()).isEqualTo("ACCESS EXCLUSIVE");
              assertThat(lock.time()).isLessThan(Duration.ofSeconds(1));
            });
  }

  @Test
  void aLockThatIsNotFreeIsTriedAgainAndNobodyWaitsLongBehindIt() throws Exception {
    AtomicLong longest = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Report report;
    try (Connection holder = bench.holding("SELECT count(*) FROM orders");
        Connection reader = bench.server.connect();
        Statement read = reader.createStatement()) {
      CompletableFuture<Report> run = bench.runAside(Steps.plan(ADD));
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  long begun = System.nanoTime();
                  try {
                    read.executeQuery("SELECT count(*) FROM orders").close();
                  } catch (java.sql.SQLException e) {
                    throw new AssertionError(e);
                  }
                  longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                  Bench.sleep(2);
                }
              },
              Bench.ASIDE);
      Bench.await(() -> bench.events(Retrying.class).size() >= 4);
      holder.rollback();
      report = run.get();
      over.set(true);
      reading.get();
    }
    assertThat(report.ending()).isEqualTo(Report.Ending.FINISHED);
    assertThat(report.steps().getFirst().attempts()).isGreaterThanOrEqualTo(5);
    assertThat(bench.events(Blocked.class).getFirst().blockers().getFirst().query())
        .isEqualTo("SELECT count(*) FROM orders");
    assertThat(bench.events(Retrying.class))
        .allSatisfy(e -> assertThat(e.why()).contains("lock timeout"))
        .anySatisfy(e -> assertThat(e.why()).contains("pid "));
    assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofMillis(250));
    assertThat(Duration.ofNanos(longest.get()))
        .as("the reader did stand behind a try")
        .isGreaterThan(Duration.ofMillis(20));
  }

  @Test
  void whenTheBudgetIsSpentTheStepHasFailedAndSaysWhoWasInTheWay() throws Exception {
    bench.lock = with(Duration.ofMillis(600), Duration.ofSeconds(30));
    try (Connection holder = bench.holding("LOCK TABLE orders IN ROW EXCLUSIVE MODE")) {
      Report report = bench.run(Steps.plan(ADD));
      assertThat(report.ok()).isFalse();
      assertThat(report.problem().orElseThrow().reason()).isEqualTo(Reason.STEP);
      assertThat(report.problem().orElseThrow())
          .hasMessageContaining("step 42.1 (step 42.1) failed: no lock in")
          .hasMessageContaining("nothing of it was done; in the way last: pid ")
          .hasMessageContaining("LOCK TABLE orders IN ROW EXCLUSIVE MODE");
      assertThat(bench.ledger().last("42.1").orElseThrow().code()).contains("55P03");
      holder.rollback();
    }
    assertThat(
            bench.ask(
                "SELECT count(*) FROM information_schema.columns WHERE column_name = 'reference'"))
        .contains("0");
    bench.finished(Steps.plan(ADD));
  }

  @Test
  void anOldTransactionIsWaitedForAndNotTriedAgainst() throws Exception {
    bench.lock = with(Duration.ofSeconds(60), Duration.ofMillis(200));
    Report report;
    try (Connection holder = bench.holding("SELECT count(*) FROM orders")) {
      Bench.sleep(300);
      CompletableFuture<Report> run = bench.runAside(Steps.plan(ADD));
      Bench.await(() -> !bench.events(Blocked.class).isEmpty());
      Bench.sleep(300);
      holder.rollback();
      report = run.get();
    }
    assertThat(report.steps().getFirst().attempts()).isEqualTo(1);
    assertThat(bench.events(Retrying.class)).isEmpty();
  }

  @Test
  void anOldTransactionThatNeverEndsFailsTheStepByName() throws Exception {
    bench.lock = with(Duration.ofMillis(500), Duration.ofMillis(100));
    try (Connection holder = bench.holding("SELECT count(*) FROM orders")) {
      Bench.sleep(150);
      Report report = bench.run(Steps.plan(ADD));
      assertThat(report.problem().orElseThrow())
          .hasMessageContaining("older transactions held its locks for 0 s")
          .hasMessageContaining("SELECT count(*) FROM orders");
      assertThat(bench.events(Retrying.class)).isEmpty();
      holder.rollback();
    }
  }

  @Test
  void othersWaitNoLongerThanTheHoldLimit() {
    bench.lock =
        new LockSettings(
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(30),
            3,
            Duration.ofSeconds(10),
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ofMinutes(1));
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "ALTER TABLE orders ADD COLUMN a text", "SELECT pg_sleep(20)")
                .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT));
    long begun = System.nanoTime();
    Report report = bench.run(plan);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(report.problem().orElseThrow())
        .hasMessageContaining(
            "others waited for it longer than 300 ms (lock.hold); it was rolled back");
    assertThat(bench.ask("SELECT count(*) FROM information_schema.columns WHERE column_name = 'a'"))
        .contains("0");
  }

  @Test
  void twoLocksOfOneStepShareOneWait() throws Exception {
    bench.execute("CREATE TABLE customers (id bigint PRIMARY KEY)");
    Plan plan =
        Steps.plan(
            Steps.ddl(
                    "42.1",
                    "ALTER TABLE customers ADD COLUMN a text",
                    "SELECT pg_sleep(0.07)",
                    "ALTER TABLE orders ADD COLUMN a text")
                .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT));
    try (Connection holder = bench.holding("LOCK TABLE orders IN ROW EXCLUSIVE MODE");
        Connection reader = bench.server.connect();
        Statement read = reader.createStatement()) {
      CompletableFuture<Report> run = bench.runAside(plan);
      long longest = 0;
      while (bench.events(Retrying.class).size() < 5) {
        long begun = System.nanoTime();
        read.executeQuery("SELECT count(*) FROM customers").close();
        longest = Math.max(longest, System.nanoTime() - begun);
      }
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(250));
      holder.rollback();
      assertThat(run.get().ok()).isTrue();
    }
  }

  @Test
  void aValidationStandsInLineAsLongAsItLikesBecauseNobodyWaitsBehindIt() throws Exception {
    bench.execute("ALTER TABLE orders ADD CONSTRAINT note_set CHECK (note IS NOT NULL) NOT VALID");
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "ALTER TABLE orders VALIDATE CONSTRAINT note_set")
                .locking("orders", LockMode.SHARE_UPDATE_EXCLUSIVE, Work.SCAN));
    try (Connection holder = bench.holding("LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE");
        Connection writer = bench.server.connect();
        Statement write = writer.createStatement()) {
      CompletableFuture<Report> run = bench.runAside(plan);
      Bench.await(
          () ->
              bench
                  .ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                  .filter("1"::equals)
                  .isPresent());
      long begun = System.nanoTime();
      write.execute("INSERT INTO orders VALUES (1, 'one')");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(100));
      Bench.sleep(300);
      holder.rollback();
      assertThat(run.get().steps().getFirst().attempts()).isEqualTo(1);
    }
  }
}
