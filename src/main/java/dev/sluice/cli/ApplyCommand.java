package dev.sluice.cli;

import dev.sluice.cli.FormatOption.Format;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.execute.Confirmation;
import dev.sluice.execute.Executor;
import dev.sluice.execute.Report;
import dev.sluice.execute.Rollout;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.report.RunReport;
import dev.sluice.report.RunReportJson;
import dev.sluice.report.Status;
import dev.sluice.report.StatusText;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a plan, or a phase of one. */
@Command(
    name = "apply",
    description = {
      "Runs a phase of a plan, or all of it.",
      "The plan is journaled in the database: later phases need no file. What is done is not done"
          + " again; what was cut off is found out."
    })
final class ApplyCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Parameters(
      paramLabel = "PLAN",
      arity = "0..1",
      description = "What sluice plan -o wrote; without it, the open release of the journal.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      description = "pre-deploy, rolling or post-deploy.")
  private Optional<String> phase = Optional.empty();

  @Option(names = "--all", description = "All phases, one after the other.")
  private boolean all;

  @Option(names = "--yes", description = "Pass the point of no return without asking.")
  private boolean yes;

  @Option(
      names = "--deployed",
      description = "Every node runs the new version: the rolling phase is over.")
  private boolean deployed;

  @Option(
      names = "--migrations",
      paramLabel = "DIR",
      description =
          "Directories of the migrations that it was planned from; without any, Flyway's"
              + " locations.")
  private List<Path> directories = List.of();

  @Mixin private final DatabaseOptions where = new DatabaseOptions();
  @Mixin private final FormatOption format = new FormatOption();

  ApplyCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Set<Phase> phases = phases();
    Optional<Plan> plan = file.map(this::read);
    Project project = Project.open(sluice, shell, where.url());
    try (Database database = project.database();
        Interrupt interrupt = new Interrupt()) {
      FlywayMigrations migrations =
          FlywayMigrations.read(project.flyway(), database.server().engine().id(), directories);
      Executor executor =
          new Executor(
              new Runs(sluice, shell, project, database, migrations)
                  .environment(
                      Rollout.declared(Optional.of(shell.who()).filter(who -> deployed)),
                      confirmation(),
                      interrupt.stop()));
      Report report = plan.map(p -> executor.run(p, phases)).orElseGet(() -> executor.run(phases));
      tell(report, project, database);
      return exitCode(report);
    }
  }

  private Set<Phase> phases() {
    if (all == phase.isPresent()) {
      throw new Problem(
          Reason.USE,
          (all ? "--all and --phase exclude each other" : "nothing says how far to go")
              + "\n  fix: --phase pre-deploy, --phase rolling, --phase post-deploy, or --all");
    }
    return switch (phase.orElse("all")) {
      case "all" -> EnumSet.allOf(Phase.class);
      // What an earlier release still owes comes first.
      case "pre-deploy" -> EnumSet.of(Phase.DEBT, Phase.PRE_DEPLOY);
      case "rolling" -> EnumSet.of(Phase.ROLLING);
      case "post-deploy" -> EnumSet.of(Phase.POST_DEPLOY);
      default ->
          throw new Problem(
              Reason.USE,
              "--phase "
                  + phase.orElse("")
                  + ": no such phase\n  fix: pre-deploy, rolling or post-deploy");
    };
  }

  private Plan read(Path path) {
    Path plan = shell.directory().resolve(path);
    try {
      return PlanJson.read(Files.readString(plan));
    } catch (PlanJson.UnreadablePlan e) {
      throw new Problem(Reason.PLAN, path + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Problem(
          Reason.PLAN,
          path
              + (Files.exists(plan) ? ": cannot be read" : ": there is no such file")
              + "\n  fix: name what `sluice plan -o FILE` wrote",
          e);
    }
  }

  private Confirmation confirmation() {
    return new Confirmation() {
      @Override
      public boolean proceed(Plan plan, Step first) {
        return yes
            || shell.confirms(
                "\nstep "
                    + first.id()
                    + " ("
                    + first.title()
                    + "): from here on nothing can be taken back without loss. Go on?");
      }

      @Override
      public boolean doneByHand(Plan plan, Step step, String reason) {
        return shell.confirms("\nstep " + step.id() + ": " + reason + "\nIs that done?");
      }
    };
  }

  private void tell(Report report, Project project, Database database) {
    if (format.format() == Format.JSON) {
      shell.out().print(RunReportJson.of(RunReport.of(report)));
      // After Ctrl-C the process ends before anybody else would flush it.
      shell.out().flush();
    }
    switch (report.ending()) {
      case FINISHED -> {}
      case NOTHING_TO_DO -> shell.err().println("nothing to do: " + why(report, project, database));
      case STOPPED -> shell.err().println("stopped; the same command goes on from there");
      case ENDED_EARLY ->
          report.problem().ifPresent(problem -> shell.err().println(problem.getMessage()));
    }
    if (report.ok()) {
      try (Session session = database.session()) {
        StatusCommand.status(project.journal(database), session)
            .ifPresent(status -> shell.err().println(StatusText.next(status)));
      }
    }
  }

  private static String why(Report report, Project project, Database database) {
    try (Session session = database.session()) {
      return StatusCommand.status(project.journal(database), session)
          .map(Status::release)
          .filter(r -> r.plan().release().equals(report.release()))
          .filter(r -> r.state() == JournaledRelease.State.DONE)
          .map(r -> "release " + report.release() + " is done")
          .orElse("every step that was asked for is done");
    }
  }

  private static int exitCode(Report report) {
    return switch (report.ending()) {
      case FINISHED, NOTHING_TO_DO -> ExitCode.CLEAN;
      case STOPPED -> ExitCode.INTERRUPTED;
      case ENDED_EARLY ->
          report.problem().map(p -> ExitCode.of(p.reason())).orElse(ExitCode.STEP_FAILED);
    };
  }
}
