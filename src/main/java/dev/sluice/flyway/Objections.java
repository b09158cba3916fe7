package dev.sluice.flyway;

import static java.util.Map.entry;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Remark.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** What Flyway has against a migration, and what it passes over in silence. */
final class Objections {

  private static final Map<ErrorCode, Kind> BY_ERROR =
      Map.ofEntries(
          entry(CoreErrorCode.FAILED_VERSIONED_MIGRATION, Kind.FAILED),
          entry(CoreErrorCode.FAILED_REPEATABLE_MIGRATION, Kind.FAILED),
          entry(CoreErrorCode.FAILED_BASELINE_MIGRATION, Kind.FAILED),
          entry(CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, Kind.REMOVED),
          entry(CoreErrorCode.APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED, Kind.REMOVED),
          entry(CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED, Kind.OUT_OF_ORDER),
          entry(CoreErrorCode.CHECKSUM_MISMATCH, Kind.EDITED),
          entry(CoreErrorCode.DESCRIPTION_MISMATCH, Kind.RENAMED),
          entry(CoreErrorCode.TYPE_MISMATCH, Kind.RETYPED));

  private static final Map<MigrationState, Kind> BY_STATE =
      Map.of(
          MigrationState.FAILED, Kind.FAILED,
          MigrationState.MISSING_FAILED, Kind.FAILED,
          MigrationState.FUTURE_FAILED, Kind.FAILED,
          MigrationState.MISSING_SUCCESS, Kind.REMOVED,
          MigrationState.FUTURE_SUCCESS, Kind.FUTURE,
          MigrationState.IGNORED, Kind.OUT_OF_ORDER);

  private final String table;
  private final String newest;

  /**
   * @param table Flyway's, as messages name it
   * @param all that files and rows tell of
   */
  Objections(String table, List<MigrationInfoImpl> all) {
    this.table = table;
    this.newest =
        all.stream()
            .filter(i -> i.getAppliedMigration() != null)
            .map(MigrationInfoImpl::getVersion)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .map(MigrationVersion::getVersion)
            .orElse("none");
  }

  /**
   * @param file empty where there is none
   */
  Optional<Remark> to(MigrationInfoImpl one, Optional<Migration> file) {
    ErrorDetails error = one.validate();
    Optional<Kind> kind =
        error == null
            ? Optional.ofNullable(BY_STATE.get(one.getState()))
            : Optional.ofNullable(BY_ERROR.get(error.errorCode));
    // A baseline file on a database that was there before it is meant not to run.
    boolean baseline =
        one.getState() == MigrationState.IGNORED
            && one.getResolvedMigration().getType().isBaseline();
    return kind.filter(k -> !baseline && !isGuess(k, file))
        .map(k -> remark(k, one, file, error != null));
  }

  /** Of a class, neither checksum nor description nor type can be compared. */
  private static boolean isGuess(Kind kind, Optional<Migration> file) {
    return file.filter(m -> m.type() == Migration.Type.JAVA).isPresent()
        && (kind == Kind.EDITED || kind == Kind.RENAMED || kind == Kind.RETYPED);
  }

  private Remark remark(
      Kind kind, MigrationInfoImpl one, Optional<Migration> file, boolean refused) {
    Optional<AppliedMigration> row = Optional.ofNullable(one.getAppliedMigration());
    String script = row.map(AppliedMigration::getScript).orElse(one.getScript());
    Words words =
        switch (kind) {
          case EDITED ->
              new Words(
                  "edited after it was applied: its checksum is "
                      + file.flatMap(Migration::checksum).map(String::valueOf).orElse("none")
                      + ", and "
                      + row.map(r -> String.valueOf(r.getChecksum())).orElse("none")
                      + " in "
                      + table,
                  "what the database got is not what the file says now",
                  "put the file back as it was applied; where the change is meant, flyway repair"
                      + " takes the new checksum over and runs nothing");
          case RENAMED ->
              new Words(
                  "renamed after it was applied as " + script,
                  "the description in " + table + " is another",
                  "name it " + script + " again; where the new name is meant, flyway repair");
          case RETYPED ->
              new Words(
                  "applied as "
                      + script
                      + ", of type "
                      + row.map(r -> r.getType().name()).orElse(""),
                  "what the database got is not what the file says now",
                  "bring " + script + " back; where the change is meant, flyway repair");
          case REMOVED ->
              new Words(
                  "applied here, and the locations have no such file",
                  "what it made counts as drift",
                  "bring the file back (git log --all -- '*"
                      + script
                      + "' names the commit that took it away); where it is meant to be gone, flyway"
                      + " repair marks it as deleted");
          case FUTURE ->
              new Words(
                  "applied here, and newer than every file",
                  "what it made counts as drift, and the next migration has to be newer still",
                  "bring this checkout up to date with the branch that it was applied from");
          case FAILED ->
              new Words(
                  "failed when Flyway ran it, and stands in " + table + " as failed",
                  "how much of it the database has is not known; neither does it count as pending",
                  "put right by hand what it left half-done, then flyway repair: it is pending"
                      + " again");
          case OUT_OF_ORDER ->
              new Words(
                  "not applied, and below the newest applied version, " + newest,
                  "it is not run here, and nothing is said of it",
                  "give it a version above "
                      + newest
                      + ", or set flyway.outOfOrder=true where the order does not matter");
          case IGNORED, OPEN_RELEASE -> throw new IllegalArgumentException("of files, not of rows");
        };
    return new Remark(
        kind,
        file.map(Migration::file).orElse(script),
        Optional.of(
            file.map(Migration::label)
                .orElseGet(
                    () ->
                        one.getVersion() == null
                            ? "R:" + one.getDescription()
                            : one.getVersion().getVersion())),
        words.what(),
        refused ? "Flyway refuses to run here; " + words.cost() : words.cost(),
        words.fix(),
        refused);
  }

  private record Words(String what, String cost, String fix) {}
}
