package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migration.History.HistoryMismatch;
import dev.sluice.migration.Migration;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Statement;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.jdbc.DriverDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same laws as on PostgreSQL where the engine makes a difference: the lock, and DDL's commits.
 */
class FlywayHistoryOnMySqlIT {

  @TempDir Path temp;

  @Test
  void mySqlsHistoryIsWrittenAsFlywayWould() throws Exception {
    rowsAreWrittenAndTakenBack("mysql", MySql.freshDatabase());
  }

  @Test
  void mariaDbsHistoryIsWrittenAsFlywayWould() throws Exception {
    rowsAreWrittenAndTakenBack("mariadb", MariaDb.freshDatabase());
  }

  @Test
  void mySqlsLockIsNotWaitedForWithoutLimit() throws Exception {
    theLockIsNotWaitedForWithoutLimit("mysql", MySql.freshDatabase());
  }

  @Test
  void mariaDbsLockIsNotWaitedForWithoutLimit() throws Exception {
    theLockIsNotWaitedForWithoutLimit("mariadb", MariaDb.freshDatabase());
  }

  private Folder shop() {
    return new Folder(temp)
        .with("V1__orders.sql", "CREATE TABLE orders (id int PRIMARY KEY);")
        .with("V2__note.sql", "ALTER TABLE orders ADD note text; # done\n")
        .with("R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT count(*) FROM orders;");
  }

  private void rowsAreWrittenAndTakenBack(String engine, ServerDatabase database) throws Exception {
    Folder folder = shop();
    FlywayMigrations migrations = FlywayMigrations.read(folder.settings(), engine, List.of());
    DataSource connections = dataSource(database);
    FlywayHistory history = new FlywayHistory(folder.settings(), migrations, connections);
    Flyway plain =
        Flyway.configure()
            .dataSource(connections)
            .locations("filesystem:" + temp.resolve("sql"))
            .ignoreMigrationPatterns("*:pending")
            .load();
    history.create();
    for (Migration migration : migrations.all()) {
      for (Statement statement : migration.statements()) {
        database.execute(statement.sql());
      }
      history.record(migration);
      history.record(migration);
      assertThat(plain.validateWithResult().getAllErrorMessages()).isEmpty();
    }
    assertThat(history.applied()).hasSize(3);
    assertThat(plain.info().applied())
        .extracting(MigrationInfo::getScript)
        .containsExactly("V1__orders.sql", "V2__note.sql", "R__totals.sql");
    assertThat(plain.migrate().migrationsExecuted).isZero();
    Migration note = migrations.all().get(1);
    assertThatThrownBy(() -> history.remove(note)).isInstanceOf(HistoryMismatch.class);
    history.remove(migrations.all().get(2));
    history.remove(note);
    assertThat(history.pending()).containsExactly("V2__note.sql", "R__totals.sql");
    assertThat(history.standing().objections()).isEmpty();
  }

  private void theLockIsNotWaitedForWithoutLimit(String engine, ServerDatabase database)
      throws SQLException {
    Folder folder = shop();
    FlywayMigrations migrations = FlywayMigrations.read(folder.settings(), engine, List.of());
    FlywayHistory impatient =
        new FlywayHistory(
            folder.settings(), migrations, dataSource(database), Duration.ofMillis(200));
    try (Connection holder = database.connect()) {
      String table = "`" + database.name() + "`.`flyway_schema_history`";
      holder.createStatement().execute("SELECT GET_LOCK('Flyway-" + table.hashCode() + "', 0)");
      assertThatThrownBy(() -> impatient.record(migrations.all().get(0)))
          .isInstanceOf(Problem.class)
          .hasMessageStartingWith("somebody else holds Flyway's lock");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    impatient.record(migrations.all().get(0));
    assertThat(impatient.applied()).hasSize(1);
  }

  private DataSource dataSource(ServerDatabase database) {
    return new DriverDataSource(
        Thread.currentThread().getContextClassLoader(), null, database.url(), null, null);
  }
}
