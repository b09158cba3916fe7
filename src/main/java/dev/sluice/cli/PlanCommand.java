package dev.sluice.cli;

import dev.sluice.migration.Remark;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.report.PlanMarkdown;
import dev.sluice.report.PlanText;
import dev.sluice.report.RemarkText;
import dev.sluice.report.Style;
import dev.sluice.report.html.PlanPage;
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

  /** What a plan is written as. */
  enum Format {
    TEXT,
    JSON,
    MARKDOWN,
    HTML
  }

  private final SluiceCommand sluice;
  private final Shell shell;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the plan there, as apply reads it.")
  private Optional<Path> output = Optional.empty();

  @Mixin private final PendingRelease release = new PendingRelease();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, markdown (for a merge request) or html (one page).")
  private Format format = Format.TEXT;

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
                found.project().planSettings(found.rates()),
                found.statistics(),
                LocalDate.now(shell.clock()),
                found.debt());
    output.ifPresent(file -> OutputFile.write(shell.directory(), file, PlanJson.write(plan), "-o"));
    shell
        .out()
        .print(
            switch (format) {
              case TEXT ->
                  plan.steps().isEmpty() && plan.runnable()
                      ? "nothing is pending: there is nothing to release\n"
                      : PlanText.of(plan, shell.style(sluice.color(), shell.terminal().out()));
              case JSON -> PlanJson.write(plan);
              case MARKDOWN -> PlanMarkdown.of(plan);
              case HTML -> PlanPage.of(plan);
            });
    boolean refused = found.remarks().stream().anyMatch(Remark::refused);
    Style style = shell.style(sluice.color(), shell.terminal().err());
    found.remarks().forEach(remark -> shell.err().print(RemarkText.of(remark, style)));
    if (refused) {
      shell.err().println("Flyway would refuse to run here, and so does sluice apply");
    }
    return plan.runnable() && !refused ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }
}
