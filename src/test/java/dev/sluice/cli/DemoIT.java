package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.execute.Confirmation;
import dev.sluice.execute.Environment;
import dev.sluice.execute.ExecuteSettings;
import dev.sluice.execute.Executor;
import dev.sluice.execute.Ports;
import dev.sluice.execute.Progress;
import dev.sluice.execute.Report;
import dev.sluice.execute.Rollout;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.PlainFlyway;
import dev.sluice.journal.Journal;
import dev.sluice.plan.Plan;
import dev.sluice.rehearse.Demo;
import dev.sluice.rehearse.EmbeddedServer;
import dev.sluice.rehearse.Pace;
import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.Sample;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.release.Phase;
import dev.sluice.report.RehearsalJson;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.JsonSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's whole release, planned by the command of that name, under load, few rows. */
class DemoIT {

  private static final Pace QUICK =
      new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));

  /** What CI machines that do other things meanwhile still keep; the aim is 200 ms. */
  private static final long GENEROUS_MILLIS = 2000;

  @TempDir private static Path folder;

  /**
   * What there was when the release was planned.
   *
   * @param names in the old version's schema
   */
  private record Before(Sample sample, Address shop, Set<String> names) {}

  private static EmbeddedServer server;
  private static Rehearsal rehearsal;
  private static Optional<Before> before = Optional.empty();

  @BeforeAll
  static void theReleaseIsTakenThrough() {
    server = EmbeddedServer.start();
    Demo demo = new Demo(server, DemoIT::plan, scene -> {}, Clock.systemUTC());
    Load.Settings load = new Load.Settings(4, Duration.ofMillis(2), 3000, 12);
    rehearsal = demo.run(new Demo.Settings(load, QUICK, true));
  }

  @AfterAll
  static void nothingIsLeft() {
    Path scratch = server.scratch();
    server.close();
    assertThat(scratch.resolve("..")).doesNotExist();
  }

  private static Plan plan(Sample sample, Address shop) {
    try {
      copy("quiet");
      copy("quiet_plain");
      before =
          Optional.of(new Before(sample, shop, Catalog.names(server.dataSource("shop", "test"))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return DemoCommand.plan(sample, shop, folder);
  }

  private static void copy(String name) throws SQLException {
    try (Connection connection = server.dataSource("postgres", "test").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE shop");
    }
  }

  @Test
  void noStatementOfEitherVersionFails() {
    assertThat(rehearsal.run().problem()).isEmpty();
    for (ApplicationRun version : rehearsal.run().versions().both()) {
      assertThat(version.measured().calls())
          .flatExtracting(OfCall::failures)
          .as(version.measured().application())
          .isEmpty();
      assertThat(version.measured().statements()).isGreaterThan(500);
    }
  }

  @Test
  void nobodyWaitsLong() {
    for (ApplicationRun version : rehearsal.run().versions().both()) {
      assertThat(version.measured().longestStallMillis())
          .as("%s: %s", version.measured().application(), version.measured().longestStall())
          .isLessThan(GENEROUS_MILLIS);
    }
  }

  @Test
  void everyStepOfThePlanIsDone() {
    assertThat(rehearsal.run().steps())
        .extracting(s -> s.step().id())
        .containsExactlyInAnyOrderElementsOf(
            rehearsal.plan().steps().stream().map(s -> s.id()).toList());
  }

  @Test
  void flywayIsContentAfterEachPhaseAndANodeThatStartsFindsNothingToDo() {
    assertThat(rehearsal.run().checks()).allMatch(Check::content);
    assertThat(rehearsal.run().checks())
        .extracting(Check::phase)
        .containsExactly(
            Phase.PRE_DEPLOY, Phase.ROLLING, Phase.ROLLING, Phase.ROLLING, Phase.POST_DEPLOY);
  }

  @Test
  void plainFlywayBreaksTheOldVersion() {
    Rehearsal.Plain plain = rehearsal.plain().orElseThrow();
    assertThat(plain.problem()).isEmpty();
    assertThat(plain.migrations()).isEqualTo(rehearsal.plan().migrations().size());
    assertThat(plain.versions().old().measured().failed()).isPositive();
    assertThat(plain.versions().old().measured().calls())
        .flatExtracting(OfCall::failures)
        .extracting(Failure::sqlState)
        .contains("42703", "42P01");
  }

  @Test
  void theCatalogIsWhatPlainFlywayMakesOfTheSameFiles() throws Exception {
    assertThat(Catalog.of(server.dataSource("shop", "test")))
        .containsExactlyElementsOf(Catalog.of(server.dataSource("shop_plain", "test")));
  }

  /** Beside load they cannot be compared: no two runs of it are alike. */
  @Test
  void whereNobodyElseWritesTheRowsAreThoseOfPlainFlyway() throws Exception {
    Sample sample = before.orElseThrow().sample();
    Address shop = before.orElseThrow().shop();
    new PlainFlyway(sample.migrations(), server.dataSource("quiet_plain", "test")).migrate();
    Address quiet =
        new Address(
            shop.url().replaceFirst("/shop$", "/quiet"),
            shop.user(),
            shop.password(),
            Map.of(),
            List.of());
    try (Database database = Database.open(quiet)) {
      Ports ports =
          new Ports(
              new FlywayHistory(sample.flywaySettings(), sample.read(), database.dataSource()),
              Optional.of(sample.read()),
              (plan, step) -> new Rollout.Answer.Deployed("nobody is there"),
              Confirmation.PROCEED,
              Progress.SILENT);
      Environment environment =
          new Environment(
              database,
              new Journal(database.server(), Journal.SCHEMA),
              ports,
              ExecuteSettings.DEFAULTS,
              Map.of(),
              "test",
              new Stop());
      Report report = new Executor(environment).run(rehearsal.plan(), EnumSet.allOf(Phase.class));
      assertThat(report.problem()).isEmpty();
    }
    assertThat(rows("quiet")).isEqualTo(rows("quiet_plain"));
  }

  /**
   * All rows, by table, as JSON without what differs from run to run: random values, and the time
   * that a trigger of the shop's writes at every change.
   */
  private static Map<String, String> rows(String database) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    DataSource source = server.dataSource(database, "test");
    for (String table :
        column(
            source,
            "SELECT c.oid::regclass FROM pg_class c WHERE c.relkind IN ('r', 'v')"
                + " AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'flyway%'")) {
      String json = "to_jsonb(t) - 'public_id' - 'updated_at'";
      rows.put(
          table,
          String.join(
              "\n",
              column(source, "SELECT " + json + " AS row FROM " + table + " t ORDER BY row")));
    }
    return rows;
  }

  private static List<String> column(DataSource source, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Test
  void theOldVersionNeverNamesWhatTheReleaseMakesNorTheNewOneWhatItTakesAway() throws Exception {
    Set<String> later = Catalog.names(server.dataSource("shop", "test"));
    Set<String> made = new TreeSet<>(later);
    made.removeAll(before.orElseThrow().names());
    Set<String> gone = new TreeSet<>(before.orElseThrow().names());
    gone.removeAll(later);

    assertThat(made)
        .contains("full_name", "deliveries", "public_id", "search_name", "gift_note", "returned");
    assertThat(gone).contains("shipments", "coupons", "erp_reference");
    assertThat(words(rehearsal.run().versions().old())).doesNotContainAnyElementsOf(made);
    assertThat(words(rehearsal.run().versions().renewed())).doesNotContainAnyElementsOf(gone);
  }

  private static Set<String> words(ApplicationRun version) {
    Set<String> words = new TreeSet<>();
    for (Workload.Call call : version.workload().calls()) {
      for (Workload.BoundSql statement : call.statements()) {
        words.addAll(List.of(statement.sql().split("[^A-Za-z0-9_]+")));
      }
    }
    return words;
  }

  @Test
  void theReportIsAsItsSchemaSays() {
    assertThat(
            JsonSchema.of(Path.of("docs/report.schema.json")).breaches(RehearsalJson.of(rehearsal)))
        .isEmpty();
  }

  @Test
  void thePlanOfThatNameIsWritten() throws Exception {
    assertThat(Files.readString(folder.resolve("plan.json")))
        .contains(rehearsal.plan().fingerprint());
  }
}
