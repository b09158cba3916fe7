package dev.sluice.cli;

import dev.sluice.sql.Problem;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which database; without any option, the one that Flyway's settings name. */
final class DatabaseOptions {

  @Option(
      names = "--url",
      paramLabel = "JDBC-URL",
      description = "The database; without it, Flyway's configured url.")
  private Optional<String> url = Optional.empty();

  @Option(names = "--connect", description = "Flyway's configured url, as without any option.")
  private boolean connect;

  /**
   * @throws Problem where two databases are meant
   */
  Optional<String> url() {
    if (connect && url.isPresent()) {
      throw new Problem(
          Problem.Reason.USE,
          "--connect means Flyway's configured url, --url another\n  fix: keep one of them");
    }
    return url;
  }
}
