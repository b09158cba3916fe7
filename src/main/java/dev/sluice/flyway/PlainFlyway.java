package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Flyway as it is, with nothing of Sluice's: what a node of the application runs when it starts,
 * and what a release is compared with.
 */
public final class PlainFlyway {

  /** A line of the block that Flyway prints about a statement that failed. */
  private static final Pattern WHY = Pattern.compile("(?m)^Message\\s*:\\s*(.*)$");

  private final Flyway flyway;

  /**
   * @param migrations its only location; all other settings are Flyway's defaults
   */
  public PlainFlyway(Path migrations, DataSource database) {
    this.flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("filesystem:" + migrations.toAbsolutePath())
            .load();
  }

  /**
   * What it says about its files and its history.
   *
   * @param applied migrations that count as applied, after {@code info}
   * @param pending migrations that it would run, after {@code info}
   * @param complaints of {@code validate}, one for each migration; empty where it is content
   */
  public record Verdict(int applied, int pending, List<String> complaints) {
    public Verdict {
      complaints = List.copyOf(complaints);
    }

    /** Whether nothing is pending, and nothing is wrong. */
    public boolean content() {
      return pending == 0 && complaints.isEmpty();
    }
  }

  /** Asks {@code validate} and {@code info}. */
  public Verdict verdict() {
    MigrationInfoService info = flyway.info();
    List<String> complaints =
        flyway.validateWithResult().invalidMigrations.stream()
            .map(invalid -> invalid.filepath + ": " + invalid.errorDetails.errorMessage)
            .toList();
    return new Verdict(info.applied().length, info.pending().length, complaints);
  }

  /**
   * Runs what is pending.
   *
   * @return how many migrations it ran
   * @throws Problem where one fails, or Flyway refuses to begin
   */
  public int migrate() {
    try {
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw new Problem(Reason.HISTORY, said(String.valueOf(e.getMessage())), e);
    }
  }

  /** Which script, and why: without the block of details around it. */
  private static String said(String message) {
    String first = message.lines().findFirst().orElse(message);
    Matcher why = WHY.matcher(message);
    return why.find() ? first + ": " + why.group(1) : first;
  }
}
