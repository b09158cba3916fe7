package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Launcher.Ended;
import dev.sluice.Launcher.Running;
import dev.sluice.flyway.PlainFlyway;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run that is cut off in the middle of a batched copy, as its user would: the process of {@code
 * bin/sluice} gets a signal. Plain Flyway on the same files is the judge of what comes out.
 */
class CutOffIT {

  private static final int ROWS = 20_000;
  private static final String ROWS_AS_TEXT =
      "SELECT md5(string_agg(to_jsonb(c)::text, ';' ORDER BY id)) FROM customers c";
  private static final String COPIED = "SELECT coalesce(max(rows_changed), 0) FROM sluice.step";

  @TempDir private Path here;
  private final Postgres.Database server = Postgres.freshDatabase();
  private final Postgres.Database plain = Postgres.freshDatabase();

  @BeforeEach
  void aRenamedColumnIsPending() throws Exception {
    write(
        "V1__customers.sql",
        """
        CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, note text);
        INSERT INTO customers SELECT n, 'name ' || n FROM generate_series(1, %d) n;
        CREATE INDEX customers_name_idx ON customers (name);
        """
            .formatted(ROWS));
    flyway(server).migrate();
    write("V2__full_name.sql", "ALTER TABLE customers RENAME COLUMN name TO full_name;\n");
    write("V3__note_index.sql", "CREATE INDEX customers_note_idx ON customers (note);\n");
    flyway(plain).migrate();
    // Many small batches with long rests: there is time to hit the middle, on a busy machine too.
    Files.writeString(
        here.resolve("sluice.toml"),
        "[backfill]\nfirst-rows = 100\nmost-rows = 100\nrest-percent = 1000\n");
    assertThat(sluice().run("plan", "db", "--connect", "-o", "plan.json").code()).isZero();
  }

  @Test
  void aKilledRunIsTakenUpWhereItWas() throws Exception {
    Running running = apply();
    awaitTheMiddle(running);
    running.signal("KILL");
    assertThat(running.ended().code()).isEqualTo(137);
    assertThat(copied()).isBetween(1L, ROWS - 1L);

    assertThat(sluice().run("status").out()).contains("next: sluice apply --phase pre-deploy");
    assertItGoesOnToTheEnd();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void anInterruptedRunEndsCleanlyAndIsTakenUp(String signal, int code) throws Exception {
    Running running = apply();
    awaitTheMiddle(running);

    Ended second = apply().ended();
    assertThat(second.code()).isEqualTo(5);
    assertThat(second.err())
        .startsWith("somebody else is running on this database: pid ")
        .contains("nothing was changed\n  fix: wait until it is done");

    running.signal(signal);
    Ended ended = running.ended();
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.err())
        .endsWith("stopped; the same command goes on from there\n")
        .doesNotContain("Exception", "\tat ");
    assertThat(JsonMapper.shared().readTree(ended.out()).path("ok").asBoolean()).isFalse();
    assertThat(copied()).isBetween(1L, ROWS - 1L);
    assertThat(
            server.ask(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND state <> 'idle' AND pid <> pg_backend_pid()"))
        .isEqualTo("0");
    assertItGoesOnToTheEnd();
  }

  private void assertItGoesOnToTheEnd() throws Exception {
    Files.delete(here.resolve("sluice.toml"));
    Ended ended = apply().ended();
    assertThat(ended.code()).as(ended.err()).isZero();
    long rows = 0;
    for (JsonNode step : JsonMapper.shared().readTree(ended.out()).path("steps")) {
      rows = Math.max(rows, step.path("rows").asLong(0));
    }
    assertThat(rows).as("over both runs: no row is copied twice").isEqualTo(ROWS);
    assertThat(Catalog.of(server.dataSource())).isEqualTo(Catalog.of(plain.dataSource()));
    assertThat(server.ask(ROWS_AS_TEXT)).isEqualTo(plain.ask(ROWS_AS_TEXT));
    assertThat(flyway(server).verdict().content()).isTrue();
  }

  private Running apply() throws Exception {
    return sluice()
        .start(
            "apply",
            "plan.json",
            "--migrations",
            "db",
            "--all",
            "--yes",
            "--deployed",
            "--format",
            "json");
  }

  private void awaitTheMiddle(Running running) throws Exception {
    while (server.ask("SELECT to_regclass('sluice.step')").equals("null")
        || Long.parseLong(server.ask(COPIED)) < ROWS / 10) {
      assertThat(running.process().isAlive()).as("it ended before its middle").isTrue();
      Thread.sleep(10);
    }
  }

  private long copied() throws Exception {
    return Long.parseLong(server.ask("SELECT count(*) FROM customers WHERE full_name IS NOT NULL"));
  }

  private Launcher sluice() {
    return new Launcher(here, Map.of("FLYWAY_URL", server.url()));
  }

  private PlainFlyway flyway(Postgres.Database database) {
    return new PlainFlyway(here.resolve("db"), database.dataSource());
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(Files.createDirectories(here.resolve("db")).resolve(name), text);
  }
}
