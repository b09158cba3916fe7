package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measured in processor time of the reading thread: the wall clock of a shared machine says
 * nothing.
 */
class ReadingSpeedTest {

  @Test
  void aFreshProcessReadsAWholeHistoryInTwoSecondsAndSaysNothingOnStandardError(
      @TempDir Path folder) throws Exception {
    Path errors = folder.resolve("standard-error.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                History.class.getName())
            .redirectError(errors.toFile())
            .start();
    String millis =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    System.out.println(
        History.STATEMENTS + " statements in a fresh process: " + millis + " ms of processor time");
    assertThat(Files.readString(errors)).isEmpty();
    assertThat(Long.parseLong(millis)).isLessThanOrEqualTo(2_000);
  }

  /** The corpus over and over, under other names. */
  static final class History {
    static final int STATEMENTS = 2_100;

    private History() {}

    /** Prints how long it took. */
    public static void main(String... arguments) {
      List<String> corpus = Corpus.statements("mysql");
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = corpus.get(i % corpus.size()).replace("orders", "orders_" + i % 97);
        if (MysqlReaderTest.MYSQL.read(sql).changes().isEmpty()) {
          throw new IllegalStateException(sql);
        }
      }
      long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      System.out.println(TimeUnit.NANOSECONDS.toMillis(took));
    }
  }
}
