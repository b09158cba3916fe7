package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.InProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times {@code classify} as users start it: a new process each time, to the last byte of its
 * output; then again and again in this process. Its name keeps it out of the tests: {@code
 * bench/run} starts it.
 */
class ClassifyBench {
  private static final int RUNS = 10;
  private static final int STATEMENTS = 10_000;
  private static final String ONE_FILE =
      """
      ALTER TABLE orders ADD COLUMN reference uuid DEFAULT gen_random_uuid();
      CREATE UNIQUE INDEX orders_reference ON orders (reference);
      UPDATE orders SET reference = gen_random_uuid() WHERE reference IS NULL;
      ALTER TABLE orders ALTER COLUMN reference SET NOT NULL;
      """;

  /** What the launcher adds, without its start-up cache. */
  private static final List<String> UNCACHED =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "-cp",
          "target/sluice.jar",
          "dev.sluice.cli.Main");

  private static final List<String> CACHED = List.of("bin/sluice");

  @TempDir Path directory;

  /** One process: wall time, and the most memory it held. */
  private record Run(Duration wall, long kilobytes) {}

  @Test
  void coldAndWarm() throws Exception {
    Path one = Files.createDirectories(directory.resolve("one"));
    Files.writeString(one.resolve("V1__one.sql"), ONE_FILE);
    Path many = directory.resolve("many");
    new MadeHistory(42).write(many, STATEMENTS);
    awaitCache();
    print(
        "%-44s %9s %9s %8s"
            .formatted("classify, in a new process each time", "best", "median", "memory"));
    report("one file of 4 statements", CACHED, one, RUNS);
    report("one file, without the start-up cache", UNCACHED, one, RUNS);
    report("10,000 statements", CACHED, many, 3);
    print("classify 10,000 statements, again and again in one process");
    for (int round = 1; round <= 5; round++) {
      print("%-44s %6d ms".formatted("round " + round, inProcess(many).toMillis()));
    }
  }

  /** Where Maven built, the first start makes it in the background. */
  private void awaitCache() throws Exception {
    run(CACHED, List.of("--version"));
    for (int i = 0; i < 300; i++) {
      try (Stream<Path> files = Files.list(Path.of("target"))) {
        long built = Files.getLastModifiedTime(Path.of("target/sluice.jar")).toMillis();
        if (files
            .filter(f -> f.getFileName().toString().matches("start-.*\\.(aot|jsa)"))
            .anyMatch(f -> f.toFile().lastModified() >= built)) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("no start-up cache appeared under target/");
  }

  private void report(String what, List<String> start, Path migrations, int times)
      throws Exception {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      runs.add(run(start, classify(migrations)));
    }
    runs.sort(Comparator.comparing(Run::wall));
    print(
        "%-44s %6d ms %6d ms %4d MiB"
            .formatted(
                what,
                runs.get(0).wall().toMillis(),
                runs.get(times / 2).wall().toMillis(),
                runs.stream().mapToLong(Run::kilobytes).max().orElse(0) / 1024));
  }

  private static List<String> classify(Path migrations) {
    return List.of(
        "classify", migrations.toString(), "--all", "--engine", "postgresql", "--format", "json");
  }

  private Run run(List<String> start, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(start);
    command.addAll(arguments);
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakKilobytes(process.pid()));
      Thread.sleep(1);
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - began);
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    return new Run(wall, peak);
  }

  /** Linux's high-water mark of a process (man 5 proc, "VmHWM"); 0 once it has ended. */
  private static long peakKilobytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static Duration inProcess(Path migrations) {
    long began = System.nanoTime();
    InProcess.run(classify(migrations));
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
