package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.execute.Progress.Moved;
import dev.sluice.plan.Step;
import dev.sluice.testing.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks by keys of every type that tables have. */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class KeysOnMysqlIT {

  private static final String OPEN = "NOT (filled <=> UPPER(note))";

  private final Engine engine;
  private final Bench bench;

  KeysOnMysqlIT(Engine engine) {
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

  private static Steps fill(String... key) {
    return Steps.backfill("42.2", "`orders`", List.of(key), "filled = UPPER(note)", OPEN);
  }

  private void smallBatches(int rows) {
    bench.backfill = new BackfillSettings(Duration.ofMillis(100), rows, rows, rows, 1L << 30, 0, 3);
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
    Steps step = fill(key.key().toArray(String[]::new));
    StepReport report = bench.finished(bench.plan(step)).steps().getFirst();
    assertThat(bench.ask("SELECT COUNT(*) FROM orders WHERE " + OPEN)).contains("0");
    assertThat(report.rows()).contains(2000L);
    assertThat(bench.events(Moved.class).getLast().walked()).isEqualTo(2000);
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
