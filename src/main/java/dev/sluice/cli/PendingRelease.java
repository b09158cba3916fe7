package dev.sluice.cli;

import dev.sluice.Sluice;
import dev.sluice.cache.Cache;
import dev.sluice.cli.PendingOptions.Choice;
import dev.sluice.database.CatalogReader;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.TableSizes;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.drift.Drift;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.journal.Measured;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Standing;
import dev.sluice.plan.Debt;
import dev.sluice.plan.KnownRates;
import dev.sluice.release.OnDatabase;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.report.StatsJson;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Source;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** What a command that looks at migrations works on. */
final class PendingRelease {

  /** What is said of more is not kept. */
  private static final int MOST_STATEMENTS = 20_000;

  @Mixin private final PendingOptions pending = new PendingOptions();
  @Mixin private final EngineOption engine = new EngineOption();

  @Mixin private final DataChangesOption dataChanges = new DataChangesOption();
  @Mixin private final StatsOption stats = new StatsOption();

  /**
   * What was read.
   *
   * @param statistics empty where neither a database nor a file was asked
   * @param rates of the server that was asked, or that the file was made on
   * @param remarks what is amiss with the files besides what they do, and with what ran of them
   * @param warnings what the server's settings change that is not read so; mostly empty
   * @param drift empty where no database was asked, or a release is on its way through it
   * @param debt what that release owes, and a plan begins with; mostly empty
   */
  record Found(
      Project project,
      Sluice sluice,
      FlywayMigrations migrations,
      List<Release> releases,
      Statistics statistics,
      KnownRates rates,
      List<Remark> remarks,
      List<String> warnings,
      Optional<Drift> drift,
      Optional<Debt> debt) {}

  /**
   * Reads them.
   *
   * @param command for messages
   * @param each every migration as a release of its own
   */
  Found read(SluiceCommand options, Shell shell, String command, boolean each) {
    Choice choice = chosen(command, each);
    Project project = Project.open(options, shell, pending.url());
    if (choice instanceof Choice.OfHistory) {
      return onDatabase(project);
    }
    Offline offline = offline(project);
    warnings(offline, choice).forEach(shell.err()::println);
    Found found = read(offline, shell, choice);
    offline.cache().save();
    return found;
  }

  /**
   * What is said of what was read. Where nobody connects it is what an earlier run said of the same
   * files with the same settings.
   *
   * @param how what it hangs on besides them
   */
  Said said(
      SluiceCommand options,
      Shell shell,
      String command,
      boolean each,
      List<String> how,
      Function<Found, Said> say) {
    Choice choice = chosen(command, each);
    if (choice instanceof Choice.OfHistory || choice instanceof Choice.OfGit) {
      return say.apply(read(options, shell, command, each));
    }
    Project project = Project.open(options, shell, pending.url());
    Offline offline = offline(project);
    warnings(offline, choice).forEach(shell.err()::println);
    Supplier<Said> work = () -> say.apply(read(offline, shell, choice));
    Optional<List<String>> inputs = inputs(offline, choice, how);
    Said said =
        inputs
            .map(key -> offline.cache().get(Said.class, work, key.toArray(String[]::new)))
            .orElseGet(work);
    offline.cache().save();
    return said;
  }

  /**
   * A report.
   *
   * @param text in pieces, for it is the longest text there is
   * @param failures why the command does not end with 0
   */
  record Said(List<String> text, List<String> failures) {}

  /** What is read where nobody connects. */
  private record Offline(
      Project project, Dialect dialect, Cache cache, FlywayMigrations migrations) {}

  private Choice chosen(String command, boolean each) {
    Choice choice = pending.choice();
    if (each != (choice instanceof Choice.Nothing)) {
      throw each ? PendingOptions.eachAndMore() : PendingOptions.nothingChosen(command);
    }
    if (choice instanceof Choice.OfHistory) {
      stats.refuse();
    }
    return choice;
  }

  private Offline offline(Project project) {
    Dialect dialect = engine.dialect(project.flyway().engine());
    // A grammar takes its time to load, which is there while files are looked for.
    ForkJoinTask.adapt(() -> dialect.read(Statement.of("SELECT 1"))).fork();
    Cache cache = project.cache(dialect, pending.directories());
    return new Offline(
        project, dialect, cache, project.migrations(dialect, pending.directories(), cache));
  }

