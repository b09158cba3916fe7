package dev.sluice.flyway;

import dev.sluice.migration.History;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Standing;
import dev.sluice.migration.Version;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.info.MigrationInfoServiceImpl;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;

/**
 * Flyway's history of one database, read and written by Flyway's own code, under Flyway's own lock,
 * which is held for the moment of writing only: an old node that restarts asks for it too.
 *
 * <p>Each call takes a connection from the data source and gives it back. As whenever Flyway
 * connects, {@code initSql} and {@code afterConnect} callbacks run on it.
 */
public final class FlywayHistory implements History {

  private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);

  private final FlywaySettings settings;
  private final FlywayMigrations migrations;
  private final DataSource dataSource;
  private final Duration lockLimit;

  /**
   * @param migrations the files that the history is compared with
   * @param dataSource connections as the user that Flyway itself would be; stays the caller's
   */
  public FlywayHistory(
      FlywaySettings settings, FlywayMigrations migrations, DataSource dataSource) {
    this(settings, migrations, dataSource, LOCK_LIMIT);
  }

  FlywayHistory(
      FlywaySettings settings,
      FlywayMigrations migrations,
      DataSource dataSource,
      Duration lockLimit) {
    this.settings = settings;
    this.migrations = migrations;
    this.dataSource = dataSource;
    this.lockLimit = lockLimit;
  }

  @Override
  public List<Applied> applied() {
    return connected(
        session ->
            session.history().allAppliedMigrations().stream().map(FlywayHistory::applied).toList());
  }

  private static Applied applied(AppliedMigration row) {
    return new Applied(
        row.getInstalledRank(),
        Optional.ofNullable(row.getVersion()).map(v -> Version.parse(v.toString())),
        row.getDescription(),
        row.getType().name(),
        row.getScript(),
        Optional.ofNullable(row.getChecksum()),
        row.isSuccess());
  }

  @Override
  public Standing standing() {
    return connected(session -> new Comparison(session, migrations.all()).standing());
  }

  @Override
  public void create() {
    connected(
        session -> {
          if (!session.history().exists()) {
            locked(session, FlywaySession::createHistory);
          }
          return true;
        });
  }

  @Override
  public void record(Migration migration) {
    if (!migration.readable()) {
      throw new IllegalArgumentException(migration.file() + " is run and recorded by Flyway");
    }
    connected(
        session -> {
          locked(
              session,
              locked -> {
                locked.createHistory();
                insert(locked, migration);
              });
          return true;
        });
  }

  private static void insert(FlywaySession session, Migration migration) {
    refuseFailed(session);
    MigrationInfoServiceImpl info = session.info(MigrationVersion.LATEST);
    info.refresh();
    List<MigrationInfoImpl> pending = Arrays.asList(info.pending());
    Optional<MigrationInfoImpl> own =
        pending.stream().filter(p -> Rows.belongs(migration, p.getResolvedMigration())).findFirst();
    if (own.isEmpty()) {
      refuseUnlessApplied(session, migration);
      return;
    }
    ResolvedMigration resolved = own.get().getResolvedMigration();
    refuseEdited(migration, resolved);
    if (migration.version().isPresent() && !pending.get(0).equals(own.get())) {
      throw new HistoryMismatch(
          migration.file()
              + ": cannot be recorded: Flyway has "
              + pending.get(0).getScript()
              + " to run first\n  fix: make the plan anew");
    }
    session
        .history()
        .addAppliedMigration(
            resolved.getVersion(),
            resolved.getDescription(),
            resolved.getType(),
            resolved.getScript(),
            resolved.getChecksum(),
            0,
            true);
  }

  private static void refuseFailed(FlywaySession session) {
    session.history().allAppliedMigrations().stream()
        .filter(row -> !row.isSuccess())
        .findFirst()
        .ifPresent(
            row -> {
              throw new HistoryMismatch(
                  "Flyway's history holds a failed migration, "
                      + row.getScript()
                      + "; Flyway refuses to go on\n"
                      + "  fix: put right what it left half-done, then flyway repair");
            });
  }

  private static void refuseEdited(Migration migration, ResolvedMigration resolved) {
    if (!migration.checksum().map(resolved::checksumMatches).orElse(false)) {
      throw new HistoryMismatch(
          migration.file() + ": changed since the plan was made\n  fix: make the plan anew");
    }
  }

  /** Where it is not pending: it was recorded before, or there is something wrong. */
  private static void refuseUnlessApplied(FlywaySession session, Migration migration) {
    List<AppliedMigration> rows = Rows.of(migration, session);
    if (rows.isEmpty()) {
      throw new HistoryMismatch(
          migration.file()
              + ": cannot be recorded: Flyway does not see it, or a newer version is applied"
              + " already\n  fix: make the plan anew, or give it a newer version");
    }
    if (!Rows.sameText(migration, session, rows.get(rows.size() - 1))) {
      throw new HistoryMismatch(
          migration.file()
              + ": Flyway's history holds it with another text, applied by somebody else\n"
              + "  fix: find out which text ran; make the plan anew");
    }
  }

  @Override
  public void remove(Migration migration) {
    connected(
        session -> {
          if (session.history().exists()) {
            locked(session, locked -> delete(locked, migration));
          }
          return true;
        });
  }

  private static void delete(FlywaySession session, Migration migration) {
    List<AppliedMigration> own = Rows.of(migration, session);
    if (own.isEmpty()) {
      return;
    }
    AppliedMigration row = own.get(own.size() - 1);
    boolean same = Rows.sameText(migration, session, row);
    if (migration.version().isEmpty() && !same) {
      // The row of an earlier text: ours is gone already.
      return;
    }
    List<AppliedMigration> all = session.history().allAppliedMigrations();
    if (!same || !row.isSuccess()) {
      throw new HistoryMismatch(
          migration.file()
              + ": its row in Flyway's history is not the one that was written for it");
    }
    if (row.getInstalledRank() != all.get(all.size() - 1).getInstalledRank()) {
      throw new HistoryMismatch(
          migration.file()
              + ": cannot be taken back: "
              + all.get(all.size() - 1).getScript()
              + " was applied after it");
    }
    session.deleteRow(row.getInstalledRank());
  }

  private void locked(FlywaySession session, Consumer<FlywaySession> action) {
    try (LockDeadline deadline = LockDeadline.in(lockLimit)) {
      try {
        session
            .history()
            .lock(
                () -> {
                  deadline.locked();
                  action.accept(session);
                  return true;
                });
      } catch (FlywayException e) {
        if (deadline.isExpired() || String.valueOf(e.getMessage()).contains("lockRetryCount")) {
          throw LockDeadline.expired();
        }
        throw e;
      }
    }
  }

  private <T> T connected(Function<FlywaySession, T> action) {
    FlywayLog.quiet();
    ClassicConfiguration configuration =
        Configurations.connected(settings, migrations.flywayLocations(), dataSource);
    configuration.setJavaMigrations(
        migrations.all().stream()
            .filter(m -> m.type() == Migration.Type.JAVA)
            .map(UnreadJavaMigration::new)
            .toArray(JavaMigration[]::new));
    try {
      return new FlywayExecutor(configuration)
          .execute(
              (resolver, history, database, schema, schemas, callbacks, interceptor) ->
                  action.apply(
                      new FlywaySession(
                          configuration, resolver, history, database, List.of(schemas), callbacks)),
              true,
              null);
    } catch (FlywaySqlScriptException e) {
      // It repeats the statement, of initSql or of a callback, with the values of placeholders.
      throw new Problem(
          Reason.DATABASE,
          "Flyway could not run initSql or a callback when it connected: " + reason(e));
    } catch (FlywayException e) {
      throw new Problem(
          Reason.DATABASE,
          "Flyway's history: "
              + summary(e)
              + "\n  fix: put that right, then run the same command again",
          e);
    }
  }

  private static String reason(FlywaySqlScriptException e) {
    return e.getCause() instanceof SQLException cause
        ? "SQL state " + cause.getSQLState()
        : "no SQL state";
  }

  /** Without the ruled heading and the details that Flyway adds below. */
  private static String summary(FlywayException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("---"))
        .limit(4)
        .collect(Collectors.joining("; "));
  }
}
