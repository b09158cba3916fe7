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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks by keys of every type, and what a walk does to others. */
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

  /** What a key is made of, and the values of row {@code n}. */
  record Key(String columns, String values, List<String> key, Optional<Engine> only) {
    static Key of(String columns, String values, String... key) {
      return new Key(columns, values, List.of(key), Optional.empty());
    }

    Key on(Engine engine) {
      return new Key(columns, values, key, Optional.of(engine));
    }

    @Override
    public String toString() {
      return columns;
    }
  }

  static Stream<Key> keys() {
    String odd = "ELT(n % 6 + 1, 'a''b', 'B', 'ä', '', '\\\\', '😀')";
    String padded = "CONCAT(n DIV 2, IF(n % 2 = 1, ' ', ''))";
    return Stream.of(
        Key.of("id int, PRIMARY KEY (id)", "n - 1000", "id"),
        Key.of("id bigint unsigned, PRIMARY KEY (id)", "18446744073709551615 - n", "id"),
        Key.of(
            "region varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,"
                + " n decimal(20, 6) NOT NULL, PRIMARY KEY (region, n)",
            odd + ", n / 3",
            "region",
            "n"),
        Key.of(
            "a varchar(5) NOT NULL, b int NOT NULL, c varchar(5) NOT NULL, UNIQUE KEY u (a, b, c)",
            "CONCAT('A', n % 3), n % 11, n",
            "a",
            "b",
            "c"),
        Key.of(
            "code varchar(20) CHARACTER SET latin1 COLLATE latin1_german1_ci PRIMARY KEY",
            "CONCAT(ELT(n % 3 + 1, 'ä', 'Z', 'a'), n)",
            "code"),
        Key.of(
            "code varchar(20) CHARACTER SET utf16 COLLATE utf16_general_ci PRIMARY KEY",
            "CONCAT(ELT(n % 3 + 1, '😀', 'Z', 'a'), n)",
            "code"),
        Key.of(
                "code varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_as_cs PRIMARY KEY",
                padded,
                "code")
            .on(Engine.MYSQL),
        Key.of(
                "code varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PRIMARY KEY",
                padded,
                "code")
            .on(Engine.MARIADB),
        Key.of("code char(12) CHARACTER SET utf8mb4 PRIMARY KEY", "CONCAT(n, ' ')", "code"),
        Key.of("id binary(16) PRIMARY KEY", "UNHEX(MD5(n))", "id"),
        Key.of(
            "id varbinary(8) NOT NULL, n int NOT NULL, PRIMARY KEY (id, n)",
            "ELT(n % 4 + 1, '', X'00', X'5C27', X'FFFE'), n",
            "id",
            "n"),
        Key.of(
            "placed datetime(6) NOT NULL, d date NOT NULL, PRIMARY KEY (placed, d)",
            "TIMESTAMPADD(MICROSECOND, n DIV 2, '2026-10-24 22:00:00'),"
                + " DATE_ADD('2026-01-01', INTERVAL n % 2 DAY)",
            "placed",
            "d"),
        Key.of(
            "placed timestamp(3) NOT NULL PRIMARY KEY",
            "TIMESTAMPADD(SECOND, n, '2026-10-24 22:00:00')",
            "placed"),
        Key.of("t time(3) NOT NULL PRIMARY KEY", "SEC_TO_TIME(n * 10 - 5000)", "t"),
        Key.of(
            "state enum('open', 'a', 'Closed') NOT NULL, y year NOT NULL, n int NOT NULL,"
                + " PRIMARY KEY (state, y, n)",
            "n % 3 + 1, 2000 + n % 5, n",
            "state",
            "y",
            "n"),
        Key.of("b bit(12) PRIMARY KEY", "n", "b"),
        Key.of("`Order ``Id` int PRIMARY KEY", "n", "`Order ``Id`"),
        Key.of("id uuid PRIMARY KEY", "UUID()", "id").on(Engine.MARIADB),
        Key.of("id inet6 PRIMARY KEY", "CONCAT('2001:db8::', HEX(n))", "id").on(Engine.MARIADB));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyRowIsMetOnceWhateverTheKeyIs(Key key) throws Exception {
    if (key.only().filter(only -> only != engine).isPresent()) {
      return;
    }
    orders(2000, key.columns(), key.values());
    smallBatches(170);
    StepReport report = fillAll(fill(key.key().toArray(String[]::new)));
    assertThat(report.rows()).contains(2000L);
    assertThat(bench.events(Moved.class).getLast().walked()).isEqualTo(2000);
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

  @Test
  void aNumberWithoutAnExactTextIsNotWalkedBy() throws Exception {
    orders(10, "f double PRIMARY KEY", "n / 7E10");
    assertThat(bench.run(bench.plan(fill("f"))).problem().orElseThrow())
        .hasMessageContaining("its key has f, whose values no text holds exactly");
  }

  @Test
  void aTimestampIsNotWalkedByWhereAnHourComesTwice() throws Exception {
    orders(10, "placed timestamp NOT NULL PRIMARY KEY", "TIMESTAMPADD(SECOND, n, '2026-10-24')");
    Steps step =
        fill("placed")
            .under(
                new Step.Session(
                    Optional.empty(),
                    Optional.empty(),
                    List.of("SET time_zone = 'Europe/Vienna'")));
    if (bench.ask("SELECT CONVERT_TZ(UTC_TIMESTAMP(), 'UTC', 'Europe/Vienna')").isEmpty()) {
      bench.execute(
          "INSERT INTO mysql.time_zone (Time_zone_id, Use_leap_seconds) VALUES (77, 'N')",
          "INSERT INTO mysql.time_zone_name (Name, Time_zone_id) VALUES ('Europe/Vienna', 77)",
          "INSERT INTO mysql.time_zone_transition_type VALUES (77, 0, 3600, 0, 'CET')",
          "INSERT INTO mysql.time_zone_transition VALUES (77, -2147483648, 0)");
    }
    assertThat(bench.run(bench.plan(step)).problem().orElseThrow())
        .hasMessageContaining(
            "its key has the timestamp placed, and in the time zone Europe/Vienna")
        .hasMessageContaining("whose time_zone is +00:00");
  }
}
