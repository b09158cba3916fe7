package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Engine;
import dev.sluice.testing.JsonSchema;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.ServerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Flyway's history says of the files, which plain Flyway applied. */
class ClassifyHistoryIT {

  private static final JsonSchema SCHEMA = JsonSchema.of(Path.of("docs/classify.schema.json"));

  @TempDir private Path here;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void anAppliedFileThatWasEditedIsTold(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    write("V2__phone.sql", "ALTER TABLE customers ADD COLUMN phone2 varchar(9);\n");
    JsonNode said = json(database);
    assertThat(remarks(said)).containsExactly("edited sql/V2__phone.sql 2 true");
    assertThat(said.at("/drift/complete").asBoolean()).isFalse();
    assertThat(classify(database).out())
        .contains(
            "sql/V2__phone.sql: edited after it was applied: its checksum is ",
            " in flyway_schema_history\n  costs: Flyway refuses to run here; ",
            "\n  fix: put the file back as it was applied; ");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void anAppliedFileThatWasRenamedIsTold(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    Files.move(file("V2__phone.sql"), file("V2__telephone.sql"));
    JsonNode said = json(database);
    assertThat(remarks(said)).containsExactly("renamed sql/V2__telephone.sql 2 true");
    assertThat(said.at("/drift/differences").isEmpty()).isTrue();
    assertThat(classify(database).out())
        .contains("sql/V2__telephone.sql: renamed after it was applied as V2__phone.sql\n");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void anAppliedVersionWithoutAFileIsTold(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    Files.delete(file("V2__phone.sql"));
    JsonNode said = json(database);
    assertThat(remarks(said)).containsExactly("removed V2__phone.sql 2 true");
    assertThat(said.at("/drift/complete").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatFlywayIsToldToIgnoreIsStillToldAndRefusesNothing(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    Files.delete(file("V2__phone.sql"));
    assertThat(remarks(json(database, "-X.flyway.ignoreMigrationPatterns=*:missing")))
        .containsExactly("removed V2__phone.sql 2 false");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aRowThatRepairMarkedAsDeletedIsNoRemark(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    Files.delete(file("V2__phone.sql"));
    flyway(database, Map.of()).repair();
    assertThat(remarks(json(database))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatAnotherBranchAppliedIsTold(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    Files.delete(file("V3__city.sql"));
    assertThat(remarks(json(database))).containsExactly("future V3__city.sql 3 false");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aVersionBelowTheNewestIsToldAndNotReplayed(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    write("V1.5__late.sql", "ALTER TABLE customers ADD COLUMN late int;\n");
    JsonNode said = json(database);
    assertThat(remarks(said)).containsExactly("out-of-order sql/V1.5__late.sql 1.5 true");
    assertThat(said.at("/drift/differences").toString()).isEqualTo("[]");
    assertThat(said.at("/migrations").isEmpty()).isTrue();
    JsonNode allowed = json(database, "-X.flyway.outOfOrder=true");
    assertThat(remarks(allowed)).isEmpty();
    assertThat(allowed.at("/migrations/0/version").asString("")).isEqualTo("1.5");
  }

  /** It takes away what a higher version had made. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void theReplayFollowsTheOrderOfInstallation(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    write(
        "V1.5__late.sql",
        """
        DROP TABLE visits;
        CREATE TABLE visits (id int, late int);
        ALTER TABLE customers DROP COLUMN city;
        """);
    flyway(database, Map.of("flyway.outOfOrder", "true")).migrate();
    JsonNode said = json(database, "-X.flyway.outOfOrder=true");
    assertThat(remarks(said)).isEmpty();
    assertThat(said.at("/drift/differences").toString()).isEqualTo("[]");
    assertThat(said.at("/drift/complete").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aFailedMigrationIsTold(Engine engine) throws IOException {
    ServerDatabase database = applied(engine);
    write(
        "V4__fails.sql",
        """
        CREATE TABLE half (id int);
        ALTER TABLE nowhere ADD COLUMN there int;
        """);
    write("V4__fails.sql.conf", "executeInTransaction=false\n");
    write("V5__later.sql", "ALTER TABLE customers ADD COLUMN later int;\n");
    try {
      flyway(database, Map.of()).migrate();
    } catch (FlywayException expected) {
      assertThat(expected).hasMessageContaining("V4__fails.sql");
    }
    JsonNode said = json(database);
    assertThat(remarks(said)).containsExactly("failed sql/V4__fails.sql 4 true");
    assertThat(said.at("/drift/complete").asBoolean()).isFalse();
    assertThat(said.at("/migrations/0/version").asString("")).isEqualTo("5");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatABaselineStandsForIsThere(Engine engine) throws Exception {
    ServerDatabase database = empty(engine);
    threeMigrations();
    flyway(database, Map.of("flyway.target", "2")).migrate();
    database.execute("DROP TABLE flyway_schema_history");
    flyway(database, Map.of("flyway.baselineVersion", "2")).baseline();
    JsonNode said = json(database);
    assertThat(remarks(said)).isEmpty();
    assertThat(said.at("/drift/differences").toString()).isEqualTo("[]");
    assertThat(said.at("/migrations").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aBaselineFileRunsOnANewDatabaseAndNotOnOneThatIsThere(Engine engine) throws Exception {
    ServerDatabase there = applied(engine);
    ServerDatabase fresh = empty(engine);
    write(
        "B2__base.sql",
        """
        CREATE TABLE customers (id int PRIMARY KEY, phone varchar(9));
        CREATE TABLE visits (id int);
        """);
    assertThat(json(fresh).at("/migrations").size()).isEqualTo(2);
    flyway(fresh, Map.of()).migrate();
    for (ServerDatabase database : List.of(there, fresh)) {
      JsonNode said = json(database);
      assertThat(remarks(said)).isEmpty();
      assertThat(said.at("/drift/differences").toString()).isEqualTo("[]");
      assertThat(said.at("/drift/complete").asBoolean()).isTrue();
    }
    Files.delete(file("V1__customers.sql"));
    Files.delete(file("V2__phone.sql"));
    JsonNode said = json(there);
    assertThat(remarks(said))
        .containsExactly("removed V1__customers.sql 1 true", "removed V2__phone.sql 2 true");
    assertThat(said.at("/drift/differences").toString()).isEqualTo("[]");
    assertThat(said.at("/drift/complete").asBoolean()).isTrue();
  }

  @Test
  void aPlanThatApplyWouldRefuseSaysSoAndEndsWith1() throws IOException {
    ServerDatabase database = applied(Engine.POSTGRESQL);
    write("V4__later.sql", "ALTER TABLE customers ADD COLUMN later int;\n");
    assertThat(sluice("plan", database).code()).isZero();
    write("V1.5__late.sql", "ALTER TABLE customers ADD COLUMN late int;\n");
    Outcome outcome = sluice("plan", database);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "sql/V1.5__late.sql: not applied, and below the newest applied version, 3\n",
            "  fix: give it a version above 3, or set flyway.outOfOrder=true",
            "Flyway would refuse to run here, and so does sluice apply\n");
  }

  @Test
  void anEngineThatTheDatabaseIsNotIsRefused() throws IOException {
    ServerDatabase database = applied(Engine.POSTGRESQL);
    for (String other : List.of("mysql", "postgresql:12")) {
      Outcome outcome = sluice("classify", database, "--engine", other);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err())
          .startsWith("--engine " + other + ": jdbc:postgresql:")
          .contains(" is PostgreSQL ", "\n  fix: leave out --engine, or --url and --connect");
    }
    assertThat(sluice("classify", database, "--engine", "postgresql").code()).isZero();
  }

  private static List<String> remarks(JsonNode said) {
    List<String> remarks = new ArrayList<>();
    for (JsonNode remark : said.path("remarks")) {
      remarks.add(
          remark.path("kind").asString("")
              + " "
              + remark.path("where").asString("")
              + " "
              + remark.path("migration").asString("")
              + " "
              + remark.path("refused").asBoolean());
    }
    return remarks;
  }

  private JsonNode json(ServerDatabase database, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--format", "json"));
    Outcome outcome = sluice("classify", database, all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(SCHEMA.breaches(outcome.out())).isEmpty();
    return JsonMapper.shared().readTree(outcome.out());
  }

  private Outcome classify(ServerDatabase database) {
    return sluice("classify", database);
  }

  private Outcome sluice(String command, ServerDatabase database, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "sql", "--url", database.url()));
    all.addAll(List.of(more));
    return Outcome.of(here, all.toArray(String[]::new));
  }

  private ServerDatabase applied(Engine engine) throws IOException {
    ServerDatabase database = empty(engine);
    threeMigrations();
    flyway(database, Map.of()).migrate();
    return database;
  }

  private void threeMigrations() throws IOException {
    write(
        "V1__customers.sql",
        """
        CREATE TABLE customers (id int PRIMARY KEY);
        CREATE TABLE visits (id int);
        """);
    write("V2__phone.sql", "ALTER TABLE customers ADD COLUMN phone varchar(9);\n");
    write("V3__city.sql", "ALTER TABLE customers ADD COLUMN city varchar(9);\n");
  }

  private Flyway flyway(ServerDatabase database, Map<String, String> settings) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(database.url(), null, null)
            .locations("filesystem:" + here.resolve("sql"))
            .configuration(settings);
    // Otherwise a failed migration's row is rolled back with Flyway's lock.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  private static ServerDatabase empty(Engine engine) {
    assumeTrue(engine != Engine.MYSQL || MySql.missing().isEmpty(), MySql.missing());
    return switch (engine) {
      case POSTGRESQL -> {
        Postgres.Database database = Postgres.freshDatabase();
        yield new ServerDatabase(database.name(), database.url());
      }
      case MYSQL -> MySql.freshDatabase();
      case MARIADB -> MariaDb.freshDatabase();
    };
  }

  private Path file(String name) {
    return here.resolve("sql").resolve(name);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(here.resolve("sql"));
    Files.writeString(file(name), text);
  }
}
