package dev.sluice.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Failure;
import dev.sluice.journal.Entry.State;
import dev.sluice.journal.Journal.Outcome;
import dev.sluice.plan.KnownRates;
import dev.sluice.plan.Plan;
import dev.sluice.release.Phase;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.ServerDatabase;
import dev.sluice.testing.Steps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JournalIT {

  private static final Plan PLAN =
      Steps.plan(
          Steps.ddl("42.1", "CREATE TABLE a (note text DEFAULT 'it''s ${x}')"),
          Steps.ddl("42.2", "CREATE TABLE b (id int)"));
  private static final Plan OTHER = Steps.plan(Steps.ddl("43.1", "CREATE TABLE c (id int)"));

  private final Engine engine;
  private final ServerDatabase server;
  private final Database database;
  private final Session session;
  private final Journal journal;

  JournalIT(Engine engine) {
    this.engine = engine;
    this.server = ServerDatabase.fresh(engine);
    this.database = Database.open(Address.of(server.url()));
    this.session = database.session();
    this.journal = new Journal(database.server(), Journal.SCHEMA);
  }

  @BeforeEach
  void create() {
    assertThat(journal.exists(session)).isFalse();
    journal.create(session);
    journal.create(session);
    assertThat(journal.exists(session)).isTrue();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void theWholePlanComesBack() {
    long id = journal.begin(session, PLAN, "ann@build7");
    JournaledRelease open = journal.open(session).orElseThrow();
    assertThat(open.id()).isEqualTo(id);
    assertThat(open.plan()).isEqualTo(PLAN);
    assertThat(open.who()).isEqualTo("ann@build7");
    assertThat(open.phase()).isEqualTo(Phase.PRE_DEPLOY);
    assertThat(open.state()).isEqualTo(JournaledRelease.State.OPEN);
    assertThat(open.ended()).isEmpty();
    journal.enter(session, id, Phase.POST_DEPLOY);
    journal.end(session, id, JournaledRelease.State.DONE);
    assertThat(journal.open(session)).isEmpty();
    JournaledRelease latest = journal.latest(session).orElseThrow();
    assertThat(latest.phase()).isEqualTo(Phase.POST_DEPLOY);
    assertThat(latest.ended()).isPresent();
  }

  @Test
  void onlyOneReleaseIsOpen() {
    long id = journal.begin(session, PLAN, "ann");
    assertThatThrownBy(() -> journal.begin(session, OTHER, "bob"))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("one_open_release");
    journal.end(session, id, JournaledRelease.State.ABORTED);
    journal.begin(session, OTHER, "bob");
    journal.end(session, id, JournaledRelease.State.DONE);
    assertThat(journal.of(session, PLAN).orElseThrow().state())
        .as("what is over stays as it ended")
        .isEqualTo(JournaledRelease.State.ABORTED);
  }

  @Test
  void aStepIsDoneOnlyWhenItsLastLineSaysSo() {
    long id = journal.begin(session, PLAN, "ann");
    assertThat(journal.ledger(session, id).last("42.1")).isEmpty();
    long first = journal.started(session, id, "42.1", 1);
    assertThat(journal.ledger(session, id).openEnded("42.1")).isTrue();
    journal.ended(session, first, Outcome.failed(Optional.of("55P03"), "lock timeout"));
    long second = journal.started(session, id, "42.1", 2);
    journal.ended(session, second, Outcome.done(Optional.of(7L)));
    Ledger ledger = journal.ledger(session, id);
    assertThat(ledger.done("42.1")).isTrue();
    assertThat(ledger.attempts("42.1")).isEqualTo(2);
    assertThat(ledger.entries().stream().map(Entry::state))
        .containsExactly(State.STARTED, State.FAILED, State.STARTED, State.DONE);
    Entry done = ledger.last("42.1").orElseThrow();
    assertThat(done.rows()).contains(7L);
    assertThat(done.ended()).isPresent();
    journal.ended(session, second, Outcome.of(State.UNDONE, "aborted"));
    assertThat(journal.ledger(session, id).done("42.1")).isFalse();
    assertThat(journal.ledger(session, id).openEnded("42.1")).isFalse();
  }

  @Test
  void stepsOfEarlierReleasesTellHowFastTheServerIs() throws Exception {
    assertThat(Measured.in(journal, session)).isEqualTo(KnownRates.NONE);
    LockMode lock = engine == Engine.POSTGRESQL ? LockMode.SHARE : LockMode.MYSQL_SHARED;
    Plan plan =
        Steps.plan(
            engine,
            database.version(),
            Steps.ddl("42.1", "CREATE INDEX a").locking("a", lock, Work.BUILD).touching(9, 8_000),
            Steps.ddl("42.2", "CREATE INDEX b").locking("a", lock, Work.BUILD).touching(9, 8_000),
            Steps.ddl("42.3", "CREATE INDEX c").locking("a", lock, Work.BUILD).touching(9, 8_000),
            Steps.ddl("42.4", "CHECK").locking("a", lock, Work.SCAN).touching(9, 8_000),
            Steps.backfill("42.5", "a", List.of("id"), "x = 1", "x = 0").touching(20_000, 8_000));
    long id = journal.begin(session, plan, "ann");
    long slow = journal.started(session, id, "42.1", 1);
    Thread.sleep(500);
    long middle = journal.started(session, id, "42.2", 1);
    long copy = journal.started(session, id, "42.5", 1);
    Thread.sleep(200);
    long quick = journal.started(session, id, "42.3", 1);
    Thread.sleep(60);
    for (long build : new long[] {slow, middle, quick}) {
      journal.ended(session, build, Outcome.done(Optional.empty()));
    }
    journal.ended(session, copy, Outcome.done(Optional.of(20_000L)));
    long cutOff = journal.started(session, id, "42.4", 1);
    journal.ended(session, cutOff, Outcome.failed(Optional.empty(), "lock timeout"));

    KnownRates rates = Measured.in(journal, session);
    assertThat(rates.build().orElseThrow())
        .as("the middle one, of about 260 ms")
        .isBetween(8_000 * 1000L / 400, 8_000 * 1000L / 260);
    assertThat(rates.backfill().orElseThrow())
        .as("rows a second")
        .isBetween(20_000 * 1000L / 400, 20_000 * 1000L / 260);
    assertThat(rates.scan()).as("what failed tells nothing").isEmpty();
    assertThat(rates.rewrite()).isEmpty();
  }

  @Test
  void aWatermarkIsWrittenOverAndKept() {
    long id = journal.begin(session, PLAN, "ann");
    long started = journal.started(session, id, "42.1", 1);
    journal.progress(session, started, 100, "[\"7\"]");
    journal.progress(session, started, 250, "[\"9\"]");
    assertThat(journal.ledger(session, id).entries())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.rows()).contains(250L);
              assertThat(e.watermark()).contains("[\"9\"]");
            });
    journal.ended(session, started, Outcome.failed(Optional.empty(), "stopped"));
    assertThat(journal.ledger(session, id).last("42.1").orElseThrow().watermark())
        .contains("[\"9\"]");
  }

  @Test
  void aLineStandsInTheTransactionOfWhatItTellsOf() throws Exception {
    server.execute("CREATE TABLE a (id int)");
    long id = journal.begin(session, PLAN, "ann");
    long started = journal.started(session, id, "42.1", 1);
    assertThatThrownBy(
            () ->
                session.transaction(
                    () -> {
                      session.execute("INSERT INTO a VALUES (1)");
                      journal.ended(session, started, Outcome.done(Optional.empty()));
                      session.execute("SELECT id FROM absent");
                      return 1;
                    }))
        .isInstanceOf(SqlFailure.class);
    assertThat(journal.ledger(session, id).done("42.1")).isFalse();
    assertThat(session.ask("SELECT count(*) FROM a")).contains("0");
  }

  @Test
  void timesAreTheMomentsThatTheyWere() {
    Instant before = Instant.now().minusSeconds(2);
    journal.begin(session, PLAN, "ann");
    assertThat(journal.of(session, PLAN).orElseThrow().started())
        .isBetween(before, Instant.now().plusSeconds(2));
  }

  @Test
  void whatIsLongOrInAnyScriptIsKeptWhole() {
    String who = "ännchen 😀 \\' \" `".repeat(20);
    long id = journal.begin(session, PLAN, who);
    long started = journal.started(session, id, "42.1", 1);
    String message = "€ 😀 \\n '%_ ".repeat(20_000);
    journal.progress(session, started, 1, message);
    journal.ended(session, started, Outcome.failed(Optional.of("X"), message));
    assertThat(journal.open(session).orElseThrow().who()).isEqualTo(who);
    Entry failed = journal.ledger(session, id).last("42.1").orElseThrow();
    assertThat(failed.message()).contains(message);
    assertThat(failed.watermark()).contains(message);
  }

  @Test
  void itsTablesAreKnownAsItsOwn() {
    Name where = new Name(engine == Engine.POSTGRESQL ? "sluice" : server.name());
    String step = engine == Engine.POSTGRESQL ? "step" : "sluice_step";
    assertThat(journal.holds(new QualifiedName(Optional.of(where), new Name(step)))).isTrue();
    assertThat(journal.holds(QualifiedName.of(server.name(), "orders"))).isFalse();
  }

  @Test
  void whatWasThereBeforeIsNoLeftoverOfOurs() {
    Predicate<String> exists = c -> database.server().failure(c) == Failure.EXISTS;
    String code = engine == Engine.POSTGRESQL ? "42P07" : "1050";
    long id = journal.begin(session, PLAN, "ann");
    long first = journal.started(session, id, "42.1", 1);
    journal.ended(session, first, Outcome.failed(Optional.of(code), "already exists"));
    assertThat(journal.ledger(session, id).leftoverIsOurs("42.1", exists)).isFalse();
    journal.started(session, id, "42.1", 2);
    assertThat(journal.ledger(session, id).leftoverIsOurs("42.1", exists))
        .as("an attempt that was cut off may have left something")
        .isTrue();
  }

  @Test
  void aPauseNamesWhoAskedAndSinceWhen() {
    long id = journal.begin(session, PLAN, "ann");
    assertThat(journal.pausedBy(session, id)).isEmpty();
    journal.pause(session, id, "bob");
    journal.pause(session, id, "carl");
    assertThat(journal.pausedBy(session, id)).contains("bob");
    assertThat(journal.open(session).orElseThrow().pause()).isPresent();
    journal.resume(session, id);
    assertThat(journal.pausedBy(session, id)).isEmpty();
  }

  @Test
  void aLoginThatCannotMakeTheJournalIsToldWhatToRun() throws Exception {
    assumeTrue(engine == Engine.POSTGRESQL, "roles make tables on PostgreSQL only");
    String role = server.name() + "_app";
    server.execute("CREATE ROLE " + role);
    Address address =
        new Address(
            server.url(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of("SET ROLE " + role));
    try (Database other = Database.open(address);
        Session theirs = other.session()) {
      Journal elsewhere = new Journal(other.server(), new Name("Sluice Two"));
      assertThatThrownBy(() -> elsewhere.create(theirs))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("permission denied")
          .hasMessageContaining("fix: CREATE SCHEMA \"Sluice Two\" AUTHORIZATION");
      server.execute("CREATE SCHEMA \"Sluice Two\" AUTHORIZATION " + role);
      elsewhere.create(theirs);
      assertThat(elsewhere.exists(theirs)).isTrue();
    } finally {
      server.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }
  }
}
