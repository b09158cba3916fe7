package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Times {@code classify} and {@code plan} as users start them: a new process each time, to the last
 * byte of its output. Cold: nothing is known of the files. Warm: the run before has read the same
 * ones. Its name keeps it out of the tests: {@code bench/run} starts it.
 */
class ClassifyBench {
  private static final int RUNS = Integer.getInteger("bench.runs", 5);
  private static final String ONE_FILE =
      """
      ALTER TABLE orders ADD COLUMN reference uuid DEFAULT gen_random_uuid();
      CREATE UNIQUE INDEX orders_reference ON orders (reference);
      UPDATE orders SET reference = gen_random_uuid() WHERE reference IS NULL;
      ALTER TABLE orders ALTER COLUMN reference SET NOT NULL;
      """;

  @TempDir Path directory;

  private int caches;

  /**
   * One process.
   *
   * @param cpu of all its threads, as far as it was seen: up to some milliseconds before its end
   * @param kilobytes the most memory that it held
   */
  private record Run(Duration wall, Duration cpu, long kilobytes) {}

  /** What is done with which history, and what of it is pending. */
  private record Task(
      String command, String what, Path migrations, String engine, List<String> pending) {

    /** Classifies it. */
    Task(String what, Path migrations, String engine, List<String> pending) {
      this("classify", what, migrations, engine, pending);
    }
  }

  @Test
  void coldAndWarm() throws Exception {
    Path one = Files.createDirectories(directory.resolve("one"));
    Files.writeString(one.resolve("V1__one.sql"), ONE_FILE);
    Path postgresql = directory.resolve("postgresql");
    MadeHistory.write(postgresql, 1_200, 9_300, 42);
    Path mysql = directory.resolve("mysql");
    MadeMysqlHistory.write(mysql, 400, 2_100, 42);
    awaitCache();
    print(
        "%-58s %9s %9s %9s %8s"
            .formatted(
                "classify and plan, a new process each time", "best", "median", "cpu", "memory"));
    both(new Task("1 file, 4 statements", one, "postgresql", List.of("--all")));
    Task all =
        new Task("PostgreSQL 1,200 files, 9,300", postgresql, "postgresql", List.of("--all"));
    Duration small = both(all);
    both(new Task("the same, --each", postgresql, "postgresql", List.of("--each")));
    both(new Task("the same, --from 1190", postgresql, "postgresql", List.of("--from", "1190")));
    both(
        new Task(
            "plan",
            "plan of its last 50 migrations",
            postgresql,
            "postgresql",
            List.of("--from", "1151", "--data-changes", "pre-deploy")));
    both(new Task("MySQL 400 files, 2,100", mysql, "mysql", List.of("--all")));
    Path large = directory.resolve("large");
    MadeHistory.write(large, 12_000, 93_000, 42);
    Task ten = new Task("PostgreSQL 12,000 files, 93,000", large, "postgresql", List.of("--all"));
    Duration tenfold = report(ten.what() + ", cold", runs(ten, 1, false));
    print("ten times the files: %.1f times the time".formatted(ratio(tenfold, small)));
  }

  private static double ratio(Duration one, Duration other) {
    return (double) one.toMillis() / other.toMillis();
  }

  private Duration both(Task task) throws Exception {
    Duration cold = report(task.what() + ", cold", runs(task, RUNS, false));
    report(task.what() + ", warm", runs(task, RUNS, true));
    return cold;
  }

  /** Where Maven built, the first start makes it in the background. */
  private void awaitCache() throws Exception {
    run(List.of("--version"), directory);
    for (int i = 0; i < 1200; i++) {
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

  private List<Run> runs(Task task, int times, boolean warm) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(task.command(), task.migrations().toString(), "--format", "json"));
    arguments.addAll(List.of("--engine", task.engine()));
    arguments.addAll(task.pending());
    Path cache = freshCache();
    if (warm) {
      run(arguments, cache);
    }
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      runs.add(run(arguments, warm ? cache : freshCache()));
    }
    return runs;
  }

  private Path freshCache() {
    caches++;
    return directory.resolve("cache-" + caches);
  }

  /** Prints the best and the median run, and gives the best. */
  private static Duration report(String what, List<Run> runs) {
    List<Run> sorted = runs.stream().sorted(Comparator.comparing(Run::wall)).toList();
    Duration best = sorted.getFirst().wall();
    print(
        "%-58s %6d ms %6d ms %6d ms %4d MiB"
            .formatted(
                what,
                best.toMillis(),
                sorted.get(runs.size() / 2).wall().toMillis(),
                runs.stream().mapToLong(r -> r.cpu().toMillis()).min().orElse(0),
                runs.stream().mapToLong(Run::kilobytes).max().orElse(0) / 1024));
    return best;
  }

  private Run run(List<String> arguments, Path cache) throws Exception {
    List<String> command = new ArrayList<>(List.of("bin/sluice"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    long began = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    while (process.isAlive()) {
      peak = Math.max(peak, peakKilobytes(process.pid()));
      cpu = process.info().totalCpuDuration().orElse(cpu);
      Thread.sleep(2);
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - began);
    // A plan of made-up migrations asks for directives, which ends with 1.
    assertThat(process.exitValue()).as(String.join(" ", command)).isBetween(0, 1);
    return new Run(wall, cpu, peak);
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

  private static void print(String line) {
    System.out.println(line);
  }
}
