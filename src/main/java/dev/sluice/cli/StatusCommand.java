package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.RunnerLock;
import dev.sluice.database.Session;
import dev.sluice.journal.Journal;
import dev.sluice.report.Status;
import dev.sluice.report.StatusJson;
import dev.sluice.report.StatusText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How far the last release is, from the journal alone. */
@Command(
    name = "status",
    description = "Shows how far the last release is, from the journal alone.")
final class StatusCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Mixin private final DatabaseOptions where = new DatabaseOptions();
  @Mixin private final FormatOption format = new FormatOption();

  StatusCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Project project = Project.open(sluice, shell, where.url());
    try (Database database = project.database();
        Session session = database.session()) {
      Optional<Status> status = status(project.journal(database), session);
      shell.out().print(status.map(this::text).orElseGet(() -> nothing(database)));
    }
    return ExitCode.CLEAN;
  }

  /** Empty where no release was ever begun. */
  static Optional<Status> status(Journal journal, Session session) {
    if (!journal.exists(session)) {
      return Optional.empty();
    }
    return journal
        .open(session)
        .or(() -> journal.latest(session))
        .map(
            release ->
                new Status(
                    release, journal.ledger(session, release.id()), RunnerLock.holder(session)));
  }

  private String text(Status status) {
    return switch (format.format()) {
      case TEXT -> StatusText.of(status, shell.style(sluice.color(), shell.terminal().out()));
      case JSON -> StatusJson.of(status);
    };
  }

  private String nothing(Database database) {
    return switch (format.format()) {
      case TEXT -> "no release was begun on " + database.shown() + "\n";
      case JSON -> "{\"release\" : null}\n";
    };
  }
}
