package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is asked whether it has the migration. */
class RewriteOnDatabaseIT {

  @TempDir private Path folder = Path.of("");

  private final Postgres.Database database = Postgres.freshDatabase();

  @BeforeEach
  void firstIsApplied() throws IOException {
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(
        folder.resolve("db/V1__items.sql"),
        "CREATE TABLE items (id bigint PRIMARY KEY, note text);\n");
    flyway().migrate();
    Files.writeString(
        folder.resolve("db/V2__key.sql"),
        "ALTER TABLE items ADD COLUMN name text;\nALTER TABLE items DROP COLUMN note;\n");
  }

  @Test
  void whatIsAppliedThereIsRefused() {
    Outcome outcome = rewrite("1", "--yes");
    assertThat(outcome.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(outcome.err()).contains("V1__items.sql: not pending in ");
  }

  @Test
  void whatIsPendingThereIsWrittenAndFlywayRunsIt() throws SQLException {
    Outcome outcome = rewrite("2");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(flyway().migrate().migrationsExecuted).isEqualTo(2);
    flyway().validate();
    assertThat(
            database.ask(
                "SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_attribute"
                    + " WHERE attrelid = 'items'::regclass AND attnum > 0 AND NOT attisdropped"))
        .isEqualTo("id name");
    assertThat(rewrite("2").err()).contains("not pending in ");
  }

  private Outcome rewrite(String version, String... more) {
    String[] args = new String[more.length + 5];
    args[0] = "rewrite";
    args[1] = version;
    args[2] = "db";
    args[3] = "--url";
    args[4] = database.url();
    System.arraycopy(more, 0, args, 5, more.length);
    return Outcome.of(folder, args);
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + folder.resolve("db"))
        .load();
  }
}
