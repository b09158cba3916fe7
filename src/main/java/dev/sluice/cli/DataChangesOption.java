package dev.sluice.cli;

import dev.sluice.release.DataChanges;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where UPDATEs of existing rows go. */
final class DataChangesOption {

  @Option(
      names = "--data-changes",
      paramLabel = "WHEN",
      description =
          "Where UPDATEs of existing rows go: ask, pre-deploy or post-deploy; without it, as set.")
  private Optional<String> dataChanges = Optional.empty();

  /** What the option says, else the settings. */
  ReleaseSettings settings(Project project) {
    return new ReleaseSettings(
        dataChanges
            .map(DataChangesOption::parse)
            .orElseGet(() -> project.settings().of(Sections.PLAN).dataChanges()));
  }

  private static DataChanges parse(String text) {
    for (DataChanges one : DataChanges.values()) {
      if (one.id().equals(text)) {
        return one;
      }
    }
    throw new Problem(
        Reason.USE,
        "--data-changes " + text + ": no such choice\n  fix: ask, pre-deploy or post-deploy");
  }
}
