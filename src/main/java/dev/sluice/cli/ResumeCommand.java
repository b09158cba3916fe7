package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.report.StatusText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes back a pause. */
@Command(name = "resume", description = "Lets a paused release go on.")
final class ResumeCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Mixin private final DatabaseOptions where = new DatabaseOptions();

  ResumeCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Project project = Project.open(sluice, shell, where.url());
    try (Database database = project.database();
        Session session = database.session()) {
      Journal journal = project.journal(database);
      JournaledRelease open = PauseCommand.open(journal, session, database);
      journal.resume(session, open.id());
      shell
          .out()
          .println(
              open.plan().release()
                  + (open.pause().isPresent() ? " goes on" : " was not paused")
                  + "\n"
                  + StatusCommand.status(journal, session).map(StatusText::next).orElse(""));
    }
    return ExitCode.CLEAN;
  }
}
