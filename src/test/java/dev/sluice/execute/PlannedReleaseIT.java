package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.database.Stop;
import dev.sluice.database.TableSizes;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.journal.Journal;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Pending;
import dev.sluice.plan.Decisions;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.Planner;
import dev.sluice.recipes.Recipes;
import dev.sluice.release.Phase;
import dev.sluice.release.ReleaseReader;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real files, a plan that was made of them, Flyway's own history, and plain Flyway as the judge.
 */
class PlannedReleaseIT {

  @TempDir private Path folder;

  private final Postgres.Database server = Postgres.freshDatabase();
  private final Database database = Database.open(Address.of(server.url()));
  private final Map<String, String> values = new HashMap<>(Map.of("secret", "tr0ub4dor"));

  @BeforeEach
  void shop() throws Exception {
    file(
        "V1__shop.sql",
        """
        CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, price int);
        INSERT INTO orders SELECT n, 'note ' || n, n FROM generate_series(1, 500) n;
        """);
    plain().migrate();
    file("V2__reference.sql", "ALTER TABLE orders ADD COLUMN reference text;");
    file("V3__by_reference.sql", "CREATE INDEX orders_reference ON orders (reference);");
    file("V4__no_note.sql", "ALTER TABLE orders DROP COLUMN note;");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void file(String name, String text) throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("sql")).resolve(name), text);
  }

  private Flyway plain() {
    return Flyway.configure()
        .dataSource(server.dataSource())
        .locations("filesystem:" + folder.resolve("sql"))
        .placeholders(values)
        .load();
  }

  private FlywaySettings settings() {
    Map<String, String> overrides = new HashMap<>();
    values.forEach((name, value) -> overrides.put("flyway.placeholders." + name, value));
    return FlywaySettings.read(
        new FlywaySettings.Sources(folder, folder.resolve("home"), Map.of(), overrides));
  }

  private FlywayMigrations files() {
    return FlywayMigrations.read(settings(), "postgresql", java.util.List.of());
  }

  private FlywayHistory history() {
    return new FlywayHistory(settings(), files(), database.dataSource());
  }

  private Plan plan() {
    Dialect dialect = new PostgresqlDialect(database.version());
    try (Session session = database.session()) {
      ReleaseReader reader =
          new ReleaseReader(
              Reader.of(dialect), dialect.emptySchema(), ReleaseSettings.DEFAULTS, Directives::of);
      Plan plan =
          new Planner(dialect, Recipes.all(dialect.engine()), PlanSettings.DEFAULTS)
              .plan(
                  new Planner.Order(
                      reader.read(files(), new Pending.Scripts(new HashSet<>(history().pending()))),
                      TableSizes.read(session, List.of()),
                      s -> new Decisions(Directives.of(s.migration()).of(s.statement())),
                      LocalDate.of(2026, 11, 21)));
      assertThat(plan.runnable()).isTrue();
      return plan;
    }
  }

  private Environment environment() {
    Map<String, String> placeholders = new HashMap<>();
    values.forEach((name, value) -> placeholders.put("${" + name + "}", value));
    return new Environment(
        database,
        new Journal(database.server(), Journal.SCHEMA),
        new Ports(
            history(),
            Optional.of(files()),
            Rollout.declared(Optional.of("the test")),
            Confirmation.PROCEED,
            Progress.SILENT),
        ExecuteSettings.DEFAULTS,
        placeholders,
        "ann",
        new Stop());
  }

  private Report run(Plan plan, Set<Phase> phases) {
    Report report = new Executor(environment()).run(plan, phases);
    assertThat(report.problem()).isEmpty();
    return report;
  }

  private Optional<String> ask(String sql) {
    try (Session session = database.session()) {
      return session.ask(sql);
    }
  }

  private String columns() {
    return ask("SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid ="
            + " 'orders'::regclass AND attnum > 0 AND NOT attisdropped")
        .orElseThrow();
  }

  @Test
  void plainFlywayIsContentFromTheEndOfPreDeployOn() {
    Plan plan = plan();
    run(plan, EnumSet.of(Phase.PRE_DEPLOY));
    assertThat(columns()).isEqualTo("id,note,price,reference");
    assertThat(plain().validateWithResult().validationSuccessful).isTrue();
    assertThat(plain().migrate().migrationsExecuted).isZero();
    run(plan, EnumSet.of(Phase.ROLLING, Phase.POST_DEPLOY));
    assertThat(columns()).isEqualTo("id,price,reference");
    assertThat(
            ask(
                "SELECT indisvalid::int FROM pg_index WHERE indexrelid = 'orders_reference'::regclass"))
        .contains("1");
    assertThat(plain().validateWithResult().validationSuccessful).isTrue();
    assertThat(plain().migrate().migrationsExecuted).isZero();
    assertThat(new Executor(environment()).run(plan, EnumSet.allOf(Phase.class)).ending())
        .isEqualTo(Report.Ending.NOTHING_TO_DO);
  }

  @Test
  void anAbortLeavesFilesThatPlainFlywayCanApply() {
    Plan plan = plan();
    run(plan, EnumSet.of(Phase.PRE_DEPLOY));
    Abort.Aborted aborted = new Abort(environment()).run(false);
    assertThat(aborted.stays()).isEmpty();
    assertThat(columns()).isEqualTo("id,note,price");
    assertThat(plain().info().pending()).hasSize(3);
    assertThat(plain().migrate().migrationsExecuted).isEqualTo(3);
    assertThat(columns()).isEqualTo("id,price,reference");
  }

  @Test
  void aFileThatWasEditedSinceIsRefused() throws Exception {
    Plan plan = plan();
    file("V2__reference.sql", "ALTER TABLE orders ADD COLUMN reference varchar(9);");
    assertThatThrownBy(() -> run(plan, EnumSet.allOf(Phase.class)))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.PLAN))
        .hasMessageContaining("V2__reference.sql was edited since the plan was made");
  }

  @Test
  void whatSomebodyElseMigratedMeanwhileIsNoticed() {
    Plan plan = plan();
    plain().migrate();
    assertThatThrownBy(() -> run(plan, EnumSet.allOf(Phase.class)))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.HISTORY))
        .hasMessageContaining("V2__reference.sql stands in Flyway's history already");
    assertThat(ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'sluice'")).contains("0");
  }

  @Test
  void aFileThatCameInBetweenIsNoticed() throws Exception {
    Plan plan = plan();
    file("V3_1__more.sql", "ALTER TABLE orders ADD COLUMN more int;");
    assertThatThrownBy(() -> run(plan, EnumSet.allOf(Phase.class)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("V3_1__more.sql is pending too and not in the plan");
  }

  @Test
  void aPlaceholdersValueIsUsedCheckedAndNeverShown() throws Exception {
    file(
        "V5__keys.sql",
        "CREATE TABLE keys (name text PRIMARY KEY, value text);\n"
            + "INSERT INTO keys VALUES ('payment', '${secret}');");
    Plan plan = plan();
    values.put("secret", "another one");
    assertThatThrownBy(() -> new Executor(environment()).run(plan, EnumSet.of(Phase.PRE_DEPLOY)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("${secret} has another value than when the plan was made")
        .hasMessageNotContaining("another one");
    values.put("secret", "tr0ub4dor");
    server.execute("CREATE TABLE keys (name text PRIMARY KEY, value int)");
    Report report = new Executor(environment()).run(plan, EnumSet.of(Phase.PRE_DEPLOY));
    assertThat(report.problem().orElseThrow()).hasMessageNotContaining("tr0ub4dor");
    server.execute("DROP TABLE keys");
    run(plan, EnumSet.of(Phase.PRE_DEPLOY));
    assertThat(ask("SELECT value FROM keys")).contains("tr0ub4dor");
    assertThat(ask("SELECT count(*) FROM sluice.release WHERE plan LIKE '%tr0ub4dor%'"))
        .contains("0");
    assertThat(ask("SELECT count(*) FROM sluice.step WHERE message LIKE '%tr0ub4dor%'"))
        .contains("0");
  }

  @Test
  void whatTheServerSaysOfAValueIsHidden() throws Exception {
    file("V5__keys.sql", "INSERT INTO orders (id, price) VALUES (9999, '${secret}');");
    Plan plan = plan();
    Report report = new Executor(environment()).run(plan, EnumSet.of(Phase.PRE_DEPLOY));
    assertThat(report.problem().orElseThrow())
        .hasMessageContaining("invalid input syntax for type integer: \"${secret}\"")
        .hasMessageNotContaining("tr0ub4dor");
    assertThat(ask("SELECT count(*) FROM sluice.step WHERE message LIKE '%tr0ub4dor%'"))
        .contains("0");
  }
}
