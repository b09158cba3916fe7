package dev.sluice.cli;

import dev.sluice.dialect.Engine;
import dev.sluice.report.StatsJson;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How large tables are, where nobody connects. */
final class StatsOption {

  @Option(
      names = "--stats",
      paramLabel = "FILE",
      description = "How large tables are, as sluice stats wrote it, where nobody connects.")
  private Optional<Path> stats = Optional.empty();

  boolean given() {
    return stats.isPresent();
  }

  /**
   * @throws Problem where it is given: a database is asked
   */
  void refuse() {
    if (given()) {
      throw new Problem(
          Reason.USE,
          "--stats is for where nobody connects; the database itself says how large tables are\n"
              + "  fix: leave out --stats, or --connect and --url");
    }
  }

  /** Nothing where it is not given. */
  StatsJson.Stats read(Shell shell, Engine engine) {
    return stats
        .map(file -> StatsJson.read(file.toString(), text(shell, file), engine))
        .orElse(StatsJson.Stats.NONE);
  }

  private static String text(Shell shell, Path file) {
    Path whole = shell.directory().resolve(file);
    try {
      return Files.readString(whole);
    } catch (IOException e) {
      throw new Problem(
          Reason.FILES,
          file
              + (Files.exists(whole) ? ": cannot be read" : ": there is no such file")
              + "\n  fix: name what `sluice stats -o FILE` wrote",
          e);
    }
  }
}
