package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.migration.Directive;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Pending;
import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a release of migrations: replays what is applied, for the schema, and judges what is
 * pending. A statement of the past that cannot be read leaves its mark on the schema and stops
 * nothing.
 */
public final class ReleaseReader {

  private static final Pattern IF_EXISTS = Pattern.compile("(?i)\\bIF\\s+EXISTS\\b");

  private static final Set<Item.Kind> OF_TABLES =
      Set.of(Item.Kind.RELATION, Item.Kind.COLUMN, Item.Kind.CONSTRAINT, Item.Kind.ROWS);

  /** Changes whose effects are worked out in one go. */
  private static final int AT_ONCE = 200;

  private final Reader reader;
  private final Dialect dialect;
  private final CalledCode code;
  private final Schema start;
  private final ReleaseSettings settings;
  private final Function<Migration, Directives> directives;

  /**
   * @param start the schema before the first migration; its search path is the one that Flyway sets
   * @param directives what is said of a migration's statements
   */
  public ReleaseReader(
      Reader reader,
      Schema start,
      ReleaseSettings settings,
      Function<Migration, Directives> directives) {
    this.reader = reader;
    this.dialect = reader.dialect();
    this.start = start;
    this.settings = settings;
    this.directives = directives;
    this.code = new CalledCode(dialect);
  }

