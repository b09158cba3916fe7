package dev.sluice.execute;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.journal.Journal;
import dev.sluice.plan.PlanJson;
import dev.sluice.release.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a plan in a process of its own, which a test can kill. */
final class Runner implements AutoCloseable {

  private final Process process;

  private Runner(Process process) {
    this.process = process;
  }

  /** Starts it; what it prints goes to {@code log}. */
  static Runner start(Path plan, String url, Path log) throws IOException {
    String path =
        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
            .orElse(System.getProperty("java.class.path"));
    return new Runner(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                path,
                Runner.class.getName(),
                plan.toString(),
                url)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  /** SIGKILL: no hook runs, nothing is said goodbye to. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  boolean runs() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process: a plan's file and a url. */
  public static void main(String[] arguments) throws IOException {
    try (Database database = Database.open(Address.of(arguments[1]))) {
      Environment environment =
          new Environment(
              database,
              new Journal(database.server(), Journal.SCHEMA),
              new Ports(
                  new MemoryHistory(),
                  Optional.empty(),
                  Rollout.declared(Optional.of("the test")),
                  Confirmation.PROCEED,
                  Progress.SILENT),
              new ExecuteSettings(
                  LockSettings.DEFAULTS,
                  new BackfillSettings(Duration.ofMillis(100), 50, 50, 50, 1L << 30, 10, 3),
                  ThrottleSettings.DEFAULTS),
              Map.of(),
              "the killed one",
              new Stop());
      Report report =
          new Executor(environment)
              .run(
                  PlanJson.read(Files.readString(Path.of(arguments[0]))),
                  EnumSet.allOf(Phase.class));
      report.problem().ifPresent(Throwable::printStackTrace);
    }
  }
}
