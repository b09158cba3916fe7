package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.execute.Abort;
import dev.sluice.execute.Confirmation;
import dev.sluice.execute.Rollout;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.journal.Journal;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.report.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the open release back. */
@Command(
    name = "abort",
    description = {
      "Takes the open release back, last step first, and Flyway's history with it.",
      "Refused behind the point of no return. What stays is named."
    })
final class AbortCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Option(
      names = "--rolled-back",
      description = "Every node runs the old version again: the roll-out is taken back too.")
  private boolean rolledBack;

  @Option(names = "--yes", description = "Begin without asking a person at a terminal.")
  private boolean yes;

  @Option(
      names = "--migrations",
      paramLabel = "DIR",
      description =
          "Directories of the migrations that it was planned from; without any, Flyway's"
              + " locations.")
  private List<Path> directories = List.of();

  @Mixin private final DatabaseOptions where = new DatabaseOptions();

  AbortCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Project project = Project.open(sluice, shell, where.url());
    try (Database database = project.database();
        Interrupt interrupt = new Interrupt()) {
      if (!confirmed(project, database)) {
        shell.err().println("nothing was changed");
        return ExitCode.GATE_CLOSED;
      }
      FlywayMigrations migrations =
          FlywayMigrations.read(project.flyway(), database.server().engine().id(), directories);
      Abort abort =
          new Abort(
              new Runs(sluice, shell, project, database, migrations)
                  .environment(Rollout.declared(Optional.empty()), Nobody.ASKED, interrupt.stop()));
      Abort.Aborted aborted = abort.run(rolledBack);
      shell
          .out()
          .println(
              "release "
                  + aborted.release()
                  + " is taken back: "
                  + Words.count(aborted.undone().size(), "step")
                  + " undone, its migrations are pending again");
      for (Abort.Stay stay : aborted.stays()) {
        shell
            .out()
            .println(
                "  stays: " + stay.step().id() + " " + stay.step().title() + ": " + stay.why());
      }
    }
    return ExitCode.CLEAN;
  }

  /** A script is not asked: it said what it wants. */
  private boolean confirmed(Project project, Database database) {
    if (yes || !shell.terminal().in() || !shell.terminal().err()) {
      return true;
    }
    try (Session session = database.session()) {
      Journal journal = project.journal(database);
      return OpenRelease.in(journal, session).isEmpty()
          || shell.confirms(
              "release "
                  + journal.open(session).orElseThrow().plan().release()
                  + " is taken back, and its rows in Flyway's history are removed. Go on?");
    }
  }

  /** Nothing is confirmed on the way back. */
  private enum Nobody implements Confirmation {
    ASKED;

    @Override
    public boolean proceed(Plan plan, Step first) {
      return false;
    }

    @Override
    public boolean doneByHand(Plan plan, Step step, String reason) {
      return false;
    }
  }
}
