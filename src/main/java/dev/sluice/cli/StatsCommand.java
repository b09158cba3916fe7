package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.TableSizes;
import dev.sluice.journal.Measured;
import dev.sluice.report.StatsJson;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.Name;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How large the tables of a database are, for who plans elsewhere. */
@Command(
    name = "stats",
    description = {
      "Writes how large tables are, as JSON, for --stats of classify and plan; and how fast the server was at earlier releases.",
      "Reads the server's own statistics: no table is read, nothing is changed."
    })
final class StatsCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where it goes; without it, to standard output.")
  private Optional<Path> output = Optional.empty();

  @Mixin private final DatabaseOptions where = new DatabaseOptions();

  StatsCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Project project = Project.open(sluice, shell, where.url());
    try (Database database = project.anyDatabase();
        Session session = database.session()) {
      Set<Name> schemas = new HashSet<>(project.managedSchemas());
      schemas.addAll(
          project
              .startingSchema(ServerDialect.of(database, session).dialect(), session)
              .searchPath());
      Statistics statistics = TableSizes.read(session, schemas);
      String json =
          StatsJson.of(
              database.server().engine(),
              database.version().toString(),
              new StatsJson.Stats(statistics, Measured.in(project.journal(database), session)));
      output.ifPresentOrElse(
          file -> {
            OutputFile.write(shell.directory(), file, json, "-o");
            shell.out().println(file + ": sizes of " + statistics.tables().size() + " tables");
          },
          () -> shell.out().print(json));
    }
    return ExitCode.CLEAN;
  }
}
