package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migration.History.Applied;
import dev.sluice.migration.History.HistoryMismatch;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Version;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Statement;
import dev.sluice.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After everything that is done here, plain Flyway is asked whether it is content. */
class FlywayHistoryIT {

  @TempDir Path temp;
  private Folder folder;
  private Postgres.Database database;

  @BeforeEach
  void shop() {
    database = Postgres.freshDatabase();
    folder =
        new Folder(temp)
            .with("V1__orders.sql", "CREATE TABLE orders (id int);")
            .with("V2__add_reference.sql", "ALTER TABLE orders ADD reference text;")
            .with("V10__add_note.sql", "ALTER TABLE orders ADD note text;")
            .with("R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT count(*) FROM orders;");
  }

  private FlywayMigrations migrations() {
    return FlywayMigrations.read(folder.settings(), "postgresql", List.of());
  }

  private FlywayHistory history() {
    return new FlywayHistory(folder.settings(), migrations(), database.dataSource());
  }

  private Migration migration(String label) {
    return migrations().all().stream()
        .filter(m -> m.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** As a plan does: the table first, the statements by ourselves, then the row by Flyway. */
  private void apply(String label) throws SQLException {
    history().create();
    for (Statement statement : migration(label).statements()) {
      database.execute(statement.sql());
    }
    history().record(migration(label));
  }

  private Flyway plain() {
    FlywaySettings settings = folder.settings();
    return Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + temp.resolve("sql"))
        .placeholders(settings.placeholders().values())
        .outOfOrder(settings.running().outOfOrder())
        .schemas(settings.history().schemas().toArray(String[]::new))
        .load();
  }

  private void plainFlywayIsContent(int applied) {
    ValidateResult validated =
        Flyway.configure()
            .configuration(plain().getConfiguration())
            .ignoreMigrationPatterns("*:pending", "*:future")
            .load()
            .validateWithResult();
    assertThat(validated.validationSuccessful).as(validated.getAllErrorMessages()).isTrue();
    MigrationInfo[] rows = plain().info().applied();
    assertThat(rows).hasSize(applied);
    assertThat(rows).extracting(MigrationInfo::getState).containsOnly(MigrationState.SUCCESS);
    assertThat(history().standing().objections()).isEmpty();
  }

  @Test
  void plainFlywayIsContentAfterEveryRowAndAtTheEnd() throws SQLException {
    apply("1");
    plainFlywayIsContent(1);
    apply("2");
    plainFlywayIsContent(2);
    apply("10");
    plainFlywayIsContent(3);
    apply("R:totals");
    plainFlywayIsContent(4);
    assertThat(plain().migrate().migrationsExecuted).isZero();
  }

  @Test
  void aRowIsTheOneThatFlywayWouldHaveWritten() throws SQLException {
    apply("1");
    apply("2");
    List<Applied> ours = history().applied();
    database = Postgres.freshDatabase();
    plain().migrate();
    assertThat(history().applied().subList(0, 2)).isEqualTo(ours);
    assertThat(ours.get(1))
        .isEqualTo(
            new Applied(
                2,
                Optional.of(new Version("2")),
                "add reference",
                "SQL",
                "V2__add_reference.sql",
                migration("2").checksum(),
                true));
  }

  @Test
  void whatIsReadWithoutAServerIsWhatFlywayReadsWithOne() {
    folder
        .set("placeholders.x", "7")
        .with("V11__.sql", "SELECT ${x};\r\nSELECT 2;")
        .with("V12__näme.sql", "\ufeffSELECT 1;")
        .with("R__p.sql", "SELECT ${x}, '${flyway:table}', '${flyway:filename}';")
        .with("sub/V13__x.sql", "");
    for (MigrationInfo info : plain().info().all()) {
      Migration ours =
          migrations().all().stream()
              .filter(m -> m.script().equals(info.getScript()))
              .findFirst()
              .orElseThrow();
      assertThat(ours.checksum()).as(info.getScript()).hasValue(info.getChecksum());
      assertThat(ours.description()).isEqualTo(info.getDescription());
      assertThat(ours.version().map(Version::text))
          .isEqualTo(Optional.ofNullable(info.getVersion()).map(Object::toString));
    }
    assertThat(plain().info().all()).hasSize(migrations().all().size());
  }

  @Test
  void pendingIsWhatMigrateWouldRun() {
    assertThat(history().pending())
        .containsExactly(
            "V1__orders.sql", "V2__add_reference.sql", "V10__add_note.sql", "R__totals.sql");
    assertThat(history().applied()).isEmpty();
    plain().migrate();
    assertThat(history().pending()).isEmpty();
    folder.with("R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT count(*) FROM orders o;");
    assertThat(history().pending()).containsExactly("R__totals.sql");
  }

  @Test
  void recordingTwiceChangesNothing() throws SQLException {
    apply("1");
    List<Applied> rows = history().applied();
    history().record(migration("1"));
    assertThat(history().applied()).isEqualTo(rows);
    history().record(migration("R:totals"));
    history().record(migration("R:totals"));
    assertThat(history().applied()).hasSize(2);
  }

  @Test
  void aVersionIsNotRecordedWhileAnEarlierOneIsPending() throws SQLException {
    apply("1");
    assertThatThrownBy(() -> history().record(migration("10")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("Flyway has V2__add_reference.sql to run first");
    plainFlywayIsContent(1);
  }

  @Test
  void aFileThatChangedSinceThePlanIsNotRecorded() {
    Migration planned = migration("1");
    folder.with("V1__orders.sql", "CREATE TABLE orders (id bigint);");
    assertThatThrownBy(() -> history().record(planned))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageStartingWith("sql/V1__orders.sql: changed since the plan was made");
  }

  @Test
  void aRowOfAnotherTextIsNoRowOfOurs() {
    plain().migrate();
    folder.with("V1__orders.sql", "CREATE TABLE orders (id bigint);");
    assertThatThrownBy(() -> history().record(migration("1")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("with another text");
    assertThat(history().standing().objections())
        .singleElement()
        .asString()
        .contains("V1__orders.sql", "EDITED");
  }

  @Test
  void aVersionBelowTheNewestIsNotRecorded() {
    plain().migrate();
    folder.with("V3__late.sql", "SELECT 1;");
    assertThatThrownBy(() -> history().record(migration("3")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("a newer version is applied");
    folder.set("outOfOrder", "true");
    history().record(migration("3"));
    assertThat(plain().validateWithResult().validationSuccessful).isTrue();
  }

  @Test
  void nothingIsRecordedBehindAFailedMigration() throws SQLException {
    folder.with("V2__add_reference.sql", "CREATE INDEX CONCURRENTLY i ON nowhere (x);");
    assertThatThrownBy(() -> slow().migrate()).hasMessageContaining("nowhere");
    assertThatThrownBy(() -> history().record(migration("10")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("a failed migration, V2__add_reference.sql")
        .hasMessageContaining("flyway repair");
  }

  /** Plain Flyway with the lock that does not hang beside CONCURRENTLY. */
  private Flyway slow() {
    var configuration = Flyway.configure().configuration(plain().getConfiguration());
    configuration
        .getConfigurationExtension(
            org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  @Test
  void theNewestRowCanBeTakenBack() throws SQLException {
    apply("1");
    apply("2");
    assertThatThrownBy(() -> history().remove(migration("1")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("V2__add_reference.sql was applied after it");
    history().remove(migration("2"));
    assertThat(history().applied()).hasSize(1);
    plainFlywayIsContent(1);
    history().remove(migration("2"));
    assertThat(history().pending()).contains("V2__add_reference.sql");
    history().record(migration("2"));
    plainFlywayIsContent(2);
  }

  @Test
  void aRowThatDiffersIsNotTakenBack() throws SQLException {
    apply("1");
    database.execute("UPDATE flyway_schema_history SET checksum = 7");
    assertThatThrownBy(() -> history().remove(migration("1")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("is not the one that was written for it");
  }

  @Test
  void theRowOfARepeatableMigrationCanBeTakenBackToTheOneBefore() throws SQLException {
    plain().migrate();
    folder.with("R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT count(*) FROM orders o;");
    apply("R:totals");
    plainFlywayIsContentWithOutdated();
    assertThat(history().pending()).isEmpty();
    history().remove(migration("R:totals"));
    history().remove(migration("R:totals"));
    assertThat(history().pending()).containsExactly("R__totals.sql");
    assertThat(history().applied()).hasSize(4);
  }

  private void plainFlywayIsContentWithOutdated() {
    assertThat(plain().validateWithResult().validationSuccessful).isTrue();
    assertThat(plain().migrate().migrationsExecuted).isZero();
  }

  @Test
  void theTableIsMadeAsFlywayMakesIt() throws SQLException {
    history().create();
    history().create();
    assertThat(history().applied()).isEmpty();
    assertThat(plain().migrate().migrationsExecuted).isEqualTo(4);
  }

  @Test
  void schemasAreMadeAsFlywayMakesThem() throws SQLException {
    folder.set("schemas", "shop");
    history().create();
    assertThat(history().applied()).extracting(Applied::type).containsExactly("SCHEMA");
    assertThat(plain().migrate().migrationsExecuted).isEqualTo(4);
  }

  @Test
  void aDatabaseThatFlywayHasNeverSeenIsRefusedOrBaselined() throws SQLException {
    database.execute("CREATE TABLE orders (id int)");
    assertThatThrownBy(() -> history().create())
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("public is not empty")
        .hasMessageContaining("flyway baseline");
    folder.set("baselineOnMigrate", "true");
    assertThat(history().pending()).doesNotContain("V1__orders.sql").hasSize(3);
    history().create();
    assertThat(history().applied()).extracting(Applied::type).containsExactly("BASELINE");
    apply("2");
    plainFlywayIsContentBesideBaseline();
  }

  private void plainFlywayIsContentBesideBaseline() {
    assertThat(Arrays.stream(plain().info().pending()).map(MigrationInfo::getScript))
        .containsExactly("V10__add_note.sql", "R__totals.sql");
    plain().migrate();
    assertThat(plain().validateWithResult().validationSuccessful).isTrue();
  }

  @Test
  void aMigrationWrittenAsAClassKeepsItsPlace() throws SQLException {
    folder.with("V2_5__Load.java", "package db; class V2_5__Load {}");
    assertThat(history().pending()).contains("db.V2_5__Load");
    apply("1");
    apply("2");
    assertThatThrownBy(() -> history().record(migration("10")))
        .isInstanceOf(HistoryMismatch.class)
        .hasMessageContaining("to run first");
    assertThatThrownBy(() -> history().record(migration("2.5")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMigrateThatRunsBesideUsIsNotDisturbed() throws Exception {
    folder.with("V1__orders.sql", "CREATE TABLE orders (id int); SELECT pg_sleep(1.5);");
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Integer> other = executor.submit(() -> plain().migrate().migrationsExecuted);
      awaitPlainFlyway();
      FlywayHistory history = history();
      for (String label : List.of("1", "2", "10", "R:totals")) {
        try {
          history.record(migration(label));
        } catch (HistoryMismatch e) {
          assertThat(e).hasMessageContaining("to run first");
        }
      }
      assertThat(other.get()).isLessThanOrEqualTo(4);
    }
    plain().migrate();
    plainFlywayIsContent(4);
  }

  /** Until plain Flyway holds its lock. */
  private void awaitPlainFlyway() throws Exception {
    for (int i = 0; i < 200; i++) {
      try (Connection connection = database.connect();
          ResultSet rows =
              connection
                  .createStatement()
                  .executeQuery(
                      "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                          + " WHERE locktype = 'advisory' AND datname = current_database()")) {
        rows.next();
        if (rows.getInt(1) > 0) {
          return;
        }
      }
      Thread.sleep(25);
    }
    throw new AssertionError("plain Flyway never took its lock");
  }

  @Test
  void theLockIsNotWaitedForWithoutLimit() throws Exception {
    plain().migrate();
    folder.with("V11__x.sql", "SELECT 1;");
    try (Connection holder = database.connect()) {
      long key = 77431708279161L + "\"public\".\"flyway_schema_history\"".hashCode();
      holder.createStatement().execute("SELECT pg_advisory_lock(" + key + ")");
      FlywayHistory impatient =
          new FlywayHistory(
              folder.settings(), migrations(), database.dataSource(), Duration.ofMillis(1500));
      assertThatThrownBy(() -> impatient.record(migration("11")))
          .isInstanceOf(Problem.class)
          .hasMessageStartingWith("somebody else holds Flyway's lock")
          .extracting(e -> ((Problem) e).reason())
          .isEqualTo(Problem.Reason.BUSY);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    history().record(migration("11"));
    plainFlywayIsContent(5);
  }

  @Test
  void whatFailsInInitSqlIsNotRepeated() {
    folder.set("initSql", "SELECT 'hunter2' FROM nowhere");
    assertThatThrownBy(() -> history().applied())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("initSql")
        .hasMessageContaining("42P01")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void anIndexIsBuiltConcurrentlyWhileTheHistoryIsRead() throws SQLException {
    apply("1");
    assertThat(history().pending()).isNotEmpty();
    database.execute("CREATE INDEX CONCURRENTLY i ON orders (id)");
    plainFlywayIsContent(1);
  }
}
