package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.sql.Problem;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes whoever runs the open release wait, from another shell. */
@Command(
    name = "pause",
    description =
        "Makes the open release wait before its next step or batch; resume lets it go on.")
final class PauseCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Mixin private final DatabaseOptions where = new DatabaseOptions();

  PauseCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Project project = Project.open(sluice, shell, where.url());
    try (Database database = project.database();
        Session session = database.session()) {
      Journal journal = project.journal(database);
      JournaledRelease open = open(journal, session, database);
      journal.pause(session, open.id(), shell.who());
      shell
          .out()
          .println(
              open.plan().release()
                  + " is paused: it waits before its next step or batch\n"
                  + "next: sluice resume");
    }
    return ExitCode.CLEAN;
  }

  /**
   * @throws Problem where no release is open
   */
  static JournaledRelease open(Journal journal, Session session, Database database) {
    return (journal.exists(session) ? journal.open(session) : Optional.<JournaledRelease>empty())
        .orElseThrow(
            () ->
                new Problem(
                    Problem.Reason.USE,
                    "no release is open on "
                        + database.shown()
                        + "\n  fix: sluice status shows what was last"));
  }
}
