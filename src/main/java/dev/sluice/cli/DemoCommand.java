package dev.sluice.cli;

import dev.sluice.cli.Shell.Terminal;
import dev.sluice.database.Address;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.rehearse.Audience;
import dev.sluice.rehearse.Demo;
import dev.sluice.rehearse.EmbeddedServer;
import dev.sluice.rehearse.Pace;
import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Sample;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.report.DemoProgress;
import dev.sluice.report.RehearsalJson;
import dev.sluice.report.RehearsalText;
import dev.sluice.report.html.RehearsalPage;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole of it, to look at: nothing is needed, and nothing stays but three files. */
@Command(
    name = "demo",
    description = {
      "Takes a sample release through all phases, on a PostgreSQL of its own, while two versions of"
          + " an application are at work on it.",
      "Writes plan.json, report.json and report.html. Takes about a minute and leaves nothing"
          + " running."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int WORKERS = 4;
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final long SEED = 12;

  private final SluiceCommand sluice;
  private final Shell shell;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Customers, and as many orders; without it, 100000.")
  private long rows;

  @Option(
      names = "--compare",
      description = "Then let plain Flyway run the same release on the same rows.")
  private boolean compare;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the three files go; without it, here.")
  private Path out = Path.of("");

  DemoCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (rows < 1) {
      throw new Problem(
          Reason.USE, "--rows " + rows + ": there is nothing to migrate\n  fix: 1 or more");
    }
    Path folder = folder();
    long began = System.nanoTime();
    DemoProgress progress =
        new DemoProgress(
            shell.err(),
            shell.style(sluice.color(), shell.terminal().err()),
            shell.terminal().err(),
            shell.clock());
    try (EmbeddedServer server = server(progress)) {
      try {
        return run(server, progress, folder, began);
      } catch (RuntimeException e) {
        awaitEndOfProcess(server);
        throw e;
      }
    }
  }

  private int run(EmbeddedServer server, DemoProgress progress, Path folder, long began) {
    Audience audience =
        scene -> {
          // After Ctrl-C everything fails, and nothing of it is worth a word.
          if (!server.isStopping()) {
            progress.hear(scene);
          }
        };
    Demo demo =
        new Demo(
            server, (sample, database) -> plan(sample, database, folder), audience, shell.clock());
    Load.Settings load = new Load.Settings(WORKERS, PAUSE, rows, SEED);
    Rehearsal rehearsal = demo.run(new Demo.Settings(load, Pace.DEFAULT, compare));
    awaitEndOfProcess(server);
    OutputFile.write(folder, Path.of("report.json"), RehearsalJson.of(rehearsal), "--out");
    OutputFile.write(folder, Path.of("report.html"), RehearsalPage.of(rehearsal), "--out");
    shell.out().println();
    shell
        .out()
        .print(RehearsalText.of(rehearsal, shell.style(sluice.color(), shell.terminal().out())));
    shell
        .out()
        .printf(
            Locale.ROOT,
            "written: %s, report.json, report.html; the demo took %d s%n",
            out.resolve("plan.json"),
            Duration.ofNanos(System.nanoTime() - began).toSeconds());
    return rehearsal.ok() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  private Path folder() {
    Path folder = shell.directory().resolve(out);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder);
    }
    if (!Files.isWritable(folder)) {
      throw cannotWrite(folder);
    }
    return folder;
  }

  private static Problem cannotWrite(Path folder) {
    return new Problem(
        Reason.USE,
        folder.toAbsolutePath()
            + ": cannot be written to, and the reports go there\n  fix: --out with another folder");
  }

  private static EmbeddedServer server(DemoProgress progress) {
    String what = "start a PostgreSQL of its own";
    progress.hear(new Audience.Begun(what));
    long began = System.nanoTime();
    try {
      EmbeddedServer server = EmbeddedServer.start();
      progress.hear(new Audience.Ended(what, Duration.ofNanos(System.nanoTime() - began)));
      return server;
    } catch (NoClassDefFoundError e) {
      throw new Problem(
          Reason.USE,
          "the embedded PostgreSQL is not on the class path\n  fix: start the demo with bin/sluice",
          e);
    }
  }

  /** The process is ending, and its hooks put everything away: this thread has nothing to add. */
  private static void awaitEndOfProcess(EmbeddedServer server) {
    while (server.isStopping()) {
      LockSupport.park();
    }
  }

  /** As a user would: the same command, in the sample's folder, with Flyway's usual variables. */
  static Plan plan(Sample sample, Address address, Path folder) {
    Path file = folder.resolve("plan.json").toAbsolutePath();
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    Shell user =
        new Shell(
            sample.directory(),
            sample.directory(),
            environment(address),
            new BufferedReader(Reader.nullReader()),
            writer,
            writer,
            Terminal.NONE,
            Clock.system(ZoneId.systemDefault()));
    String[] command = {"plan", sample.shown().toString(), "--connect", "-o", file.toString()};
    if (Main.run(user, command) != ExitCode.CLEAN) {
      throw new Problem(Reason.PLAN, "the sample cannot be planned:\n" + said);
    }
    try {
      return PlanJson.read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(Address address) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("FLYWAY_URL", address.url());
    address.user().ifPresent(user -> variables.put("FLYWAY_USER", user));
    address.password().ifPresent(password -> variables.put("FLYWAY_PASSWORD", password));
    return variables;
  }
}
