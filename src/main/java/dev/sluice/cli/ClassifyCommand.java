package dev.sluice.cli;

import dev.sluice.report.Classification;
import dev.sluice.report.ClassifyJson;
import dev.sluice.report.ClassifyText;
import dev.sluice.report.Style;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kind, phase, lock and work of every pending statement. */
@Command(
    name = "classify",
    description = {
      "Shows of every pending statement who breaks and who waits.",
      "Ends with 0 even where something is unknown, unless --fail-on names it. Connects to nothing without --url or --connect."
    })
final class ClassifyCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Option(
      names = "--each",
      description = "Every migration as a release of its own, on the schema of all before it.")
  private boolean each;

  @Option(names = "--unrecognised", description = "Only what no reader understands.")
  private boolean unrecognised;

  @Mixin private final FailOn failOn = new FailOn();
  @Mixin private final PendingRelease release = new PendingRelease();
  @Mixin private final FormatOption format = new FormatOption();

  ClassifyCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Style style = shell.style(sluice.color(), shell.terminal().out());
    List<String> how =
        List.of(
            String.valueOf(unrecognised),
            format.format().name(),
            style.name(),
            failOn.kinds().toString());
    PendingRelease.Said said =
        release.said(
            sluice,
            shell,
            "classify",
            each,
            how,
            found -> new PendingRelease.Said(said(found, style), failOn.failures(found)));
    said.text().forEach(shell.out()::print);
    said.failures().forEach(shell.err()::println);
    return said.failures().isEmpty() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  private List<String> said(PendingRelease.Found found, Style style) {
    found.warnings().forEach(shell.err()::println);
    Classification classification =
        new Classification(
            found.sluice().dialect(),
            found.releases(),
            found.migrations().bystanders(),
            found.remarks(),
            found.statistics(),
            unrecognised,
            found.drift());
    return switch (format.format()) {
      case TEXT -> List.of(ClassifyText.of(classification, style));
      case JSON -> {
        Pieces pieces = new Pieces();
        ClassifyJson.write(classification, pieces);
        yield pieces.all();
      }
    };
  }
}
