package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dialect.Engine;
import dev.sluice.execute.Progress.Passed;
import dev.sluice.execute.Report.Ending;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Reversible;
import dev.sluice.release.Phase;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Problem;
import dev.sluice.testing.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole plans where every definition commits by itself. */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class ExecutorOnMysqlIT {

  private static final String REFERENCE = column("reference");

  private static final Steps ADD =
      Steps.alone("42.1", "ALTER TABLE orders ADD COLUMN reference varchar(50)")
          .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.INSTANT)
          .doneWhen(REFERENCE)
          .undo("ALTER TABLE orders DROP COLUMN reference");

  private static final Steps FILL =
      Steps.backfill("42.2", "`orders`", List.of("`id`"), "reference = note", "reference IS NULL");

  private static final Steps INDEX =
      Steps.alone("42.3", "CREATE INDEX orders_reference ON orders (reference) LOCK = NONE")
          .locking("orders", LockMode.MYSQL_NONE, Work.BUILD)
          .doneWhen(
              "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()"
                  + " AND index_name = 'orders_reference'")
          .undo("DROP INDEX orders_reference ON orders");

  private static final Steps RECORD =
      Steps.of(
          "42.4",
          new Action.RecordHistory(
              Optional.of("42"), "reference", "SQL", "V42__reference.sql", Optional.of(1)));

  private static final Steps DROP =
      Steps.alone("42.6", "ALTER TABLE orders DROP COLUMN note")
          .in(Phase.POST_DEPLOY)
          .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.INSTANT)
          .doneWhen("SELECT 1 - (" + column("note") + ")")
          .reversible(Reversible.NO);

  private final Bench bench;

  @TempDir private Path folder;

  ExecutorOnMysqlIT(Engine engine) {
    this.bench = new Bench(engine);
  }

  @BeforeEach
  void rows() throws Exception {
    bench.execute(
        "CREATE TABLE digits (d int)",
        "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "CREATE TABLE orders (id int PRIMARY KEY, note varchar(50))",
        "INSERT INTO orders SELECT a.d + 10 * b.d + 100 * c.d, 'note' FROM digits a, digits b,"
            + " digits c");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String column(String name) {
    return "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND"
        + " table_name = 'orders' AND column_name = '"
        + name
        + "'";
  }

  private Plan whole() {
    return bench.plan(ADD, FILL, INDEX, RECORD, Steps.deploy("42.5"), DROP);
  }

  private String shape() {
    return bench
        .ask(
            "SELECT CONCAT((SELECT GROUP_CONCAT(column_name, is_nullable ORDER BY"
                + " ordinal_position) FROM information_schema.columns WHERE table_schema ="
                + " DATABASE() AND table_name = 'orders'), (SELECT COUNT(*) FROM"
                + " information_schema.statistics WHERE table_schema = DATABASE() AND table_name ="
                + " 'orders'))")
        .orElseThrow();
  }

  private boolean is(String sql) {
    return bench.ask(sql).filter("1"::equals).isPresent();
  }

  @Test
  void phasesRunOneByOneAndThePlanForTheLaterOnesComesFromTheJournal() {
    assertThat(bench.run(whole(), Phase.PRE_DEPLOY).problem()).isEmpty();
    assertThat(bench.history.created).as("Flyway's history comes before the journal").isTrue();
    assertThat(bench.history.rows).hasSize(1);
    assertThat(is("SELECT COUNT(*) = 1000 FROM orders WHERE reference = 'note'")).isTrue();
    assertThat(is(column("note"))).isTrue();
    Executor later = new Executor(bench.environment());
    assertThat(later.run(java.util.Set.of(Phase.ROLLING)).ok()).isTrue();
    assertThat(later.run(java.util.Set.of(Phase.POST_DEPLOY)).ok()).isTrue();
    assertThat(is(column("note"))).isFalse();
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.DONE);
    assertThat(bench.run(whole()).ending()).isEqualTo(Ending.NOTHING_TO_DO);
  }

  @Test
  void anAbortTakesEverythingBackAndTheFilesArePendingAgain() {
    String before = shape();
    bench.run(whole(), Phase.PRE_DEPLOY);
    assertThat(shape()).isNotEqualTo(before);
    Abort.Aborted aborted = new Abort(bench.environment()).run(false);
    assertThat(aborted.undone()).containsExactly("42.4", "42.3", "42.2", "42.1");
    assertThat(aborted.stays()).isEmpty();
    assertThat(shape()).isEqualTo(before);
    assertThat(bench.history.rows).isEmpty();
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.ABORTED);
    assertThat(bench.run(whole(), Phase.PRE_DEPLOY).ok()).as("and it is begun again").isTrue();
  }

  @Test
  void whatOthersBuiltOnItIsNamedBeforeAnythingIsTakenBack() throws Exception {
    Plan plan =
        bench.plan(
            ADD,
            Steps.alone("42.2", "CREATE TABLE parcels (id int PRIMARY KEY)")
                .undo("DROP TABLE parcels"),
            Steps.deploy("42.3"));
    bench.run(plan, Phase.PRE_DEPLOY);
    bench.execute(
        "CREATE VIEW seen AS SELECT reference FROM orders",
        "CREATE TABLE bills (parcel int, CONSTRAINT own FOREIGN KEY (parcel) REFERENCES parcels (id))");
    String applied = shape();
    assertThatThrownBy(() -> new Abort(bench.environment()).run(false))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be taken back as it stands; nothing was changed")
        .hasMessageContaining("view seen depends on what step 42.1 (step 42.1) made")
        .hasMessageContaining("foreign key own of table bills depends on what step 42.2");
    assertThat(shape()).isEqualTo(applied);
    bench.execute("DROP VIEW seen", "DROP TABLE bills");
    assertThat(new Abort(bench.environment()).run(false).stays()).isEmpty();
  }

  @Test
  void aVerificationThatFailsShowsRows() throws Exception {
    bench.execute("UPDATE orders SET note = NULL WHERE id = 7");
    String none =
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM orders WHERE note IS NULL) THEN 0 ELSE 1 END";
    Plan plan =
        bench.plan(
            Steps.verify(
                "42.1",
                none,
                Optional.of("SELECT id, note FROM orders WHERE note IS NULL"),
                Duration.ZERO),
            Steps.alone("42.2", "CREATE TABLE b (id int)").provided(none));
    assertThat(bench.run(plan).problem().orElseThrow())
        .hasMessageContaining("the answer is 0, expected 1")
        .hasMessageContaining("such as: id=7, note=NULL");
    bench.execute("UPDATE orders SET note = '' WHERE id = 7");
    bench.finished(plan);
  }

  @Test
  void rowsOfAStatementAreChangedWithItsLineOrNotAtAll() throws Exception {
    Plan plan =
        bench.plan(
            Steps.ddl(
                "42.1",
                "UPDATE orders SET note = CONCAT(note, '!')",
                "INSERT INTO orders VALUES (1000, 'new'), (5, 'double')"));
    assertThat(bench.run(plan).problem().orElseThrow()).hasMessageContaining("Duplicate entry");
    assertThat(is("SELECT COUNT(*) = 1000 FROM orders WHERE note = 'note'")).isTrue();
    assertThat(bench.ledger().last("42.1").orElseThrow().code()).contains("1062");
    bench.execute("DELETE FROM orders WHERE id = 5");
    bench.finished(plan);
    assertThat(is("SELECT COUNT(*) = 999 FROM orders WHERE note = 'note!'")).isTrue();
  }

  @Test
  void whatWasDoneButNotJournaledIsFoundDoneAndNotDoneTwice() throws Exception {
    Plan plan = bench.plan(ADD);
    try (dev.sluice.database.Session session = bench.elsewhere.session()) {
      bench.journal.create(session);
      long release = bench.journal.begin(session, plan, "the killed one");
      bench.journal.started(session, release, "42.1", 1);
    }
    bench.execute("ALTER TABLE orders ADD COLUMN reference varchar(50)");
    assertThat(bench.run(plan).ok()).isTrue();
    assertThat(bench.events(Passed.class).getFirst().why()).isEqualTo("found done");
    assertThat(bench.ledger().done("42.1")).isTrue();
  }

  @Test
  void ofSeveralStatementsThoseThatAreDoneAreNotRunAgainInTheNextTry() throws Exception {
    bench.execute("CREATE TABLE others (id int PRIMARY KEY)");
    bench.lock =
        new LockSettings(
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            100,
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ofMinutes(1));
    Plan plan =
        bench.plan(
            Steps.alone(
                    "42.1",
                    "ALTER TABLE others ADD COLUMN a int",
                    "ALTER TABLE orders ADD COLUMN reference int")
                .locking("orders", LockMode.MYSQL_EXCLUSIVE, Work.INSTANT)
                .doneWhen(REFERENCE));
    try (java.sql.Connection holder = bench.holding("SELECT COUNT(*) FROM orders")) {
      var run = bench.runAside(plan);
      Bench.await(() -> !bench.events(Progress.Retrying.class).isEmpty());
      holder.rollback();
      assertThat(run.get().problem()).isEmpty();
      assertThat(run.get().steps().getFirst().attempts()).isGreaterThan(1);
    }
  }

  @Test
  void flywaySeesWhatItWouldHaveWrittenItself() throws Exception {
    Path files = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(
        files.resolve("V42__reference.sql"),
        "ALTER TABLE orders ADD COLUMN reference varchar(50);");
    Flyway flyway =
        Flyway.configure()
            .dataSource(bench.server.url(), null, null)
            .locations("filesystem:" + files)
            .baselineOnMigrate(true)
            .baselineVersion("41")
            .load();
    flyway.baseline();
    FlywaySettings settings =
        FlywaySettings.read(
            new FlywaySettings.Sources(folder, folder.resolve("home"), Map.of(), Map.of()));
    FlywayMigrations migrations =
        FlywayMigrations.read(settings, bench.database.server().engine().id(), List.of(files));
    Migration migration = migrations.all().getFirst();
    Plan plan =
        bench.plan(
            ADD,
            Steps.of(
                "42.2",
                new Action.RecordHistory(
                    Optional.of("42"),
                    migration.description(),
                    "SQL",
                    migration.script(),
                    migration.checksum())));
    Environment all = bench.environment();
    Environment real =
        new Environment(
            all.database(),
            all.journal(),
            new Ports(
                new FlywayHistory(settings, migrations, bench.database.dataSource()),
                Optional.of(migrations),
                all.ports().rollout(),
                all.ports().confirmation(),
                all.ports().progress()),
            all.settings(),
            all.placeholders(),
            all.who(),
            all.stop());
    Report report = new Executor(real).run(plan, java.util.EnumSet.allOf(Phase.class));
    assertThat(report.problem()).isEmpty();
    flyway.validate();
    assertThat(flyway.info().pending()).isEmpty();
    assertThat(flyway.info().current().getVersion().getVersion()).isEqualTo("42");
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }
}
