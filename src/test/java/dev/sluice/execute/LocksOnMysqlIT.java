package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.RunnerLock;
import dev.sluice.database.Session;
import dev.sluice.database.Stop;
import dev.sluice.dialect.Engine;
import dev.sluice.execute.Progress.Blocked;
import dev.sluice.execute.Progress.Noted;
import dev.sluice.execute.Progress.Retrying;
import dev.sluice.journal.Entry;
import dev.sluice.release.Phase;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What others feel of a definition that waits for its metadata lock. */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class LocksOnMysqlIT {

  private static final Steps ADD =
      Steps.alone(
              "42.1", "ALTER TABLE orders ADD COLUMN reference varchar(20), ALGORITHM = INSTANT")
          .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.INSTANT)
          .doneWhen(columns("reference"))
          .undo("ALTER TABLE orders DROP COLUMN reference");

  private final Engine engine;
  private final Bench bench;

  LocksOnMysqlIT(Engine engine) {
    this.engine = engine;
    this.bench = new Bench(engine);
  }

  @BeforeEach
  void table() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(50))",
        "INSERT INTO orders VALUES (1, 'one'), (2, 'two')");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String columns(String name) {
    return "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND"
        + " column_name = '"
        + name
        + "'";
  }

  private static LockSettings with(Duration budget, Duration oldTransaction) {
    return new LockSettings(
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        oldTransaction,
        1000,
        budget,
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
  }

  /** Reads the table again and again, as an application does, and knows the longest wait. */
  private final class Reader implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Duration> longest =
        CompletableFuture.supplyAsync(this::read, Bench.ASIDE);

    private Duration read() {
      long most = 0;
      try (Connection connection = bench.server.connect();
          Statement statement = connection.createStatement()) {
        while (!over.get()) {
          long begun = System.nanoTime();
          statement.executeQuery("SELECT COUNT(*) FROM orders").close();
          most = Math.max(most, System.nanoTime() - begun);
          Bench.sleep(2);
        }
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
      return Duration.ofNanos(most);
    }

    Duration longest() throws Exception {
      over.set(true);
      return longest.get();
    }

    @Override
    public void close() {
      over.set(true);
    }
  }

  @Test
  void aDefinitionIsDoneAtItsFirstTryAndJournaled() {
    Report report = bench.finished(bench.plan(ADD));
    assertThat(report.steps().getFirst().attempts()).isEqualTo(1);
    assertThat(bench.ask(columns("reference"))).contains("1");
    assertThat(bench.ledger().entries().stream().map(Entry::state))
        .containsExactly(Entry.State.STARTED, Entry.State.DONE);
  }

  @Test
  void nobodyStandsBehindAnOldTransactionBecauseOfUs() throws Exception {
    CompletableFuture<Report> run;
    try (Connection holder = bench.holding("SELECT COUNT(*) FROM orders");
        Reader reader = new Reader()) {
      Bench.sleep(2100);
      run = bench.runAside(bench.plan(ADD));
      Bench.await(() -> !bench.events(Blocked.class).isEmpty());
      Bench.sleep(2000);
      assertThat(run).isNotDone();
      assertThat(reader.longest()).isLessThan(Duration.ofMillis(900));
      long pid = backend(holder);
      assertThat(bench.events(Blocked.class).getFirst().blockers())
          .anySatisfy(blocker -> assertThat(blocker.backend()).isEqualTo(pid));
      holder.rollback();
    }
    assertThat(run.get().problem()).isEmpty();
    assertThat(bench.ask(columns("reference"))).contains("1");
    if (engine == Engine.MYSQL) {
      assertThat(bench.events(Retrying.class)).as("it waited and did not try").isEmpty();
      assertThat(bench.events(Blocked.class).getFirst().blockers().getFirst().query())
          .isEqualTo("SELECT COUNT(*) FROM orders");
    }
  }

  private static long backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void behindAYoungOneNobodyStandsLongerThanASecond() throws Exception {
    bench.lock = with(Duration.ofMinutes(1), Duration.ofSeconds(30));
    CompletableFuture<Report> run;
    Duration longest;
    try (Connection holder = bench.holding("SELECT COUNT(*) FROM orders");
        Reader reader = new Reader()) {
      run = bench.runAside(bench.plan(ADD));
      Bench.await(() -> bench.events(Retrying.class).size() >= 3);
      longest = reader.longest();
      long pid = backend(holder);
      assertThat(bench.events(Blocked.class).getFirst().blockers())
          .anySatisfy(blocker -> assertThat(blocker.backend()).isEqualTo(pid));
      assertThat(bench.events(Retrying.class))
          .allSatisfy(e -> assertThat(e.why()).contains("Lock wait timeout exceeded"))
          .anySatisfy(e -> assertThat(e.why()).contains("pid " + pid + ", user root"));
      holder.rollback();
    }
    assertThat(run.get().problem()).isEmpty();
    assertThat(longest).isBetween(Duration.ofMillis(200), Duration.ofMillis(1500));
  }

  @Test
  void whenTheBudgetIsSpentTheStepHasFailedAndSaysWhoWasInTheWay() throws Exception {
    bench.lock = with(Duration.ofMillis(1500), Duration.ofSeconds(30));
    try (Connection holder = bench.holding("UPDATE orders SET note = 'x' WHERE id = 1")) {
      Report report = bench.run(bench.plan(ADD));
      Problem problem = report.problem().orElseThrow();
      assertThat(problem.reason()).as("exit code 4").isEqualTo(Reason.STEP);
      assertThat(problem)
          .hasMessageContaining("step 42.1 (step 42.1) failed: Lock wait timeout exceeded")
          .hasMessageContaining("; nothing of it was done; in the way last: pid ")
          .hasMessageContaining("pid " + backend(holder) + ", user root")
          .hasMessageContaining("fix: run the same command again when they are gone");
      assertThat(bench.ledger().last("42.1").orElseThrow().code()).contains("1205");
      holder.rollback();
    }
    assertThat(bench.ask(columns("reference"))).contains("0");
    bench.finished(bench.plan(ADD));
  }

  @Test
  void anOldTransactionThatNeverEndsFailsTheStepByName() throws Exception {
    bench.lock = with(Duration.ofMillis(1500), Duration.ofSeconds(1));
    try (Connection holder = bench.holding("SELECT COUNT(*) FROM orders")) {
      Bench.sleep(2100);
      Problem problem = bench.run(bench.plan(ADD)).problem().orElseThrow();
      assertThat(problem).hasMessageContaining("pid " + backend(holder) + ", user root");
      if (engine == Engine.MYSQL) {
        assertThat(problem)
            .hasMessageContaining("older transactions held its locks for 1 s; nothing of it was")
            .hasMessageContaining("idle in transaction: SELECT COUNT(*) FROM orders");
      } else {
        assertThat(problem)
            .hasMessageContaining("this server does not say whose locks they are: any of these may")
            .hasMessageContaining("performance_schema = ON");
      }
      holder.rollback();
    }
  }

  @Test
  void aLockThatLastsLongIsCutOffAndLeavesNothing() {
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
    String digits = "(SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)";
    StringBuilder endless = new StringBuilder("CREATE TABLE heavy AS SELECT COUNT(*) AS n FROM ");
    for (int i = 0; i < 16; i++) {
      endless.append(i == 0 ? "" : ", ").append(digits).append(" d").append(i);
    }
    long begun = System.nanoTime();
    Report report =
        bench.run(
            bench.plan(
                Steps.alone("42.1", endless.toString())
                    .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.REWRITE)));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(report.problem().orElseThrow())
        .hasMessageContaining("others waited for it longer than 300 ms (lock.hold); it was")
        .hasMessageContaining("cancelled; nothing of it was done");
    assertThat(
            bench.ask(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND"
                    + " table_name = 'heavy'"))
        .contains("0");
  }

  @Test
  void aWayThatTheServerDoesNotGoFailsTheStepAndChangesNothing() {
    for (String refused :
        new String[] {
          "ALTER TABLE orders MODIFY note text, ALGORITHM = INSTANT",
          "ALTER TABLE orders MODIFY note int, ALGORITHM = INPLACE, LOCK = NONE"
        }) {
      Report report =
          bench.run(
              bench.plan(
                  Steps.alone("42.1", refused)
                      .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.INSTANT)));
      assertThat(report.problem().orElseThrow().reason()).isEqualTo(Reason.STEP);
      assertThat(report.problem().orElseThrow())
          .hasMessageContaining("is not supported")
          .hasMessageContaining("; nothing of it was done: this server does it only in a way that")
          .hasMessageContaining("fix: make the plan again on this server");
      assertThat(bench.ledger().last("42.1").orElseThrow().code().orElseThrow())
          .isIn("1845", "1846");
      new Abort(bench.environment()).run(false);
    }
  }

  @Test
  void aSecondRunnerIsRefusedAndToldWhoRuns() throws Exception {
    try (RunnerLock first = RunnerLock.take(bench.database)) {
      assertThatThrownBy(() -> RunnerLock.take(bench.elsewhere))
          .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.BUSY))
          .hasMessageContaining("somebody else is running on this database: pid ")
          .hasMessageContaining(", user root, from ");
      first.ensure();
    }
    RunnerLock.take(bench.elsewhere).close();
    Bench other = new Bench(engine);
    try (RunnerLock here = RunnerLock.take(bench.database);
        RunnerLock there = RunnerLock.take(other.database)) {
      here.ensure();
      there.ensure();
    } finally {
      other.close();
    }
  }

  @Test
  void whatADeadRunnerLeftRunningIsSeenAndNamed() throws Exception {
    Stop never = new Stop();
    try (RunnerLock next = RunnerLock.take(bench.database)) {
      workingFails(next, never);
      next.awaitWorkers(Duration.ofSeconds(10), never);
    }
  }

  private static void workingFails(RunnerLock next, Stop never) {
    try (Session work = next.work()) {
      assertThatThrownBy(() -> next.awaitWorkers(Duration.ofMillis(200), never))
          .isInstanceOf(Problem.class)
          .hasMessageContaining(
              "a statement of an earlier run is still running: pid " + work.backend())
          .hasMessageContaining("or end it with KILL pid");
    }
  }

  @Test
  void aLoginThatMayNotLookIsToldSoAndItsTriesAreShort() throws Exception {
    String user = bench.server.name() + "_app";
    bench.execute("CREATE USER " + user, "GRANT ALL ON " + bench.server.name() + ".* TO " + user);
    String url = bench.server.url().replace("user=root", "user=" + user);
    try (Database blind = Database.open(Address.of(url))) {
      Environment all = bench.environment();
      Report report =
          new Executor(
                  new Environment(
                      blind,
                      all.journal(),
                      all.ports(),
                      all.settings(),
                      all.placeholders(),
                      all.who(),
                      all.stop()))
              .run(bench.plan(ADD), EnumSet.allOf(Phase.class));
      assertThat(report.problem()).isEmpty();
      assertThat(bench.events(Noted.class))
          .singleElement()
          .satisfies(
              e ->
                  assertThat(e.text())
                      .contains("who holds its locks cannot be seen")
                      .contains("GRANT PROCESS ON *.*"));
    } finally {
      bench.execute("DROP USER " + user);
    }
  }
}
