package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.journal.JournaledRelease;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Reversible;
import dev.sluice.release.Phase;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Problem;
import dev.sluice.testing.Steps;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbortIT {

  private static final Plan PLAN =
      Steps.plan(
          Steps.ddl("42.1", "ALTER TABLE orders ADD COLUMN reference text")
              .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT)
              .undo("ALTER TABLE orders DROP COLUMN reference"),
          Steps.backfill(
              "42.2",
              "orders",
              List.of("id"),
              "reference = note",
              "reference IS DISTINCT FROM note"),
          Steps.alone("42.3", "CREATE INDEX CONCURRENTLY orders_reference ON orders (reference)")
              .locking("orders", LockMode.SHARE_UPDATE_EXCLUSIVE, Work.BUILD)
              .doneWhen(
                  "SELECT count(*) FROM pg_index WHERE indexrelid ="
                      + " to_regclass('orders_reference') AND indisvalid")
              .undo("DROP INDEX CONCURRENTLY orders_reference"),
          Steps.ddl("42.4", "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL")
              .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT)
              .undo("ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
              .reversible(Reversible.UNTIL_WRITTEN),
          Steps.of(
              "42.5",
              new Action.RecordHistory(
                  Optional.of("42"), "reference", "SQL", "V42__reference.sql", Optional.of(1))),
          Steps.deploy("42.6"),
          Steps.ddl("42.7", "ALTER TABLE orders DROP COLUMN note")
              .in(Phase.POST_DEPLOY)
              .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT)
              .reversible(Reversible.NO));

  private final Bench bench = new Bench();

  @BeforeEach
  void schema() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, note text NOT NULL);"
            + "INSERT INTO orders SELECT n, 'note ' || n FROM generate_series(1, 100) n");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String shape() {
    return bench
        .ask(
            "SELECT string_agg(attname || ' ' || attnotnull, ',' ORDER BY attname) || ' ' || (SELECT"
                + " count(*) FROM pg_index WHERE indrelid = 'orders'::regclass) FROM pg_attribute"
                + " WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped")
        .orElseThrow();
  }

  private Abort.Aborted abort(boolean oldVersionRuns) {
    return new Abort(bench.environment()).run(oldVersionRuns);
  }

  @Test
  void everythingIsAsItWasAndTheFilesArePendingAgain() {
    String before = shape();
    bench.run(PLAN, Phase.PRE_DEPLOY);
    assertThat(bench.history.rows).hasSize(1);
    assertThat(shape()).isNotEqualTo(before);
    Abort.Aborted aborted = abort(false);
    assertThat(aborted.undone()).containsExactly("42.5", "42.4", "42.3", "42.2", "42.1");
    assertThat(aborted.stays()).isEmpty();
    assertThat(shape()).isEqualTo(before);
    assertThat(bench.history.rows).isEmpty();
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.ABORTED);
    assertThatThrownBy(() -> abort(false)).hasMessageContaining("no release is open");
    assertThat(bench.run(PLAN, Phase.PRE_DEPLOY).ok()).as("and it can be begun again").isTrue();
  }

  @Test
  void whatTheNewVersionWroteStaysAndIsNamed() throws Exception {
    bench.run(PLAN, Phase.PRE_DEPLOY);
    bench.execute("INSERT INTO orders VALUES (1000, NULL)");
    Abort.Aborted aborted = abort(false);
    assertThat(aborted.stays())
        .singleElement()
        .satisfies(
            stay -> {
              assertThat(stay.step().id()).isEqualTo("42.4");
              assertThat(stay.why()).contains("contains null values");
            });
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.ABORTED);
  }

  private static final Plan WITHOUT_CHECK =
      Steps.plan(
          Steps.ddl("43.1", "ALTER TABLE orders DROP CONSTRAINT long")
              .locking("orders", LockMode.ACCESS_EXCLUSIVE, Work.INSTANT)
              .undo(
                  "INSERT INTO seen SELECT pg_current_xact_id()::text",
                  "ALTER TABLE orders ADD CONSTRAINT long CHECK (length(note) > 3) NOT VALID",
                  "ALTER TABLE orders VALIDATE CONSTRAINT long",
                  "INSERT INTO seen SELECT pg_current_xact_id()::text")
              .reversible(Reversible.UNTIL_WRITTEN),
          Steps.deploy("43.2"));

  private String constraint() {
    return bench
        .ask(
            "SELECT coalesce(string_agg(convalidated::text, ','), 'none') FROM pg_constraint WHERE"
                + " conname = 'long'")
        .orElseThrow();
  }

  @Test
  void aConstraintIsPutBackInOneTransactionAndRowsAreReadInTheNext() throws Exception {
    bench.execute(
        "ALTER TABLE orders ADD CONSTRAINT long CHECK (length(note) > 3);"
            + "CREATE TABLE seen (transaction text)");
    bench.run(WITHOUT_CHECK, Phase.PRE_DEPLOY);
    assertThat(constraint()).isEqualTo("none");
    assertThat(abort(false).undone()).containsExactly("43.1");
    assertThat(constraint()).isEqualTo("true");
    assertThat(bench.ask("SELECT count(DISTINCT transaction)::text FROM seen")).contains("2");
  }

  @Test
  void aConstraintThatARowBreaksByNowGoesAgain() throws Exception {
    bench.execute(
        "ALTER TABLE orders ADD CONSTRAINT long CHECK (length(note) > 3);"
            + "CREATE TABLE seen (transaction text)");
    bench.run(WITHOUT_CHECK, Phase.PRE_DEPLOY);
    bench.execute("INSERT INTO orders VALUES (1000, 'x')");
    assertThat(abort(false).stays())
        .singleElement()
        .satisfies(stay -> assertThat(stay.why()).contains("is violated by some row"));
    assertThat(constraint()).isEqualTo("none");
  }

  @Test
  void onceTheRollOutHasBegunAPersonHasToSayThatTheOldVersionRuns() {
    String before = shape();
    bench.run(PLAN, Phase.PRE_DEPLOY, Phase.ROLLING);
    assertThatThrownBy(() -> abort(false))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("the roll-out was begun (step 42.6)")
        .hasMessageContaining("nothing was changed");
    assertThat(bench.history.rows).hasSize(1);
    abort(true);
    assertThat(shape()).isEqualTo(before);
  }

  @Test
  void behindThePointOfNoReturnThereIsOnlyForward() throws Exception {
    bench.execute("CREATE VIEW notes AS SELECT note FROM orders");
    Report report = bench.run(PLAN);
    assertThat(report.problem().orElseThrow()).hasMessageContaining("other objects depend on it");
    bench.execute("DROP VIEW notes");
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.OPEN);
    Plan more =
        Steps.plan(
            Steps.purge("44.1", "orders", List.of("id"), "id > 50 AND 1 / (id - 90) IS NOT NULL")
                .reversible(Reversible.NO));
    abort(true);
    bench.backfill =
        new BackfillSettings(java.time.Duration.ofMillis(100), 20, 20, 20, 1 << 20, 0, 1);
    assertThat(bench.run(more).problem().orElseThrow()).hasMessageContaining("division by zero");
    assertThatThrownBy(() -> abort(true))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is behind its point of no return");
  }

  @Test
  void whatOthersBuiltOnItIsNamedBeforeAnythingIsTakenBack() throws Exception {
    String before = shape();
    bench.run(PLAN, Phase.PRE_DEPLOY);
    bench.execute("CREATE VIEW references_seen AS SELECT reference FROM orders");
    bench.execute("ALTER TABLE orders ADD UNIQUE (reference)");
    bench.execute("CREATE TABLE lines (reference text REFERENCES orders (reference))");
    String applied = shape();
    assertThatThrownBy(() -> abort(false))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be taken back as it stands; nothing was changed")
        .hasMessageContaining("view references_seen depends on what step 42.1 (step 42.1) made")
        .hasMessageContaining("constraint lines_reference_fkey on table lines depends on")
        .hasMessageNotContaining("orders_reference ");
    assertThat(shape()).isEqualTo(applied);
    assertThat(bench.history.rows).hasSize(1);
    assertThat(bench.ledger().abort()).isEmpty();
    bench.execute("DROP VIEW references_seen; DROP TABLE lines");
    bench.execute("ALTER TABLE orders DROP CONSTRAINT orders_reference_key");
    assertThat(abort(false).stays()).isEmpty();
    assertThat(shape()).isEqualTo(before);
  }

  @Test
  void whatTheReleaseItselfBuiltOnItIsNoObstacle() throws Exception {
    Plan plan =
        Steps.plan(
            Steps.ddl("45.1", "CREATE TABLE parcels (id int PRIMARY KEY, code text, o int)")
                .undo("DROP TABLE parcels"),
            Steps.ddl("45.2", "ALTER TABLE parcels ADD FOREIGN KEY (o) REFERENCES orders"),
            Steps.ddl("45.3", "CREATE VIEW codes AS SELECT code FROM parcels")
                .undo("DROP VIEW codes"),
            Steps.ddl("45.4", "CREATE POLICY own ON parcels USING (code = '')"),
            Steps.ddl("45.5", "CREATE OR REPLACE VIEW seen AS SELECT id FROM parcels")
                .reversible(Reversible.UNTIL_WRITTEN),
            Steps.deploy("45.6"));
    bench.run(plan, Phase.PRE_DEPLOY);
    assertThatThrownBy(() -> abort(false))
        .hasMessageContaining("view seen depends on what step 45.1");
    bench.execute("DROP VIEW seen");
    assertThat(abort(false).stays()).as("what is gone does not stay").isEmpty();
    assertThat(bench.ask("SELECT to_regclass('parcels')")).isEmpty();
  }

  @Test
  void rowsThatAnAbortCannotGiveBackAreNotChangedTwice() throws Exception {
    Plan plan =
        Steps.plan(
            Steps.ddl("46.1", "UPDATE orders SET note = upper(note) || '!'")
                .locking("orders", LockMode.ROW_EXCLUSIVE, Work.SCAN)
                .reversible(Reversible.UNTIL_WRITTEN),
            Steps.deploy("46.2"));
    String once = "NOTE 1!";
    String note = "SELECT note FROM orders WHERE id = 1";
    for (int time = 1; time <= 3; time++) {
      assertThat(bench.run(plan, Phase.PRE_DEPLOY).ok()).isTrue();
      assertThat(bench.ask(note)).contains(once);
      assertThat(abort(false).stays())
          .singleElement()
          .satisfies(stay -> assertThat(stay.why()).contains("the step is passed over"));
    }
    assertThat(bench.events(Progress.Passed.class))
        .hasSize(2)
        .allSatisfy(e -> assertThat(e.why()).contains("its abort left it done: not done twice"));
    assertThat(bench.run(plan).ok()).isTrue();
    assertThat(bench.ask(note)).contains(once);
    Plan other =
        Steps.plan(
            Steps.ddl("47.1", "UPDATE orders SET note = upper(note) || '?'")
                .locking("orders", LockMode.ROW_EXCLUSIVE, Work.SCAN)
                .reversible(Reversible.UNTIL_WRITTEN));
    assertThat(bench.run(other).ok()).isTrue();
    assertThat(bench.ask(note)).as("another statement is another one").contains("NOTE 1!?");
  }

  @Test
  void rowsThatBatchesChangeOnceAreNotChangedTwiceAfterAnAbort() throws Exception {
    Plan plan =
        Steps.plan(
            Steps.once("48.1", "orders", List.of("id"), "note = note || '!'", "TRUE")
                .reversible(Reversible.UNTIL_WRITTEN),
            Steps.deploy("48.2"));
    for (int time = 1; time <= 3; time++) {
      assertThat(bench.run(plan, Phase.PRE_DEPLOY).ok()).isTrue();
      assertThat(bench.ask("SELECT count(*) FROM orders WHERE note NOT LIKE '%!'")).contains("0");
      assertThat(bench.ask("SELECT count(*) FROM orders WHERE note LIKE '%!!'")).contains("0");
      assertThat(abort(false).stays()).hasSize(1);
    }
  }

  @Test
  void aReleaseWhoseAbortIsHalfDoneCanOnlyBeTakenBackFurther() throws Exception {
    Plan plan =
        Steps.plan(
            Steps.ddl("43.1", "ALTER TABLE orders ADD COLUMN reference text")
                .undo("ALTER TABLE orders DROP COLUMN reference"),
            Steps.ddl("43.2", "ALTER TABLE orders RENAME COLUMN note TO remark")
                .undo("ALTER TABLE orders RENAME COLUMN remark TO note"),
            Steps.ddl("43.3", "ALTER TABLE orders ALTER COLUMN remark SET DEFAULT ''")
                .undo("ALTER TABLE orders ALTER COLUMN remark DROP DEFAULT"),
            Steps.deploy("43.4"));
    String before = shape();
    bench.run(plan, Phase.PRE_DEPLOY);
    bench.execute("ALTER TABLE orders ADD COLUMN note text");
    assertThatThrownBy(() -> abort(false))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("step 43.2 (step 43.2) was not taken back")
        .hasMessageContaining("run the same command again");
    String half = shape();

    for (Plan any : List.of(plan, PLAN)) {
      assertThatThrownBy(() -> bench.run(any, Phase.PRE_DEPLOY))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("release " + plan.release() + " is half taken back")
          .hasMessageContaining("nothing was changed")
          .hasMessageContaining("fix: `sluice abort` goes on");
    }
    assertThat(shape()).isEqualTo(half);

    bench.execute("ALTER TABLE orders DROP COLUMN note");
    assertThat(abort(false).undone()).containsExactly("43.2", "43.1");
    assertThat(shape()).isEqualTo(before);
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.ABORTED);
    assertThat(bench.finished(plan).steps()).allMatch(step -> step.attempts() == 1);
  }
}
