package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.Stop;
import dev.sluice.dialect.Engine;
import dev.sluice.execute.Progress.Moved;
import dev.sluice.execute.Progress.Noted;
import dev.sluice.execute.Progress.Retrying;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backfill does, to its rows and to others who are at work. */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class BackfillOnMysqlIT {

  private static final String OPEN = "NOT (filled <=> UPPER(note))";

  private final Engine engine;
  private final Bench bench;

  BackfillOnMysqlIT(Engine engine) {
    this.engine = engine;
    this.bench = new Bench(engine);
  }

  @BeforeEach
  void digits() throws Exception {
    bench.execute(
        "CREATE TABLE digits (d int)",
        "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Rows of {@code columns} numbered from 1, with a note to copy and a place for the copy. */
  private void orders(int rows, String columns, String values) throws Exception {
    bench.execute(
        "CREATE TABLE orders (%s, note varchar(50), filled varchar(50))".formatted(columns),
        """
        INSERT INTO orders SELECT %s, CONCAT('note ', n), NULL FROM
        (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 1 AS n
         FROM digits a, digits b, digits c, digits e) numbers WHERE n <= %d"""
            .formatted(values, rows));
  }

  private void orders(int rows) throws Exception {
    orders(rows, "id bigint PRIMARY KEY", "n * 10");
  }

  private static Steps fill(String... key) {
    return Steps.backfill("42.2", "`orders`", List.of(key), "filled = UPPER(note)", OPEN);
  }

  private void smallBatches(int rows) {
    bench.backfill = new BackfillSettings(Duration.ofMillis(100), rows, rows, rows, 1L << 30, 0, 3);
  }

  /** Each row takes a moment, so that there is time to meddle. */
  private void slowly(String seconds) throws Exception {
    bench.execute(
        "CREATE TRIGGER slow BEFORE UPDATE ON orders FOR EACH ROW SET NEW.note ="
            + " IF(SLEEP("
            + seconds
            + ") = 0, NEW.note, NEW.note)");
  }

  private void assertFilled() {
    assertThat(bench.ask("SELECT COUNT(*) FROM orders WHERE " + OPEN)).contains("0");
  }

  private StepReport fillAll(Steps step) {
    StepReport report = bench.finished(bench.plan(step)).steps().getFirst();
    assertFilled();
    return report;
  }

  @Test
  void tenThousandRowsAreChangedInBatchesAndTheJournalCountsThem() throws Exception {
    orders(10_000);
    smallBatches(700);
    StepReport report = fillAll(fill("id"));
    assertThat(report.rows()).contains(10_000L);
    assertThat(bench.ledger().last("42.2").orElseThrow().rows()).contains(10_000L);
    assertThat(bench.ledger().last("42.2").orElseThrow().watermark().orElseThrow())
        .contains("\"100000\"");
  }

  @Test
  void aBatchReadsItsOwnRowsAndNoOthers() throws Exception {
    orders(
        10_000,
        "region varchar(5) NOT NULL, n int NOT NULL, PRIMARY KEY (region, n)",
        "CONCAT('r', n % 7), n");
    smallBatches(200);
    String read =
        "SELECT SUM(variable_value) FROM "
            + (engine == Engine.MYSQL
                ? "performance_schema.global_status"
                : "information_schema.global_status")
            + " WHERE variable_name IN ('Handler_read_next', 'Handler_read_key',"
            + " 'Handler_read_first')";
    double before = Double.parseDouble(bench.ask(read).orElseThrow());
    fillAll(fill("region", "n"));
    double rows = Double.parseDouble(bench.ask(read).orElseThrow()) - before;
    // Once for the end of each batch, once to change it, and what the test itself asks.
    assertThat(rows).isLessThan(60_000);
  }

  @Test
  void rowsAreDeletedInBatchesToo() throws Exception {
    orders(3000);
    smallBatches(170);
    Steps step = Steps.purge("42.2", "orders", List.of("id"), "id % 30 = 0 -- every third");
    assertThat(bench.finished(bench.plan(step)).steps().getFirst().rows()).contains(1000L);
    assertThat(bench.ask("SELECT COUNT(*) FROM orders")).contains("2000");
  }

  @Test
  void insertsBetweenAndBehindItsRowsDoNotWaitForABatch() throws Exception {
    orders(3000);
    slowly("0.001");
    smallBatches(3000);
    CompletableFuture<Report> run = bench.runAside(bench.plan(fill("id")));
    Bench.await(
        () ->
            bench
                .ask(
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"
                        + " AND info LIKE 'UPDATE%'")
                .filter("1"::equals)
                .isPresent());
    Bench.sleep(500);
    long longest = 0;
    try (Connection writer = bench.server.connect();
        Statement write = writer.createStatement()) {
      for (int i = 1; i <= 20; i++) {
        long begun = System.nanoTime();
        write.execute("INSERT INTO orders VALUES (" + (100_000 + i) + ", 'x', 'X')");
        write.execute("INSERT INTO orders VALUES (" + (10 * i + 5) + ", 'x', 'X')");
        longest = Math.max(longest, System.nanoTime() - begun);
      }
    }
    assertThat(run).as("the batch was under way").isNotDone();
    assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(500));
    assertThat(run.get().problem()).isEmpty();
    assertFilled();
  }

  @Test
  void aBatchThatMeetsALockedRowIsTriedAgain() throws Exception {
    orders(3000);
    smallBatches(500);
    try (Connection holder = bench.holding("UPDATE orders SET note = 'mine' WHERE id = 12000")) {
      CompletableFuture<Report> run = bench.runAside(bench.plan(fill("id")));
      Bench.await(() -> bench.events(Retrying.class).size() >= 2);
      holder.commit();
      assertThat(run.get().problem()).isEmpty();
    }
    assertFilled();
    assertThat(bench.ask("SELECT filled FROM orders WHERE id = 12000")).contains("MINE");
  }

  @Test
  void whatIsNotToBeDoneTwiceIsDoneOnceThroughAStopAndALostConnection() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(9), n int NOT NULL DEFAULT 0)",
        "INSERT INTO orders (id) SELECT a.d + 10 * b.d + 100 * c.d FROM digits a, digits b, digits"
            + " c");
    slowly("0.002");
    smallBatches(30);
    Plan plan = bench.plan(Steps.once("42.2", "orders", List.of("id"), "n = n + 1", "n >= 0"));
    bench.also =
        event -> {
          if (event instanceof Moved moved && moved.walked() >= 200) {
            bench.stop.request();
          }
        };
    assertThat(bench.run(plan).ending()).isEqualTo(Report.Ending.STOPPED);
    long before = bench.ledger().last("42.2").orElseThrow().rows().orElseThrow();
    assertThat(before).isBetween(200L, 900L);
    assertThat(bench.ask("SELECT COUNT(*) FROM orders WHERE n = 1"))
        .contains(String.valueOf(before));
    bench.stop = new Stop();
    bench.also = Progress.SILENT;
    bench.events.clear();
    CompletableFuture<Report> run = bench.runAside(plan);
    Bench.await(() -> bench.events(Moved.class).stream().anyMatch(m -> m.walked() > 500));
    killWhoWrites();
    assertThat(run.get().problem()).isEmpty();
    assertThat(bench.events(Noted.class))
        .anySatisfy(noted -> assertThat(noted.text()).contains("the connection was lost"));
    assertThat(bench.ask("SELECT COUNT(*) FROM orders WHERE n <> 1")).contains("0");
  }

  private void killWhoWrites() throws SQLException {
    Optional<String> writing = Optional.empty();
    while (writing.isEmpty()) {
      writing =
          bench.ask(
              "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE"
                  + " 'UPDATE%SET n = n%'");
    }
    bench.execute("KILL " + writing.get());
  }

  @Test
  void itRunsInTheDatabaseOfItsMigrationAndTheJournalDoesNot() throws Exception {
    String other = bench.server.name() + "_other";
    bench.execute(
        "CREATE DATABASE " + other,
        "CREATE TABLE " + other + ".orders (id int PRIMARY KEY, note int, filled int)",
        "INSERT INTO " + other + ".orders VALUES (1, 7, NULL), (2, 8, NULL)");
    try {
      Step.Session session =
          new Step.Session(
              Optional.of("`" + other + "`"),
              Optional.empty(),
              List.of("SET SESSION div_precision_increment = 7"));
      Steps fill =
          Steps.backfill(
                  "42.1",
                  "orders",
                  List.of("id"),
                  "filled = note + @@session.div_precision_increment",
                  "filled IS NULL")
              .under(session);
      Steps dml = Steps.ddl("42.2", "UPDATE orders SET note = 9 WHERE id = 1").under(session);
      Steps ddl = Steps.alone("42.3", "ALTER TABLE orders ADD COLUMN extra int").under(session);
      Report report = bench.finished(bench.plan(fill, dml, ddl));
      assertThat(report.steps().getFirst().rows()).contains(2L);
      assertThat(
              bench.ask(
                  "SELECT GROUP_CONCAT(CONCAT(note, ' ', filled, COALESCE(extra, '-')) ORDER BY id)"
                      + " FROM "
                      + other
                      + ".orders"))
          .contains("9 14-,8 15-");
      assertThat(
              bench.ask(
                  "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '"
                      + other
                      + "'"))
          .contains("1");
    } finally {
      bench.execute("DROP DATABASE " + other);
    }
  }
}
