package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.database.Session;
import dev.sluice.execute.Progress.Passed;
import dev.sluice.execute.Progress.Started;
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
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at a bad moment, and the one that comes after it. */
class CrashIT {

  private static final String VALID =
      "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('orders_note') AND indisvalid";

  private static final Steps INDEX =
      Steps.alone("42.1", "CREATE INDEX CONCURRENTLY orders_note ON orders (note)")
          .locking("orders", LockMode.SHARE_UPDATE_EXCLUSIVE, Work.BUILD)
          .doneWhen(VALID)
          .undo("DROP INDEX CONCURRENTLY orders_note");

  private final Bench bench = new Bench();

  @TempDir private Path folder;

  @BeforeEach
  void rows() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, note text, filled text);"
            + "INSERT INTO orders SELECT n, 'note ' || n FROM generate_series(1, 5000) n");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Runner start(Plan plan) throws Exception {
    Path file = folder.resolve("plan.json");
    Files.writeString(file, PlanJson.write(plan));
    return Runner.start(file, bench.server.url(), folder.resolve("log"));
  }

  private boolean is(String sql) {
    return bench.ask(sql).filter(a -> a.equals("1") || a.equals("t")).isPresent();
  }

  private void awaitRunning(Runner runner, String sql) throws Exception {
    Bench.await(() -> !runner.runs() || is(sql));
    assertThat(runner.runs()).as(Files.readString(folder.resolve("log"))).isTrue();
  }

  @Test
  void aBackfillThatIsKilledGoesOnFromItsLastBatchAndCountsEveryRowOnce() throws Exception {
    bench.execute(
        """
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.id % 10 = 0 THEN PERFORM pg_sleep(0.005); END IF; RETURN NEW; END $$;
        CREATE TRIGGER slow BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION slow()""");
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "ALTER TABLE orders ADD COLUMN extra text")
                .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT),
            Steps.backfill(
                "42.2", "orders", List.of("id"), "filled = upper(note)", "filled IS NULL"));
    try (Runner runner = start(plan)) {
      awaitRunning(runner, "SELECT count(*) > 500 FROM orders WHERE filled IS NOT NULL");
      runner.kill();
    }
    // What was on its way to the server at that moment may still be done.
    Bench.await(
        () ->
            is(
                "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'sluice' AND query LIKE 'UPDATE%' AND state = 'active'"));
    Entry cut = bench.ledger().last("42.2").orElseThrow();
    assertThat(cut.state()).isEqualTo(Entry.State.STARTED);
    long counted = cut.rows().orElseThrow();
    assertThat(counted).isBetween(500L, 4950L);
    assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS NOT NULL"))
        .as("what the journal counts is what was done: they are written together")
        .contains(String.valueOf(counted));

    Report report = bench.finished(plan);
    assertThat(bench.events(Passed.class))
        .singleElement()
        .satisfies(e -> assertThat(e.step().id()).isEqualTo("42.1"));
    assertThat(bench.events(Started.class))
        .singleElement()
        .satisfies(e -> assertThat(e.attempt()).isEqualTo(2));
    assertThat(report.steps().getLast().rows()).contains(5000L);
    assertThat(is("SELECT count(*) = 5000 FROM orders WHERE filled = upper(note)")).isTrue();
  }

  @Test
  void aTransactionThatIsKilledLeavesNothingAndIsDoneByTheNext() throws Exception {
    bench.execute("CREATE TABLE seen (id int)");
    Plan slow =
        Steps.plan(
            Steps.ddl("42.1", "ALTER TABLE orders ADD COLUMN extra text", "SELECT wait_a_while()"));
    bench.execute(
        "CREATE FUNCTION wait_a_while() RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(30)'");
    try (Runner runner = start(slow)) {
      awaitRunning(
          runner,
          "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT wait_a_while()' AND state ="
              + " 'active'");
      runner.kill();
    }
    bench.execute(
        "CREATE OR REPLACE FUNCTION wait_a_while() RETURNS void LANGUAGE sql AS 'SELECT"
            + " pg_sleep(0)'");
    Report report = bench.finished(slow);
    assertThat(report.steps().getFirst().attempts()).isEqualTo(1);
    assertThat(bench.ledger().entries().stream().map(Entry::state))
        .containsExactly(Entry.State.STARTED, Entry.State.STARTED, Entry.State.DONE);
  }

  @Test
  void anIndexThatIsKilledHalfBuiltIsTakenAwayAndBuiltAnew() throws Exception {
    Plan plan = Steps.plan(INDEX);
    try (Connection holder = bench.holding("UPDATE orders SET note = 'held' WHERE id = 1");
        Runner runner = start(plan)) {
      awaitRunning(
          runner, "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('orders_note')");
      Bench.sleep(100);
      runner.kill();
      Bench.await(
          () ->
              is(
                  "SELECT count(*) = 0 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND"
                      + " state = 'active'"));
      holder.rollback();
    }
    assertThat(is(VALID)).isFalse();
    assertThat(is("SELECT to_regclass('orders_note') IS NOT NULL")).isTrue();
    bench.finished(plan);
    assertThat(is(VALID)).isTrue();
  }

  @Test
  void anIndexThatWasDoneButNotJournaledIsFoundDone() throws Exception {
    Plan plan = Steps.plan(INDEX);
    try (Session session = bench.elsewhere.session()) {
      bench.journal.create(session);
      long release = bench.journal.begin(session, plan, "the killed one");
      bench.journal.started(session, release, "42.1", 1);
    }
    bench.execute("CREATE INDEX orders_note ON orders (note)");
    String oid = bench.ask("SELECT 'orders_note'::regclass::oid").orElseThrow();
    Report report = bench.run(plan);
    assertThat(report.ok()).isTrue();
    assertThat(bench.events(Passed.class).getFirst().why()).isEqualTo("found done");
    assertThat(bench.ask("SELECT 'orders_note'::regclass::oid")).contains(oid);
    assertThat(bench.ledger().done("42.1")).isTrue();
  }

  @Test
  void anInvalidIndexThatSomebodyElseLeftIsNotOursToTakeAway() throws Exception {
    bench.execute("UPDATE orders SET note = 'twice' WHERE id < 3");
    assertThatThrownBy(
            () -> bench.execute("CREATE UNIQUE INDEX CONCURRENTLY orders_note ON orders (note)"))
        .hasMessageContaining("could not create unique index");
    String oid = bench.ask("SELECT 'orders_note'::regclass::oid").orElseThrow();
    for (int run = 0; run < 2; run++) {
      Report report = bench.run(Steps.plan(INDEX));
      assertThat(report.problem().orElseThrow()).hasMessageContaining("already exists");
      assertThat(bench.ask("SELECT 'orders_note'::regclass::oid")).contains(oid);
    }
  }

  @Test
  void anIndexThatCannotBeBuiltLeavesNothingInvalid() throws Exception {
    bench.execute("UPDATE orders SET note = 'twice' WHERE id < 3");
    Plan plan =
        Steps.plan(
            Steps.alone("42.1", "CREATE UNIQUE INDEX CONCURRENTLY orders_note ON orders (note)")
                .locking("orders", LockMode.SHARE_UPDATE_EXCLUSIVE, Work.BUILD)
                .doneWhen(VALID)
                .undo("DROP INDEX CONCURRENTLY orders_note"));
    Report report = bench.run(plan);
    assertThat(report.problem().orElseThrow())
        .hasMessageContaining("could not create unique index");
    assertThat(is("SELECT to_regclass('orders_note') IS NULL")).isTrue();
  }

  @Test
  void ifNotExistsDoesNotPassOverAnInvalidIndex() throws Exception {
    bench.execute("UPDATE orders SET note = 'twice' WHERE id < 3");
    assertThatThrownBy(
            () -> bench.execute("CREATE UNIQUE INDEX CONCURRENTLY orders_note ON orders (note)"))
        .isInstanceOf(java.sql.SQLException.class);
    Plan plan =
        Steps.plan(
            Steps.alone(
                    "42.1", "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note ON orders (note)")
                .locking("orders", LockMode.SHARE_UPDATE_EXCLUSIVE, Work.BUILD)
                .doneWhen(VALID));
    assertThat(bench.run(plan).problem().orElseThrow())
        .hasMessageContaining("ended without an error, but it is not done");
  }

  @Test
  void aConnectionLostInTheMiddleOfAStepIsTakenUpAgain() throws Exception {
    bench.execute(
        "CREATE FUNCTION wait_a_while() RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(1)'");
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "ALTER TABLE orders ADD COLUMN extra text", "SELECT wait_a_while()"));
    var run = bench.runAside(plan);
    String waiting =
        " FROM pg_stat_activity WHERE query = 'SELECT wait_a_while()' AND state = 'active'";
    Bench.await(() -> is("SELECT count(*)" + waiting));
    bench.ask("SELECT count(pg_terminate_backend(pid))" + waiting);
    assertThat(run.get().problem()).isEmpty();
    assertThat(is("SELECT count(extra) = 0 FROM orders")).isTrue();
    assertThat(bench.ledger().attempts("42.1")).isEqualTo(2);
  }

  @Test
  void aSecondRunnerIsRefusedAndChangesNothing() throws Exception {
    bench.execute(
        "CREATE FUNCTION wait_a_while() RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(30)'");
    Plan plan = Steps.plan(Steps.ddl("42.1", "SELECT wait_a_while()"));
    try (Runner runner = start(plan)) {
      awaitRunning(
          runner,
          "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT wait_a_while()' AND state ="
              + " 'active'");
      assertThatThrownBy(() -> bench.run(plan))
          .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.BUSY))
          .hasMessageContaining("somebody else is running on this database: pid ");
      assertThat(bench.ledger().entries()).hasSize(1);
    }
  }
}
