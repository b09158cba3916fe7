package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.execute.Progress.Moved;
import dev.sluice.execute.Progress.Noted;
import dev.sluice.execute.Progress.Retrying;
import dev.sluice.execute.Progress.Waiting;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackfillIT {

  private static final int ROWS = 3000;

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  /** Rows of {@code columns} numbered from 1, with a note to copy and a place for the copy. */
  private void orders(String columns, String values) throws Exception {
    bench.execute(
        "CREATE TABLE orders (%s, note text, filled text);".formatted(columns)
            + "INSERT INTO orders SELECT %s, 'note ' || n FROM generate_series(1, %d) n"
                .formatted(values, ROWS));
  }

  private static Steps fill(String... key) {
    return Steps.backfill(
        "42.2",
        "public.orders",
        List.of(key),
        "filled = upper(note)",
        "filled IS DISTINCT FROM upper(note)");
  }

  /** Each row takes a moment, so that there is time to meddle. */
  private void slowly() throws Exception {
    bench.execute(
        """
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.id % 10 = 0 THEN PERFORM pg_sleep(0.002); END IF; RETURN NEW; END $$;
        CREATE TRIGGER slow BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION slow()""");
  }

  private void smallBatches(int rows, int restPercent) {
    bench.backfill =
        new BackfillSettings(Duration.ofMillis(100), rows, 1, rows, 1L << 30, restPercent, 3);
  }

  private void assertFilled() {
    assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS DISTINCT FROM upper(note)"))
        .contains("0");
  }

  private StepReport fillAll(Steps step) {
    StepReport report = bench.finished(Steps.plan(step)).steps().getFirst();
    assertFilled();
    return report;
  }

  @Test
  void everyRowIsChangedOnceAndTheJournalCountsThem() throws Exception {
    orders("id bigint PRIMARY KEY", "n * 7");
    smallBatches(250, 0);
    StepReport report = fillAll(fill("id"));
    assertThat(report.rows()).contains((long) ROWS);
    assertThat(report.attempts()).as("batches are not tries").isEqualTo(1);
    assertThat(bench.ledger().last("42.2").orElseThrow().rows()).contains((long) ROWS);
    Moved last = bench.events(Moved.class).getLast();
    assertThat(last.walked()).isEqualTo(ROWS);
    assertThat(last.changed()).isEqualTo(ROWS);
    assertThat(bench.ask("SELECT count(*) FROM pg_stats WHERE tablename = 'orders'"))
        .as("its statistics are fresh")
        .isNotEqualTo(Optional.of("0"));
  }

  @Test
  void aCompositeKeyIsWalkedInTheOrderOfItsIndex() throws Exception {
    orders(
        "region text COLLATE \"C\", n numeric, PRIMARY KEY (region, n)",
        "(ARRAY['a''b', 'B', 'ä', ''])[n % 4 + 1], n / 3.0");
    smallBatches(170, 0);
    assertThat(fillAll(fill("region", "n")).rows()).contains((long) ROWS);
  }

  @Test
  void aUuidKeyIsWalked() throws Exception {
    orders("id uuid PRIMARY KEY", "gen_random_uuid()");
    smallBatches(170, 0);
    assertThat(fillAll(fill("id")).rows()).contains((long) ROWS);
  }

  @Test
  void keysThatNeedQuotesOrTimeZonesAreWalked() throws Exception {
    orders(
        "\"Order Id\" char(6), placed timestamptz, PRIMARY KEY (\"Order Id\", placed)",
        "n % 10, timestamptz '2026-10-24 22:00Z' + n * interval '1 minute'");
    smallBatches(170, 0);
    assertThat(fillAll(fill("\"Order Id\"", "placed")).rows()).contains((long) ROWS);
  }

  @Test
  void aTableWithoutAKeyIsWalkedByPlaceUntilAPassFindsNothing() throws Exception {
    orders("id bigint", "n");
    smallBatches(170, 0);
    assertThat(fillAll(fill()).rows()).contains((long) ROWS);
  }

  @Test
  void partitionsWithoutAKeyAreWalkedOneByOne() throws Exception {
    bench.execute(
        """
        CREATE TABLE orders (id bigint, note text, filled text) PARTITION BY RANGE (id);
        CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (1000);
        CREATE TABLE "orders 2" PARTITION OF orders DEFAULT;
        INSERT INTO orders SELECT n, 'note ' || n FROM generate_series(1, 3000) n""");
    smallBatches(170, 0);
    Steps step =
        Steps.backfill(
            "42.2", "orders", List.of(), "filled = upper(orders.note)", "orders.filled IS NULL");
    assertThat(fillAll(step).rows()).contains((long) ROWS);
  }

  @Test
  void rowsAreDeletedInBatchesToo() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    smallBatches(170, 0);
    Steps step = Steps.purge("42.2", "orders", List.of("id"), "id % 3 = 0 -- every third");
    assertThat(bench.finished(Steps.plan(step)).steps().getFirst().rows()).contains(ROWS / 3L);
    assertThat(bench.ask("SELECT count(*) FROM orders")).contains(String.valueOf(ROWS - ROWS / 3));
  }

  @Test
  void anOperatorThatLooksLikeAParameterIsNone() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, note jsonb, filled text);"
            + "INSERT INTO orders VALUES (1, '{\"a?\": 1}'), (2, '{}')");
    Steps step = Steps.backfill("42.2", "orders", List.of("id"), "filled = 'yes?'", "note ? 'a?'");
    assertThat(bench.finished(Steps.plan(step)).steps().getFirst().rows()).contains(1L);
    assertThat(bench.ask("SELECT string_agg(id || filled, ',') FROM orders")).contains("1yes?");
  }

  @Test
  void rowsThatOthersWriteMeanwhileAreThere() throws Exception {
    orders("id bigint PRIMARY KEY", "n * 10");
    bench.execute(
        """
        CREATE FUNCTION sync() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.filled := upper(NEW.note); RETURN NEW; END $$;
        CREATE TRIGGER sync BEFORE INSERT OR UPDATE ON orders
        FOR EACH ROW EXECUTE FUNCTION sync()""");
    smallBatches(50, 20);
    CompletableFuture<Report> run = bench.runAside(Steps.plan(fill("id")));
    int written = 0;
    try (Connection writer = bench.server.connect();
        java.sql.Statement write = writer.createStatement()) {
      while (!run.isDone()) {
        written++;
        write.execute("INSERT INTO orders VALUES (" + (written * 10 + 5) + ", 'late')");
        write.execute("UPDATE orders SET note = 'changed' WHERE id = " + (3000 - written) * 10);
      }
    }
    assertThat(run.get().problem()).isEmpty();
    assertThat(written).isGreaterThan(10);
    assertFilled();
  }

  @Test
  void whereTheProbeIsNotContentTheTableIsWalkedOverAgain() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    slowly();
    smallBatches(500, 0);
    String open =
        "SELECT CASE WHEN EXISTS (SELECT FROM orders WHERE filled IS NULL) THEN 0 ELSE 1 END";
    bench.also =
        event -> {
          // A row that comes in behind the walk, once.
          if (event instanceof Moved moved && moved.walked() >= 1000) {
            try {
              bench.execute("INSERT INTO orders VALUES (-1, 'late') ON CONFLICT DO NOTHING");
            } catch (java.sql.SQLException e) {
              throw new AssertionError(e);
            }
          }
        };
    StepReport report = fillAll(fill("id").doneWhen(open));
    assertThat(report.rows()).contains(ROWS + 1L);
  }

  @Test
  void rowsThatKeepComingFailTheStepAfterSomePasses() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    smallBatches(5000, 0);
    Report report = bench.run(Steps.plan(fill("id").doneWhen("SELECT 0")));
    assertThat(report.problem().orElseThrow())
        .hasMessageContaining("after 3 passes there are still rows that need it");
  }

  @Test
  void aBatchThatMeetsALockedRowIsTriedAgain() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    smallBatches(500, 0);
    try (Connection holder = bench.holding("UPDATE orders SET note = 'mine' WHERE id = 1200")) {
      CompletableFuture<Report> run = bench.runAside(Steps.plan(fill("id")));
      Bench.await(() -> bench.events(Retrying.class).size() >= 2);
      holder.commit();
      assertThat(run.get().problem()).isEmpty();
    }
    assertFilled();
    assertThat(bench.ask("SELECT filled FROM orders WHERE id = 1200")).contains("MINE");
  }

  @Test
  void itWaitsWhileItIsPausedAndGoesOnWhenResumed() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    slowly();
    smallBatches(30, 50);
    CompletableFuture<Report> run = bench.runAside(Steps.plan(fill("id")));
    Bench.await(() -> !bench.events(Moved.class).isEmpty());
    try (dev.sluice.database.Session other = bench.elsewhere.session()) {
      bench.journal.pause(other, bench.release().id(), "bob@shell");
      Bench.await(
          () ->
              bench.events(Waiting.class).stream()
                  .anyMatch(w -> w.why().contains("paused by bob@shell")));
      Optional<String> open = bench.ask("SELECT count(*) FROM orders WHERE filled IS NULL");
      Bench.sleep(300);
      assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS NULL")).isEqualTo(open);
      assertThat(open).isNotEqualTo(Optional.of("0"));
      bench.journal.resume(other, bench.release().id());
    }
    assertThat(run.get().problem()).isEmpty();
    assertFilled();
  }

  @Test
  void aWishToStopEndsItAndTheNextRunGoesOnFromThere() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    slowly();
    smallBatches(30, 50);
    Plan plan = Steps.plan(fill("id"));
    bench.also =
        event -> {
          if (event instanceof Moved moved && moved.walked() >= 300) {
            bench.stop.request();
          }
        };
    Report stopped = bench.run(plan);
    assertThat(stopped.ending()).isEqualTo(Report.Ending.STOPPED);
    long before = bench.ledger().last("42.2").orElseThrow().rows().orElseThrow();
    assertThat(before).isBetween(300L, ROWS - 1L);
    assertThat(bench.ask("SELECT count(*) FROM orders WHERE filled IS NOT NULL"))
        .contains(String.valueOf(before));
    bench.stop = new dev.sluice.database.Stop();
    bench.also = Progress.SILENT;
    bench.events.clear();
    assertThat(bench.finished(plan).steps().getFirst().rows()).contains((long) ROWS);
    assertThat(bench.events(Moved.class).getFirst().walked()).isGreaterThan(before);
    assertFilled();
  }

  @Test
  void whatIsNotToBeDoneTwiceIsDoneOnceThroughAStopAndALostConnection() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0);"
            + "INSERT INTO orders SELECT generate_series(1, 3000)");
    slowly();
    smallBatches(30, 50);
    Plan plan =
        Steps.plan(Steps.once("42.2", "public.orders", List.of("id"), "n = n + 1", "n >= 0"));
    bench.also =
        event -> {
          if (event instanceof Moved moved && moved.walked() >= 300) {
            bench.stop.request();
          }
        };
    assertThat(bench.run(plan).ending()).isEqualTo(Report.Ending.STOPPED);
    bench.stop = new dev.sluice.database.Stop();
    bench.also = Progress.SILENT;
    bench.events.clear();
    CompletableFuture<Report> run = bench.runAside(plan);
    Bench.await(() -> bench.events(Moved.class).stream().anyMatch(m -> m.walked() > 600));
    bench.ask(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name ="
            + " 'sluice' AND pid <> pg_backend_pid() AND datname = current_database()");
    assertThat(run.get().problem()).isEmpty();
    assertThat(bench.ask("SELECT count(*) FROM orders WHERE n <> 1")).contains("0");
  }

  @Test
  void aLostConnectionCostsOneBatchAndNoPerson() throws Exception {
    orders("id bigint PRIMARY KEY", "n");
    slowly();
    smallBatches(30, 50);
    CompletableFuture<Report> run = bench.runAside(Steps.plan(fill("id")));
    Bench.await(() -> bench.events(Moved.class).stream().anyMatch(m -> m.walked() > 200));
    bench.ask(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name ="
            + " 'sluice' AND pid <> pg_backend_pid() AND datname = current_database()");
    Report report = run.get();
    assertThat(report.problem()).isEmpty();
    assertThat(bench.events(Noted.class).getFirst().text()).contains("the connection was lost");
    assertThat(report.steps().getFirst().rows()).contains((long) ROWS);
    assertFilled();
  }

  @Test
  void itRunsUnderTheRoleAndPathOfItsMigrationAndTheJournalDoesNot() throws Exception {
    String role = bench.server.name() + "_owner";
    bench.execute(
        "CREATE ROLE "
            + role
            + "; CREATE SCHEMA shop AUTHORIZATION "
            + role
            + "; SET ROLE "
            + role
            + "; CREATE TABLE shop.orders (id int PRIMARY KEY, note text, filled text, by text);"
            + "INSERT INTO shop.orders VALUES (1, 'a'), (2, 'b')");
    try {
      Step.Session session =
          new Step.Session(
              Optional.of("shop, pg_catalog"), Optional.of(role), List.of("SET TimeZone = 'UTC'"));
      Steps step =
          Steps.backfill(
                  "42.2",
                  "orders",
                  List.of("id"),
                  "filled = note, by = current_user",
                  "filled IS NULL")
              .under(session);
      Report report = bench.finished(Steps.plan(step));
      assertThat(report.steps().getFirst().rows()).contains(2L);
      assertThat(bench.ask("SELECT min(by) FROM shop.orders")).contains(role);
    } finally {
      bench.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
    }
  }
}
