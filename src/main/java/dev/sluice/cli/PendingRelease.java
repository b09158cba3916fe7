package dev.sluice.cli;

import dev.sluice.Sluice;
import dev.sluice.cache.Cache;
import dev.sluice.cli.PendingOptions.Choice;
import dev.sluice.database.CatalogReader;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.TableSizes;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.drift.Drift;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.release.DataChanges;
import dev.sluice.release.OnDatabase;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.report.StatsJson;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that looks at migrations works on. */
final class PendingRelease {

  @Mixin private final PendingOptions pending = new PendingOptions();
  @Mixin private final EngineOption engine = new EngineOption();

  @Option(
      names = "--data-changes",
      paramLabel = "WHEN",
      description =
          "Where UPDATEs of existing rows go: ask, pre-deploy or post-deploy; without it, as set.")
  private Optional<String> dataChanges = Optional.empty();

  @Option(
      names = "--stats",
      paramLabel = "FILE",
      description = "How large tables are, as sluice stats wrote it, where nobody connects.")
  private Optional<Path> stats = Optional.empty();

  /**
   * What was read.
   *
   * @param statistics empty where neither a database nor a file was asked
   * @param objections why Flyway would refuse to run; empty where no database was asked, or a
   *     release is on its way through it
   * @param warnings what the server's settings change that is not read so; mostly empty
   * @param drift empty where no database was asked, or a release is on its way through it
   */
  record Found(
      Project project,
      Sluice sluice,
      FlywayMigrations migrations,
      List<Release> releases,
      Statistics statistics,
      List<String> objections,
      List<String> warnings,
      Optional<Drift> drift) {}

  /**
   * Reads them.
   *
   * @param command for messages
   * @param each every migration as a release of its own
   */
  Found read(SluiceCommand options, Shell shell, String command, boolean each) {
    Choice choice = pending.choice();
    if (each != (choice instanceof Choice.Nothing)) {
      throw each ? PendingOptions.eachAndMore() : PendingOptions.nothingChosen(command);
    }
    if (choice instanceof Choice.OfHistory && stats.isPresent()) {
      throw new Problem(
          Reason.USE,
          "--stats is for where nobody connects; the database itself says how large tables are\n"
              + "  fix: leave out --stats, or --connect and --url");
    }
    Project project = Project.open(options, shell, pending.url());
    if (choice instanceof Choice.OfHistory) {
      return onDatabase(project, command);
    }
    Dialect dialect = engine.dialect(project.flyway().engine());
    if (command.equals("plan")) {
      refuseWithoutPlans(dialect.engine(), "--engine " + dialect.engine().id());
    }
    Cache cache = project.cache(dialect, pending.directories());
    FlywayMigrations migrations = project.migrations(dialect, pending.directories(), cache);
    Optional<Pending> which =
        switch (choice) {
          case Choice.OfGit git -> Optional.of(project.since(git.ref(), migrations));
          case Choice.Named named -> Optional.of(named.pending());
          case Choice.OfHistory history -> Optional.empty();
          case Choice.Nothing nothing -> Optional.empty();
        };
    Statistics statistics =
        stats
            .map(file -> StatsJson.read(file.toString(), text(shell, file), dialect.engine()))
            .orElse(Statistics.NONE);
    Reader reader = new Reader(dialect, cache);
    Sluice sluice = sluice(project, reader, migrations, project.startingSchema(dialect));
    List<Release> releases =
        which.map(w -> List.of(sluice.classify(w))).orElseGet(sluice::classifyEach);
    cache.save();
    if (choice instanceof Choice.Named && releases.getFirst().migrations().isEmpty()) {
      throw pending.nothingThere(migrations);
    }
    return new Found(
        project, sluice, migrations, releases, statistics, List.of(), List.of(), Optional.empty());
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

  private static void refuseWithoutPlans(Engine engine, String option) {
    if (engine != Engine.POSTGRESQL) {
      throw new Problem(
          Reason.USE,
          "plan: "
              + engine.title()
              + " is read and classified by this version of Sluice, and not planned for\n  fix:"
              + " sluice classify "
              + option);
    }
  }

  private Found onDatabase(Project project, String command) {
    if (command.equals("plan")) {
      project.engine().ifPresent(e -> refuseWithoutPlans(e, "--url JDBC-URL"));
    }
    try (Database database = project.anyDatabase();
        Session session = database.session()) {
      ServerDialect spoken = ServerDialect.of(database, session);
      Dialect dialect = spoken.dialect();
      Cache cache = project.cache(dialect, pending.directories());
      FlywayMigrations migrations = project.migrations(dialect, pending.directories(), cache);
      FlywayHistory history =
          new FlywayHistory(project.flyway(), migrations, database.dataSource());
      List<String> scripts = history.pending();
      boolean open = project.isReleaseOpen(database, session);
      Schema start = project.startingSchema(dialect, session);
      Sluice sluice = sluice(project, new Reader(dialect, cache), migrations, start);
      Set<Name> schemas = new HashSet<>(start.searchPath());
      schemas.addAll(project.managedSchemas());
      OnDatabase judged =
          sluice.classify(
              new Pending.Scripts(new HashSet<>(scripts)),
              named -> {
                schemas.addAll(named);
                return CatalogReader.read(session, spoken.ofCatalog(), start, schemas);
              });
      cache.save();
      Set<QualifiedName> madeAgain = madeAgain(judged.release());
      // What the release that is on its way still owes is no drift.
      Optional<Drift> drift =
          open
              ? Optional.empty()
              : Optional.of(
                  Drift.between(
                      judged.replayed(),
                      judged.found(),
                      dialect,
                      n -> project.isOfMigrations(n) && !madeAgain.contains(n)));
      return new Found(
          project,
          sluice,
          migrations,
          List.of(judged.release()),
          TableSizes.read(session, schemas),
          open ? List.of() : history.objections(),
          spoken.warnings(),
          drift);
    }
  }

  /** A repeatable that is pending again has made them already, as it was then. */
  private static Set<QualifiedName> madeAgain(Release release) {
    return release.subjects().stream()
        .filter(s -> s.migration().type() == Migration.Type.REPEATABLE)
        .flatMap(
            s ->
                switch (s.change()) {
                  case Change.CreateView view -> Stream.of(s.before().place(view.view().name()));
                  case Change.CreateRoutine routine ->
                      Stream.of(s.before().place(routine.routine().name()));
                  default -> Stream.<QualifiedName>empty();
                })
        .collect(Collectors.toSet());
  }

  private Sluice sluice(Project project, Reader reader, FlywayMigrations migrations, Schema start) {
    project.checkDirectives(migrations);
    ReleaseSettings decided =
        new ReleaseSettings(
            dataChanges
                .map(PendingRelease::parse)
                .orElseGet(() -> project.settings().of(Sections.PLAN).dataChanges()));
    return new Sluice(reader, migrations, start, decided, project::directives);
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
