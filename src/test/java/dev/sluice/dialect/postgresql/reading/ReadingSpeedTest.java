package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures in processor time of the reading thread: the wall clock of a shared machine says
 * nothing.
 */
class ReadingSpeedTest {

  /** Statements as migrations have them; the corpus is rarer and slower fare. */
  private static final List<String> TYPICAL =
      List.of(
          "CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES"
              + " customers (id), reference varchar(40) NOT NULL, total numeric(12,2) NOT NULL"
              + " DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(), CONSTRAINT"
              + " orders_reference_key UNIQUE (reference))",
          "ALTER TABLE orders ADD COLUMN note text",
          "ALTER TABLE orders ADD COLUMN status varchar(20) NOT NULL DEFAULT 'new', DROP COLUMN old",
          "CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id) WHERE status <> 'x'",
          "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)"
              + " NOT VALID",
          "ALTER TABLE orders VALIDATE CONSTRAINT fk",
          "UPDATE orders SET status = 'new' WHERE status IS NULL",
          "INSERT INTO settings (name, value) VALUES ('a', '1'), ('b', '2')",
          "DROP TABLE IF EXISTS old_orders",
          "ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2)",
          "COMMENT ON COLUMN orders.note IS 'free text'",
          "ALTER TABLE orders RENAME COLUMN note TO remark",
          "CREATE VIEW open_orders AS SELECT o.id, c.name FROM orders o JOIN customers c ON c.id ="
              + " o.customer_id WHERE o.status = 'open'",
          "GRANT SELECT ON orders TO reporting",
          "DELETE FROM carts WHERE updated_at < now() - interval '90 days'",
          "SET lock_timeout = '2s'");

  @Test
  void tenThousandStatementsAreReadInWellUnderTwoAndAHalfSeconds() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      statements.add(TYPICAL.get(i % TYPICAL.size()).replace("orders", "orders_" + i % 97));
    }
    Collections.shuffle(statements, new Random(1));
    PostgresqlReader reader = new PostgresqlReader();
    long start = processorNanos();
    for (String sql : statements) {
      assertThat(reader.read(sql).parsedBy()).isEqualTo(Reading.ParsedBy.GRAMMAR);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(processorNanos() - start);
    System.out.println("10,000 typical statements: " + millis + " ms of processor time");
    assertThat(millis).isLessThan(2_500);
  }

  @Test
  void theWholeCorpusIsReadWithoutAStatementThatStandsOut() {
    PostgresqlReader reader = new PostgresqlReader();
    String slowest = "";
    long most = 0;
    for (int round = 0; round < 2; round++) {
      most = 0;
      for (String sql : Corpus.statements()) {
        long start = processorNanos();
        reader.read(sql);
        long took = processorNanos() - start;
        if (took > most) {
          most = took;
          slowest = sql;
        }
      }
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(most);
    System.out.println("slowest statement of the corpus: " + millis + " ms: " + slowest);
    assertThat(millis).isLessThan(1_000);
  }

  @Test
  void aFreshProcessReadsItsFirstStatementSoonAndSaysNothingOnStandardError(@TempDir Path folder)
      throws Exception {
    Path errors = folder.resolve("standard-error.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FirstStatement.class.getName())
            .redirectError(errors.toFile())
            .start();
    String millis =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    System.out.println("first statement of a fresh process: " + millis + " ms of processor time");
    assertThat(Files.readString(errors)).isEmpty();
    assertThat(Long.parseLong(millis)).isLessThan(1_000);
  }

  @Test
  void severalThreadsReadAsOneDoes() throws Exception {
    List<String> statements = Corpus.statements();
    List<List<Change>> alone = statements.stream().map(s -> grammar(s)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<List<List<Change>>>> tasks =
          Collections.nCopies(4, () -> statements.stream().map(s -> grammar(s)).toList());
      for (Future<List<List<Change>>> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(alone);
      }
    }
  }

  private static List<Change> grammar(String sql) {
    try {
      return Statements.read(sql);
    } catch (Unreadable e) {
      return List.of(e.unrecognised());
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Run by itself: prints how long its first statement took, in milliseconds. */
  static final class FirstStatement {
    private FirstStatement() {}

    public static void main(String[] arguments) {
      long start = processorNanos();
      new PostgresqlReader().read(TYPICAL.get(0));
      System.out.println(TimeUnit.NANOSECONDS.toMillis(processorNanos() - start));
    }
  }
}