  /** What may be other than the user thinks; said in every run. */
  private List<String> warnings(Offline offline, Choice choice) {
    return Stream.of(
            EngineOption.warning(offline.dialect()),
            pending.nothingVersioned(choice, offline.migrations()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Found read(Offline offline, Shell shell, Choice choice) {
    Project project = offline.project();
    Dialect dialect = offline.dialect();
    FlywayMigrations migrations = offline.migrations();
    Optional<SinceCommit.Found> since =
        choice instanceof Choice.OfGit git
            ? Optional.of(SinceCommit.read(project, git.ref(), migrations, dialect.engine().id()))
            : Optional.empty();
    Optional<Pending> which =
        switch (choice) {
          case Choice.OfGit git -> since.map(SinceCommit.Found::pending);
          case Choice.Named named -> Optional.of(named.pending());
          case Choice.OfHistory history -> Optional.empty();
          case Choice.Nothing nothing -> Optional.empty();
        };
    StatsJson.Stats known = stats.read(shell, dialect.engine());
    Reader reader = new Reader(dialect, offline.cache());
    Sluice sluice = sluice(project, reader, migrations, project.startingSchema(dialect));
    List<Release> releases =
        which.map(w -> List.of(sluice.classify(w))).orElseGet(sluice::classifyEach);
    if (releases.isEmpty()
        || (choice instanceof Choice.Named && releases.getFirst().migrations().isEmpty())) {
      throw pending.nothingThere(migrations);
    }
    return new Found(
        project,
        sluice,
        migrations,
        releases,
        known.statistics(),
        known.rates(),
        remarks(migrations, since.map(SinceCommit.Found::remarks).orElse(List.of())),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** All that is said hangs on; empty where that is too much to keep, or not to be kept. */
  private Optional<List<String>> inputs(Offline offline, Choice choice, List<String> how) {
    List<Migration> migrations = offline.migrations().all();
    List<Statement> statements = migrations.stream().flatMap(m -> m.statements().stream()).toList();
    if (stats.given()
        || statements.size() > MOST_STATEMENTS
        // A placeholder's value may be a secret.
        || !statements.stream().allMatch(Statement::asWritten)) {
      return Optional.empty();
    }
    List<String> inputs = new ArrayList<>(how);
    inputs.add(choice.toString());
    inputs.add(offline.dialect().engine().id());
    inputs.add(offline.dialect().version().toString());
    inputs.add(offline.project().startingSchema(offline.dialect()).searchPath().toString());
    inputs.add(settings(offline.project()).toString());
    inputs.add(offline.project().settings().directives().toString());
    inputs.add(offline.migrations().bystanders().toString());
    inputs.add(offline.migrations().remarks().toString());
    for (Migration migration : migrations) {
      inputs.add(migration.type() + " " + migration.label() + " " + migration.description());
      inputs.add(migration.file());
      inputs.add(migration.checksum() + " " + migration.transactional());
      inputs.add(migration.sidecar().map(Source::text).orElse(""));
      inputs.add(
          migration.statements().isEmpty()
              ? ""
              : migration.statements().getFirst().source().text());
    }
    return Optional.of(inputs);
  }

  private Found onDatabase(Project project) {
    try (Database database = project.anyDatabase();
        Session session = database.session()) {
      ServerDialect spoken = ServerDialect.of(database, session);
      Dialect dialect = spoken.dialect();
      engine.refuseOther(dialect, database.shown());
      Cache cache = project.cache(dialect, pending.directories());
      FlywayMigrations migrations = project.migrations(dialect, pending.directories(), cache);
      FlywayHistory history =
          new FlywayHistory(project.flyway(), migrations, database.dataSource());
      Standing standing = history.standing();
      Optional<OpenRelease> open = OpenRelease.in(project.journal(database), session);
      Optional<Debt> debt = open.flatMap(OpenRelease::debt);
      Schema start = project.startingSchema(dialect, session);
      Reader reader = new Reader(dialect, cache);
      Sluice sluice = sluice(project, reader, migrations, start);
      Set<Name> schemas = new HashSet<>(start.searchPath());
      schemas.addAll(project.managedSchemas());
      OnDatabase judged =
          sluice.classify(
              new Pending.Recorded(
                  debt.map(owed -> standing.afterRecording(owed.scripts())).orElse(standing)),
              named -> {
                schemas.addAll(named);
                Schema found = CatalogReader.read(session, spoken.ofCatalog(), start, schemas);
                return debt.map(owed -> owed.after(found, reader)).orElse(found);
              });
      cache.save();
      Set<QualifiedName> madeAgain = madeAgain(judged.release());
      // What the release that is on its way still owes is no drift.
      Optional<Drift> drift =
          open.isPresent()
              ? Optional.empty()
              : Optional.of(
                  Drift.between(
                      judged.replayed(),
                      judged.found(),
                      dialect,
                      n -> project.isOfMigrations(database, n) && !madeAgain.contains(n)));
      return new Found(
          project,
          sluice,
          migrations,
          List.of(judged.release()),
          TableSizes.read(session, schemas),
          Measured.in(project.journal(database), session),
          remarks(
              migrations,
              open.map(o -> List.of(o.remark(database.shown()))).orElse(standing.remarks())),
          spoken.warnings(),
          drift,
          debt);
    }
  }

  private static List<Remark> remarks(FlywayMigrations migrations, List<Remark> more) {
    return Stream.concat(migrations.remarks().stream(), more.stream()).toList();
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
    return new Sluice(reader, migrations, start, settings(project), project::directives);
  }

  private ReleaseSettings settings(Project project) {
    return dataChanges.settings(project);
  }
}
