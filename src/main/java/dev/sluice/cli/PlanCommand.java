package dev.sluice.cli;

import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.report.PlanText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The steps of a release. */
@Command(
    name = "plan",
    description = {
      "Makes the plan of the pending migrations: final SQL, locks, undo, in three phases.",
      "Ends with 1 where a directive is needed or two statements are in conflict."
    })
final class PlanCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the plan there, as apply reads it.")
  private Optional<Path> output = Optional.empty();

  @Mixin private final PendingRelease release = new PendingRelease();
  @Mixin private final FormatOption format = new FormatOption();

  PlanCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    PendingRelease.Found found = release.read(sluice, shell, "plan", false);
    found.warnings().forEach(shell.err()::println);
    Plan plan =
        found
            .sluice()
            .plan(
                found.releases().getFirst(),
                found.project().planSettings(),
                found.statistics(),
                LocalDate.now(shell.clock()));
    output.ifPresent(file -> OutputFile.write(shell.directory(), file, PlanJson.write(plan), "-o"));
    shell
        .out()
        .print(
            switch (format.format()) {
              case TEXT ->
                  plan.steps().isEmpty() && plan.runnable()
                      ? "nothing is pending: there is nothing to release\n"
                      : PlanText.of(plan, shell.style(sluice.color(), shell.terminal().out()));
              case JSON -> PlanJson.write(plan);
            });
    if (!found.objections().isEmpty()) {
      shell
          .err()
          .println(
              "Flyway would refuse to run here, and so does sluice apply: "
                  + String.join("; ", found.objections())
                  + "\n  fix: put the file back as it was applied, or `flyway repair` where the"
                  + " change is meant");
    }
    return plan.runnable() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }
}