  /** On a new database, with nothing decided but what the migrations themselves say. */
  public ReleaseReader(Dialect dialect) {
    this(Reader.of(dialect), dialect.emptySchema(), ReleaseSettings.DEFAULTS, Directives::of);
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
    boolean empty = running.onEmptyDatabase();
    return release(running.pending(), before, empty, running.known(), empty, readings);
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
        release(running.pending(), found, running.onEmptyDatabase(), true, true, readings),
        replayed,
        found);
  }

  private Schema replayed(Running running, IdentityHashMap<Statement, Reading> readings) {
    Schema before = running.whole() ? start : start.incomplete();
    for (Migration migration : running.applied()) {
      before = replayed(before, migration, readings);
    }
    return before.atNextSession();
  }

  /** Every migration as a release of its own, on the schema of all before it. */
  public List<Release> each(Migrations migrations) {
    List<Migration> all = Running.each(migrations.all());
    IdentityHashMap<Statement, Reading> readings = readings(all);
    List<Replay> replays = new ArrayList<>();
    replayRest(replays, all, false, readings);
    int taken = taken(replays);
    if (taken < replays.size()) {
      replays.subList(taken, replays.size()).clear();
      replayRest(replays, all, true, readings);
    }
    return replays.parallelStream().map(this::release).toList();
  }

  /**
   * All migrations that have no replay yet, one by one; where it is not wary, none behind one that
   * is known by then to hold a refused statement.
   */
  private void replayRest(
      List<Replay> replays,
      List<Migration> all,
      boolean wary,
      IdentityHashMap<Statement, Reading> readings) {
    Schema before = replays.isEmpty() ? start : replays.getLast().after();
    int looked = replays.size();
    for (Migration migration : all.subList(replays.size(), all.size())) {
      for (; !wary && looked < replays.size() && replays.get(looked).isPlaced(); looked++) {
        if (refused(joined(replays.get(looked).placed())).isPresent()) {
          return;
        }
      }
      Replay replay =
          replay(
              List.of(migration),
              before.atNextSession(),
              replays.isEmpty(),
              new Manner(true, false, wary),
              readings);
      replays.add(replay.guess());
      before = replay.after();
    }
  }

  /** How many replays there are before the first of which a statement is refused. */
  private static int taken(List<Replay> replays) {
    replays.reversed().forEach(r -> joined(r.placed()));
    int taken = 0;
    while (taken < replays.size() && refused(joined(replays.get(taken).placed())).isEmpty()) {
      taken++;
    }
    return taken;
  }

  // Reading takes by far the longest, and no statement needs another to be read.
  private IdentityHashMap<Statement, Reading> readings(List<Migration> migrations) {
    List<Statement> statements = migrations.stream().flatMap(m -> m.statements().stream()).toList();
    List<Reading> read = statements.parallelStream().map(reader::read).toList();
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

  private Schema replayed(
      Schema before, Migration migration, IdentityHashMap<Statement, Reading> readings) {
    Schema schema = migration.readable() ? before.atNextMigration() : before.incomplete();
    for (Statement statement : migration.statements()) {
      Reading reading = reading(statement, readings);
      for (Change change : reading.changes()) {
        schema = reading.after(code.of(change, schema), schema);
      }
    }
    return schema;
  }

  /**
   * One change between the schemas that the replay found around it.
   *
   * @param refusal of its statement, where the replay was wary
   */
  private record Step(
      Migration migration,
      Statement statement,
      int clause,
      Change change,
      Reading reading,
      Optional<Refusal> refusal,
      Schema before,
      Schema after) {}

  /**
   * A release before it is judged; cut off where a statement is refused.
   *
   * @param placed its changes with their effects, which are worked out while the replay goes on
   */
  private record Replay(
      List<Migration> migrations,
      List<ForkJoinTask<List<Placed>>> placed,
      IdentityHashMap<Migration, Directives> said,
      boolean onEmptyDatabase,
      boolean guessed,
      Schema before,
      Schema after) {

    boolean isPlaced() {
      return placed.stream().allMatch(ForkJoinTask::isDone);
    }

    Replay guess() {
      return new Replay(migrations, placed, said, onEmptyDatabase, true, before, after);
    }
  }

  private Release release(
      List<Migration> migrations,
      Schema before,
      boolean onEmptyDatabase,
      boolean known,
      boolean whole,
      IdentityHashMap<Statement, Reading> readings) {
    Replay replay =
        replay(migrations, before, onEmptyDatabase, new Manner(known, whole, false), readings);
    List<Placed> placed = joined(replay.placed());
    return release(
        refused(placed)
            .map(first -> again(replay, placed, first, new Manner(known, whole, true), readings))
            .orElse(replay));
  }

  /**
   * The first statement of which the replay is not to be gone on with: its server refuses it, and
   * what follows finds the schema as if it were not there.
   */
  private static Optional<Placed> refused(List<Placed> placed) {
    return placed.stream()
        .filter(p -> p.refusal().isPresent() && !p.after().equals(p.before()))
        .findFirst();
  }

  /** The same from the migration on that holds the first refused statement. */
  private Replay again(
      Replay replay,
      List<Placed> placed,
      Placed refused,
      Manner wary,
      IdentityHashMap<Statement, Reading> readings) {
    int from = replay.migrations().indexOf(refused.migration());
    List<Placed> kept =
        placed.stream().takeWhile(p -> !p.migration().equals(refused.migration())).toList();
    Replay rest =
        replay(
            replay.migrations().subList(from, replay.migrations().size()),
            placed.get(kept.size()).before(),
            replay.onEmptyDatabase(),
            wary,
            readings);
    List<ForkJoinTask<List<Placed>>> all = new ArrayList<>();
    all.add(ForkJoinTask.adapt(() -> kept).fork());
    all.addAll(rest.placed());
    replay.said().putAll(rest.said());
    return new Replay(
        replay.migrations(),
        all,
        replay.said(),
        replay.onEmptyDatabase(),
        replay.guessed(),
        replay.before(),
        rest.after());
  }

  /**
   * How migrations are replayed.
   *
   * @param known whether what repeatable migrations made in earlier runs is in the schema: no file
   *     shows what they were then
   * @param whole whether all tables that are there are in the schema
   * @param wary whether each statement is held against its server first. That takes time, and
   *     hardly any is refused: the first replay takes all
   */
  private record Manner(boolean known, boolean whole, boolean wary) {}

  private Replay replay(
      List<Migration> migrations,
      Schema before,
      boolean onEmptyDatabase,
      Manner manner,
      IdentityHashMap<Statement, Reading> readings) {
    List<ForkJoinTask<List<Placed>>> placed = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    IdentityHashMap<Migration, Directives> said = new IdentityHashMap<>();
    Schema schema = before;
    int looked = 0;
    for (Migration migration : migrations) {
      // What is behind a refused statement would be replayed for nothing.
      for (; !manner.wary() && looked < placed.size() && placed.get(looked).isDone(); looked++) {
        if (refused(placed.get(looked).join()).isPresent()) {
          return new Replay(migrations, placed, said, onEmptyDatabase, false, before, schema);
        }
      }
      said.put(migration, directives.apply(migration));
      boolean again = migration.type() == Migration.Type.REPEATABLE && !manner.known();
      schema = migration.readable() ? schema.atNextMigration() : schema.incomplete();
      schema = again ? schema.incomplete() : schema;
      for (Statement statement : migration.statements()) {
        Reading reading = reading(statement, readings);
        Schema untouched = schema;
        Optional<Refusal> refusal =
            manner.wary() ? refusal(statement, reading, schema, manner.whole()) : Optional.empty();
        for (int clause = 0; clause < reading.changes().size(); clause++) {
          Change change = code.of(reading.changes().get(clause), schema);
          Schema after = reading.after(change, schema);
          steps.add(
              new Step(migration, statement, clause, change, reading, refusal, schema, after));
          schema = after;
        }
        schema = refusal.isPresent() ? untouched : schema;
        schema = statement.transactional() ? schema : schema.committed();
      }
      if (steps.size() >= AT_ONCE) {
        placed.add(placed(steps, manner));
        steps = new ArrayList<>();
      }
    }
    placed.add(placed(steps, manner));
    return new Replay(
        migrations, placed, said, onEmptyDatabase, false, before, schema.atNextSession());
  }

  // Forked, not submitted: a thread outside of the pool helps with nothing that was submitted.
  private ForkJoinTask<List<Placed>> placed(List<Step> steps, Manner manner) {
    return ForkJoinTask.adapt(() -> placedNow(steps, manner)).fork();
  }

  // A server takes or refuses all clauses of a statement together.
  private List<Placed> placedNow(List<Step> steps, Manner manner) {
    EffectsOf effects = new EffectsOf(new Calls(dialect));
    List<Placed> placed = new ArrayList<>(steps.size());
    Optional<Refusal> refusal = Optional.empty();
    for (Step step : steps) {
      if (step.clause() == 0) {
        refusal =
            manner.wary()
                ? step.refusal()
                : refusal(step.statement(), step.reading(), step.before(), manner.whole());
      }
      placed.add(placed(step, effects, refusal));
    }
    return placed;
  }

  private Optional<Refusal> refusal(
      Statement statement, Reading reading, Schema before, boolean whole) {
    return dialect.refusal(statement, reading, before, whole && before.complete());
  }

  // The pool begins with the first and this thread with the last: they meet in the middle.
  private static List<Placed> joined(List<ForkJoinTask<List<Placed>>> tasks) {
    tasks.reversed().forEach(ForkJoinTask::join);
    return tasks.stream().flatMap(task -> task.join().stream()).toList();
  }

  // Between its two schemas, each change is judged by itself: several at once.
  private Release release(Replay replay) {
    List<Placed> placed = joined(replay.placed());
    ForkJoinTask<Classifier> classifying =
        ForkJoinTask.adapt(
                () -> new Classifier(placed, dialect, settings, p -> directives(p, replay.said())))
            .fork();
    // Who says that everything is pending says so; that the first file of a folder is, is a guess.
    boolean empty =
        replay.onEmptyDatabase()
            && !(replay.guessed() && placed.stream().anyMatch(ReleaseReader::meetsWhatNoFileMade));
    List<Made> made = made(placed, empty);
    List<Impact> costs =
        IntStream.range(0, placed.size())
            .parallel()
            .filter(i -> placed.get(i).clause() == 0)
            .mapToObj(i -> costs(placed, i))
            .flatMap(List::stream)
            .toList();
    List<Impact> impacts =
        IntStream.range(0, placed.size())
            .parallel()
            .mapToObj(
                i -> {
                  Placed at = placed.get(i);
                  return Impacts.without(costs.get(i), at.change(), at.before(), made.get(i));
                })
            .toList();
    HeldLocks held = new HeldLocks(placed, impacts, dialect.engine());
    Classifier classifier = classifying.join();
    List<Subject> subjects =
        IntStream.range(0, placed.size())
            .parallel()
            .mapToObj(
                i -> {
                  Placed at = placed.get(i);
                  Impact impact = held.impact(i);
                  Verdict verdict =
                      classifier
                          .judge(i, made.get(i))
                          .also(held.remark(i).stream().toList())
                          .also(CopiedColumn.remark(at, impact, dialect).stream().toList())
                          .also(transactions(at, impact));
                  return subject(at, verdict, impact);
                })
            .toList();
    return new Release(replay.migrations(), subjects, replay.before(), replay.after(), settings);
  }

  private static Placed placed(Step step, EffectsOf effects, Optional<Refusal> refusal) {
    return new Placed(
        step.migration(),
        step.statement(),
        step.clause(),
        step.change(),
        step.reading().parsedBy(),
        step.reading().stated(),
        refusal,
        step.before(),
        step.after(),
        effects.change(step.change(), step.before(), step.after()));
  }

  /** The files begin on a database that has something already: it was baselined. */
  private static boolean meetsWhatNoFileMade(Placed at) {
    return at.before().complete()
        && !IF_EXISTS.matcher(at.statement().sql()).find()
        && Stream.concat(at.effects().changes().stream(), at.effects().drops().stream())
            .filter(i -> OF_TABLES.contains(i.kind()))
            .anyMatch(i -> !at.before().knows(i.owner()) && !at.after().knows(i.owner()));
  }

  /** What the release has made before each of its changes. */
  private static List<Made> made(List<Placed> placed, boolean onEmptyDatabase) {
    List<Made> before = new ArrayList<>(placed.size());
    Made made = onEmptyDatabase ? Made.everything() : Made.nothing();
    for (Placed at : placed) {
      before.add(made.copy());
      if (at.refusal().isEmpty()) {
        made.take(at.change(), at.effects(), at.before());
      }
    }
    return before;
  }

  private List<String> transactions(Placed at, Impact impact) {
    return Transactions.remarks(at.migration(), at.statement(), impact, dialect.engine());
  }

  private static Subject subject(Placed at, Verdict verdict, Impact impact) {
    return new Subject(
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
        at.effects(),
        at.refusal());
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
    return dialect.impacts(changes, placed.get(first).stated(), placed.get(first).before());
  }
}
