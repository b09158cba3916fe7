package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dialect.Engine;
import dev.sluice.execute.Report.Ending;
import dev.sluice.journal.Entry;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.testing.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that is killed at a bad moment, a server that goes on without it, and who comes next.
 */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class CrashOnMysqlIT {

  private static final String REFERENCE =
      "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND"
          + " table_name = 'orders' AND column_name = 'reference'";

  private static final Steps ADD =
      Steps.alone("42.1", "ALTER TABLE orders ADD COLUMN reference varchar(50)")
          .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.INSTANT)
          .doneWhen(REFERENCE)
          .undo("ALTER TABLE orders DROP COLUMN reference");

  private static final Steps FILL =
      Steps.backfill("42.2", "`orders`", List.of("`id`"), "reference = note", "reference IS NULL");

  private final Bench bench;

  @TempDir private Path folder;

  CrashOnMysqlIT(Engine engine) {
    this.bench = new Bench(engine);
  }

  @BeforeEach
  void rows() throws Exception {
    bench.execute(
        "CREATE TABLE digits (d int)",
        "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "CREATE TABLE orders (id int PRIMARY KEY, note varchar(50))",
        "INSERT INTO orders SELECT a.d + 10 * b.d + 100 * c.d, 'note' FROM digits a, digits b,"
            + " digits c");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private boolean is(String sql) {
    return bench.ask(sql).filter("1"::equals).isPresent();
  }

  private Runner start(Plan plan) throws Exception {
    Path file = folder.resolve("plan.json");
    Files.writeString(file, PlanJson.write(plan));
    return Runner.start(file, bench.server.url(), folder.resolve("log"));
  }

  private void awaitRunning(Runner runner, String sql) throws Exception {
    Bench.await(() -> !runner.runs() || is(sql));
    assertThat(runner.runs()).as(Files.readString(folder.resolve("log"))).isTrue();
  }

  private static String running(String statement) {
    return "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE"
        + " '"
        + statement
        + "%'";
  }

  @Test
  void aBackfillThatIsKilledGoesOnFromItsLastBatchAndCountsEveryRowOnce() throws Exception {
    bench.execute(
        "CREATE TRIGGER slow BEFORE UPDATE ON orders FOR EACH ROW SET NEW.note = IF(SLEEP(0.003) ="
            + " 0, NEW.note, NEW.note)");
    Plan plan = bench.plan(ADD, FILL);
    try (Runner runner = start(plan)) {
      Bench.await(() -> !runner.runs() || is(REFERENCE));
      awaitRunning(runner, "SELECT COUNT(*) > 300 FROM orders WHERE reference IS NOT NULL");
      runner.kill();
    }
    // What was on its way to the server at that moment may still be done.
    Bench.await(() -> bench.ask(running("UPDATE")).filter("0"::equals).isPresent());
    Entry cut = bench.ledger().last("42.2").orElseThrow();
    assertThat(cut.state()).isEqualTo(Entry.State.STARTED);
    long counted = cut.rows().orElseThrow();
    assertThat(counted).isBetween(300L, 950L);
    Bench.await(
        () ->
            bench
                .ask("SELECT COUNT(*) FROM orders WHERE reference IS NOT NULL")
                .filter(String.valueOf(counted)::equals)
                .isPresent());
    Report report = bench.finished(plan);
    assertThat(report.steps().getLast().rows()).contains(1000L);
    assertThat(is("SELECT COUNT(*) = 1000 FROM orders WHERE reference = note")).isTrue();
  }

  @Test
  void aDefinitionWhoseRunnerIsKilledRunsOnAndIsWaitedForAndNotRepeated() throws Exception {
    bench.execute(
        "CREATE TABLE big (id int AUTO_INCREMENT PRIMARY KEY, note varchar(200))",
        "INSERT INTO big (note) SELECT REPEAT('x', 150) FROM digits a, digits b, digits c, digits"
            + " d, digits e, (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) f");
    String done =
        "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND"
            + " table_name = 'big' AND column_name = 'extra'";
    Plan plan =
        bench.plan(
            Steps.alone(
                    "42.1",
                    "ALTER TABLE big ADD COLUMN extra int, ADD INDEX (note), ALGORITHM = COPY")
                .doneWhen(done)
                .undo("ALTER TABLE big DROP COLUMN extra"));
    try (Runner runner = start(plan)) {
      awaitRunning(runner, running("ALTER TABLE big"));
      runner.kill();
    }
    assertThat(is(running("ALTER TABLE big"))).as("the server goes on with it").isTrue();
    Report report = bench.run(plan);
    assertThat(report.ok()).isTrue();
    assertThat(is(done)).isTrue();
    assertThat(bench.ledger().last("42.1").orElseThrow().message()).contains("found done");
    assertThat(bench.ledger().attempts("42.1")).isEqualTo(1);
  }

  @Test
  void aSecondRunnerIsRefusedAndChangesNothing() throws Exception {
    Plan plan = bench.plan(Steps.ddl("42.1", "UPDATE digits SET d = d + SLEEP(1)"));
    try (Runner runner = start(plan)) {
      awaitRunning(runner, running("UPDATE digits"));
      assertThatThrownBy(() -> bench.run(plan))
          .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.BUSY))
          .hasMessageContaining("somebody else is running on this database: pid ");
      assertThat(bench.ledger().entries()).hasSize(1);
    }
  }

  @Test
  void aWishToStopEndsTheStatementThatRuns() throws Exception {
    Plan plan = bench.plan(Steps.ddl("42.1", "UPDATE digits SET d = d + SLEEP(2)"));
    var run = bench.runAside(plan);
    Bench.await(() -> is(running("UPDATE digits")));
    long begun = System.nanoTime();
    bench.stop.request();
    assertThat(run.get().problem()).isEmpty();
    assertThat(run.get().ending()).isEqualTo(Ending.STOPPED);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    assertThat(bench.ledger().last("42.1").orElseThrow().state())
        .isEqualTo(Entry.State.INTERRUPTED);
    assertThat(is("SELECT SUM(d) = 45 FROM digits")).isTrue();
  }

  @Test
  void aConnectionLostInTheMiddleOfAStepIsTakenUpAgain() throws Exception {
    Plan plan = bench.plan(Steps.ddl("42.1", "UPDATE digits SET d = d + 1 + SLEEP(0.1)"));
    var run = bench.runAside(plan);
    Bench.await(() -> is(running("UPDATE digits")));
    bench.execute(
        "KILL " + bench.ask(running("UPDATE digits").replace("COUNT(*)", "id")).orElseThrow());
    assertThat(run.get().problem()).isEmpty();
    assertThat(is("SELECT SUM(d) = 55 FROM digits")).isTrue();
    assertThat(bench.ledger().attempts("42.1")).isEqualTo(2);
  }
}
