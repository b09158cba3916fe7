package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reading;
import dev.sluice.migration.Directive;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Pending;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a release of migrations: replays what is applied, for the schema, and judges what is
 * pending. A statement of the past that cannot be read leaves its mark on the schema and stops
 * nothing.
 */
public final class ReleaseReader {

  private final Dialect dialect;
  private final Schema start;
  private final ReleaseSettings settings;
  private final Function<Migration, Directives> directives;

  /**
   * @param start the schema before the first migration; its search path is the one that Flyway sets
   * @param directives what is said of a migration's statements
   */
  public ReleaseReader(
      Dialect dialect,
      Schema start,
      ReleaseSettings settings,
      Function<Migration, Directives> directives) {
    this.dialect = dialect;
    this.start = start;
    this.settings = settings;
    this.directives = directives;
  }

  /** On a new database, with nothing decided but what the migrations themselves say. */
  public ReleaseReader(Dialect dialect) {
    this(dialect, dialect.emptySchema(), ReleaseSettings.DEFAULTS, Directives::of);
  }

  /**
   * The pending migrations as one release.
   *
   * @throws dev.sluice.sql.Problem where a directive cannot be read
   */
  public Release read(Migrations migrations, Pending pending) {
    Running running = Running.of(migrations.all(), pending);
    IdentityHashMap<Statement, Reading> readings = readings(running.all());
    Schema before = replayed(running, readings);
    return release(
        running.pending(), before, running.onEmptyDatabase(), running.onEmptyDatabase(), readings);
  }

  /**
   * The pending migrations as one release on what a database has.
   *
   * @param catalog reads it, given the schemas that applied and pending migrations name
   * @throws dev.sluice.sql.Problem where a directive cannot be read
   */
  public OnDatabase read(
      Migrations migrations, Pending pending, Function<Set<Name>, Schema> catalog) {
    Running running = Running.of(migrations.all(), pending);
    IdentityHashMap<Statement, Reading> readings = readings(running.all());
    Schema replayed = replayed(running, readings);
    Schema in = replayed;
    for (Migration migration : running.pending()) {
      in = replayed(in, migration, readings);
    }
    Schema found = catalog.apply(in.schemas());
    return new OnDatabase(
        release(running.pending(), found, running.onEmptyDatabase(), true, readings),
        replayed,
        found);
  }

  private Schema replayed(Running running, IdentityHashMap<Statement, Reading> readings) {
    Schema before = start;
    for (Migration migration : running.applied()) {
      before = replayed(before, migration, readings);
    }
    return before.atNextSession();
  }

  /** Every migration as a release of its own, on the schema of all before it. */
  public List<Release> each(Migrations migrations) {
    List<Migration> all = Running.each(migrations.all());
    IdentityHashMap<Statement, Reading> readings = readings(all);
    List<Release> releases = new ArrayList<>();
    Schema before = start;
    for (Migration migration : all) {
      Release release =
          release(List.of(migration), before.atNextSession(), releases.isEmpty(), true, readings);
      releases.add(release);
      before = release.after();
    }
    return releases;
  }

  // Reading takes by far the longest, and no statement needs another to be read.
  private IdentityHashMap<Statement, Reading> readings(List<Migration> migrations) {
    List<Statement> statements = migrations.stream().flatMap(m -> m.statements().stream()).toList();
    List<Reading> read = statements.parallelStream().map(dialect::read).toList();
    IdentityHashMap<Statement, Reading> readings = new IdentityHashMap<>();
    for (int i = 0; i < statements.size(); i++) {
      readings.put(statements.get(i), read.get(i));
    }
    return readings;
  }

  private static Reading reading(
      Statement statement, IdentityHashMap<Statement, Reading> readings) {
    Reading reading = readings.get(statement);
    if (reading == null) {
      throw new IllegalStateException(statement.place() + " was not read");
    }
    return reading;
  }

  private static Schema replayed(
      Schema before, Migration migration, IdentityHashMap<Statement, Reading> readings) {
    Schema schema = migration.readable() ? before.atNextMigration() : before.incomplete();
    for (Statement statement : migration.statements()) {
      for (Change change : reading(statement, readings).changes()) {
        schema = schema.after(change);
      }
    }
    return schema;
  }

  /**
   * @param known whether what repeatable migrations made in earlier runs is in the schema: no file
   *     shows what they were then
   */
  private Release release(
      List<Migration> migrations,
      Schema before,
      boolean onEmptyDatabase,
      boolean known,
      IdentityHashMap<Statement, Reading> readings) {
    List<Placed> placed = new ArrayList<>();
    EffectsOf effects = new EffectsOf(new Calls(dialect));
    IdentityHashMap<Migration, Directives> said = new IdentityHashMap<>();
    Schema schema = before;
    for (Migration migration : migrations) {
      said.put(migration, directives.apply(migration));
      boolean again = migration.type() == Migration.Type.REPEATABLE && !known;
      schema = migration.readable() ? schema.atNextMigration() : schema.incomplete();
      schema = again ? schema.incomplete() : schema;
      for (Statement statement : migration.statements()) {
        Reading reading = reading(statement, readings);
        for (int clause = 0; clause < reading.changes().size(); clause++) {
          Change change = reading.changes().get(clause);
          Schema after = schema.after(change);
          placed.add(
              new Placed(
                  migration,
                  statement,
                  clause,
                  change,
                  reading.parsedBy(),
                  reading.stated(),
                  schema,
                  after,
                  effects.change(change, schema, after)));
          schema = after;
        }
      }
    }
    return new Release(
        migrations, judged(placed, said, onEmptyDatabase), before, schema.atNextSession());
  }

  private List<Subject> judged(
      List<Placed> placed, IdentityHashMap<Migration, Directives> said, boolean onEmptyDatabase) {
    Classifier classifier = new Classifier(placed, dialect, settings, p -> directives(p, said));
    Made made = onEmptyDatabase ? Made.everything() : Made.nothing();
    List<Subject> subjects = new ArrayList<>();
    List<Impact> costs = List.of();
    for (int i = 0; i < placed.size(); i++) {
      Placed at = placed.get(i);
      Verdict verdict = classifier.judge(i, made);
      if (at.clause() == 0) {
        costs = costs(placed, i);
      }
      Impact impact = Impacts.without(costs.get(at.clause()), at.change(), at.before(), made);
      made.take(at.change(), at.effects());
      subjects.add(
          new Subject(
              at.migration(),
              at.statement(),
              at.clause(),
              at.change(),
              at.parsedBy(),
              at.stated(),
              at.before(),
              impact,
              verdict.kind(),
              verdict.phase(),
              verdict.breaksOld(),
              verdict.neededByNew(),
              verdict.reasons(),
              at.effects()));
    }
    return subjects;
  }

  private static List<Directive> directives(
      Placed at, IdentityHashMap<Migration, Directives> said) {
    Directives of = said.get(at.migration());
    return of == null ? List.of() : of.of(at.statement());
  }

  /** Of each change of the statement whose first one is given. */
  private List<Impact> costs(List<Placed> placed, int first) {
    int end = first + 1;
    while (end < placed.size() && placed.get(end).clause() > 0) {
      end++;
    }
    List<Change> changes = placed.subList(first, end).stream().map(Placed::change).toList();
    return dialect.impacts(changes, placed.get(first).before());
  }
}
