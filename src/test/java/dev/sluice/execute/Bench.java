package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.Stop;
import dev.sluice.dialect.Engine;
import dev.sluice.execute.Progress.Event;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.Ledger;
import dev.sluice.migration.Migrations;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.testing.ServerDatabase;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * A fresh database and everything that runs a plan on it, with settings that suit a test's time.
 */
final class Bench implements AutoCloseable {

  /** A thread for each task: on few cores the common pool has one for all. */
  static final Executor ASIDE = task -> Thread.ofPlatform().daemon().start(task);

  final ServerDatabase server;
  final Database database;

  /** Another shell: the runner's own connections are its own. */
  final Database elsewhere;

  final Journal journal;
  final List<Event> events = new CopyOnWriteArrayList<>();
  final MemoryHistory history = new MemoryHistory();
  Progress also = Progress.SILENT;
  Rollout rollout = Rollout.declared(Optional.of("the test"));
  Confirmation confirmation = Confirmation.PROCEED;
  Optional<Migrations> migrations = Optional.empty();
  Map<String, String> placeholders = Map.of();
  LockSettings lock = LockSettings.DEFAULTS;
  BackfillSettings backfill = BackfillSettings.DEFAULTS;
  ThrottleSettings throttle = ThrottleSettings.DEFAULTS;
  Stop stop = new Stop();

  Bench() {
    this(Engine.POSTGRESQL);
  }

  Bench(Engine engine) {
    this.server = ServerDatabase.fresh(engine);
    this.database = Database.open(Address.of(server.url()));
    this.elsewhere = Database.open(Address.of(server.url()));
    this.journal = new Journal(database.server(), Journal.SCHEMA);
  }

  /** A plan for the server that it runs on. */
  Plan plan(Steps... steps) {
    return Steps.plan(database.server().engine(), database.version(), steps);
  }

  Environment environment() {
    return new Environment(
        database,
        journal,
        new Ports(
            history,
            migrations,
            rollout,
            confirmation,
            event -> {
              events.add(event);
              also.report(event);
            }),
        new ExecuteSettings(lock, backfill, throttle),
        placeholders,
        "ann@test",
        stop);
  }

  Report run(Plan plan, Phase... phases) {
    return new dev.sluice.execute.Executor(environment()).run(plan, phases(phases));
  }

  private static EnumSet<Phase> phases(Phase... phases) {
    return phases.length == 0 ? EnumSet.allOf(Phase.class) : EnumSet.copyOf(Arrays.asList(phases));
  }

  CompletableFuture<Report> runAside(Plan plan) {
    return CompletableFuture.supplyAsync(() -> run(plan), ASIDE);
  }

  /** Runs all and expects that nothing stands in the way. */
  Report finished(Plan plan) {
    Report report = run(plan);
    assertThat(report.problem()).isEmpty();
    assertThat(report.ending()).isEqualTo(Report.Ending.FINISHED);
    return report;
  }

  Optional<String> ask(String sql) {
    try (Session session = elsewhere.session()) {
      return session.ask(sql);
    }
  }

  void execute(String... sql) throws SQLException {
    server.execute(sql);
  }

  Ledger ledger() {
    try (Session session = elsewhere.session()) {
      JournaledRelease release = journal.latest(session).orElseThrow();
      return journal.ledger(session, release.id());
    }
  }

  JournaledRelease release() {
    try (Session session = elsewhere.session()) {
      return journal.latest(session).orElseThrow();
    }
  }

  <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static StepReport of(Report report, Step step) {
    return report.steps().stream().filter(s -> s.id().equals(step.id())).findFirst().orElseThrow();
  }

  /** A connection with an open transaction in which {@code sql} ran. */
  Connection holding(String sql) throws SQLException {
    Connection connection = server.connect();
    connection.setAutoCommit(false);
    connection.createStatement().execute(sql);
    return connection;
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      sleep(5);
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    database.close();
    elsewhere.close();
  }
}
