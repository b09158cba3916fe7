package dev.sluice.cli;

import dev.sluice.Sluice;
import dev.sluice.cache.Cache;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.TableSizes;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.journal.Measured;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.plan.KnownRates;
import dev.sluice.plan.Plan;
import dev.sluice.release.Release;
import dev.sluice.report.StatsJson;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A migration by itself, planned on what all before it make. A database is asked for its version,
 * the sizes of its tables, and whether it has the migration: not for its catalog, since what the
 * files become must not depend on where somebody was when he wrote them.
 */
final class OneMigration {

  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "VERSION",
      description = "The migration, applied nowhere.")
  private Optional<String> version = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "DIR",
      arity = "0..*",
      description = "Directories of migrations; without any, Flyway's locations.")
  private List<Path> directories = List.of();

  @Option(
      names = "--url",
      paramLabel = "JDBC-URL",
      description = "A database whose Flyway history says that it is not applied there.")
  private Optional<String> url = Optional.empty();

  @Option(names = "--connect", description = "The same with Flyway's configured url.")
  private boolean connect;

  @Mixin private final EngineOption engine = new EngineOption();
  @Mixin private final DataChangesOption dataChanges = new DataChangesOption();
  @Mixin private final StatsOption stats = new StatsOption();

  /**
   * What was read.
   *
   * @param release of it alone
   * @param asked the database that does not have it; empty where none was asked
   */
  record Found(
      Project project,
      Dialect dialect,
      FlywayMigrations migrations,
      Migration migration,
      Release release,
      Plan plan,
      Optional<String> asked) {}

  Found read(SluiceCommand options, Shell shell) {
    if (connect && url.isPresent()) {
      throw new Problem(
          Reason.USE, "--url and --connect each name a database\n  fix: keep one of them");
    }
    Version wanted = wanted();
    Project project = Project.open(options, shell, url);
    if (connect || url.isPresent()) {
      stats.refuse();
      return onDatabase(project, wanted, shell);
    }
    Dialect dialect = engine.dialect(project.flyway().engine());
    EngineOption.warning(dialect).ifPresent(shell.err()::println);
    StatsJson.Stats known = stats.read(shell, dialect.engine());
    return found(
        project,
        dialect,
        wanted,
        new Ground(
            project.startingSchema(dialect), known.statistics(), known.rates(), Optional.empty()),
        shell);
  }

  private Version wanted() {
    String text = version.orElseThrow();
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Reason.USE,
          text + ": " + e.getMessage() + "\n  fix: the version of a file, as in rewrite 42",
          e);
    }
  }

  /** What is known besides the files. */
  private record Ground(
      Schema start, Statistics statistics, KnownRates rates, Optional<String> asked) {}

  private Found onDatabase(Project project, Version wanted, Shell shell) {
    try (Database database = project.anyDatabase();
        Session session = database.session()) {
      ServerDialect spoken = ServerDialect.of(database, session);
      Dialect dialect = spoken.dialect();
      engine.refuseOther(dialect, database.shown());
      spoken.warnings().forEach(shell.err()::println);
      FlywayMigrations migrations = project.migrations(dialect, directories, Cache.none());
      Migration migration = migration(migrations, wanted);
      FlywayHistory history =
          new FlywayHistory(project.flyway(), migrations, database.dataSource());
      if (!history.pending().contains(migration.script())) {
        throw new Problem(
            Reason.HISTORY,
            migration.file()
                + ": not pending in "
                + database.shown()
                + ": it ran there, failed there, or stands below one that ran; another text of it"
                + " breaks Flyway's checksum where it ran\n"
                + "  fix: leave it, and put what is still to do into a new migration");
      }
      if (OpenRelease.in(project.journal(database), session).isPresent()) {
        throw new Problem(
            Reason.PLAN,
            "a release of Sluice is on its way through "
                + database.shown()
                + "\n  fix: finish it with sluice apply, or take it back with sluice abort");
      }
      Schema start = project.startingSchema(dialect, session);
      Set<Name> schemas = new HashSet<>(start.searchPath());
      schemas.addAll(project.managedSchemas());
      return found(
          project,
          dialect,
          wanted,
          new Ground(
              start,
              TableSizes.read(session, schemas),
              Measured.in(project.journal(database), session),
              Optional.of(database.shown())),
          shell);
    }
  }

  private Found found(
      Project project, Dialect dialect, Version wanted, Ground ground, Shell shell) {
    Cache cache = project.cache(dialect, directories);
    FlywayMigrations migrations = project.migrations(dialect, directories, cache);
    Migration migration = migration(migrations, wanted);
    project.checkDirectives(migrations);
    Sluice sluice =
        new Sluice(
            new Reader(dialect, cache),
            migrations,
            ground.start(),
            dataChanges.settings(project),
            project::directives);
    Release release = sluice.classify(new Pending.Scripts(Set.of(migration.script())));
    cache.save();
    Plan plan =
        sluice.plan(
            release,
            project.planSettings(ground.rates()),
            ground.statistics(),
            LocalDate.now(shell.clock()));
    return new Found(project, dialect, migrations, migration, release, plan, ground.asked());
  }

  private Migration migration(FlywayMigrations migrations, Version wanted) {
    Migration migration =
        migrations.all().stream()
            .filter(m -> m.version().equals(Optional.of(wanted)))
            .filter(m -> m.type() != Migration.Type.BASELINE)
            .findFirst()
            .orElseThrow(
                () ->
                    new Problem(
                        Reason.USE,
                        wanted
                            + ": there is no such migration\n"
                            + "  fix: name the version of a file, and the directory where it lies"));
    if (migration.type() != Migration.Type.VERSIONED) {
      throw new Problem(
          Reason.USE,
          migration.file()
              + ": no SQL, so nobody can tell what it does\n"
              + "  fix: rewrite those that are written in SQL");
    }
    return migration;
  }
}
