package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Catalog;
import dev.sluice.testing.JsonSchema;
import dev.sluice.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release whose abort met an obstacle, by commands only. */
class HalfAbortedIT {

  @TempDir Path here;
  private final Postgres.Database server = Postgres.freshDatabase();

  @Test
  void itIsSaidToBeSoAndGoesOnBackwardsOnly() throws Exception {
    Path db = Files.createDirectory(here.resolve("db"));
    Files.writeString(
        db.resolve("V1__a.sql"),
        "create table a (id int primary key, n int);\ncreate index a_n on a (n);\n");
    plan();
    assertThat(
            sluice("apply", "plan.json", "--all", "--yes", "--deployed", "--migrations", "db")
                .code())
        .isZero();
    SortedSet<String> before = Catalog.of(server.dataSource());
    Files.writeString(
        db.resolve("V2__b.sql"),
        """
        alter table a add column b int;
        alter index a_n rename to a_by_n;
        alter table a add column c int;
        """);
    plan();
    assertThat(preDeploy().code()).isZero();
    server.execute("CREATE INDEX a_n ON a (id)");

    Outcome stuck = sluice("abort", "--migrations", "db");
    assertThat(stuck.code()).isEqualTo(4);
    assertThat(stuck.err()).contains("was not taken back", "a_n", "run the same command again");
    SortedSet<String> half = Catalog.of(server.dataSource());

    assertThat(sluice("status").out())
        .contains(": open, half taken back\n")
        .contains("its abort did not come to its end: step 2.")
        .contains("next: sluice abort, which goes on where it was");
    String json = sluice("status", "--format", "json").out();
    assertThat(JsonSchema.of(Path.of("docs/status.schema.json")).breaches(json)).isEmpty();
    assertThat(json).contains("\"aborting\" : true");

    Outcome byJournal = sluice("apply", "--phase", "pre-deploy", "--migrations", "db");
    for (Outcome refused : List.of(preDeploy(), byJournal)) {
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("is half taken back", "fix: `sluice abort` goes on");
    }
    assertThat(Catalog.of(server.dataSource())).isEqualTo(half);
    for (String command : new String[] {"plan", "classify"}) {
      Outcome told = sluice(command, "db", "--connect");
      // What is half there, the server refuses to make again: no plan until that has ended.
      assertThat(told.code()).isEqualTo(command.equals("plan") ? 1 : 0);
      assertThat(told.out() + told.err())
          .contains(
              " is half taken back: its abort was begun and did not come to its end\n",
              "  costs: sluice apply refuses another plan until it has ended, ",
              "  fix: `sluice abort` goes on with that\n");
    }

    server.execute("DROP INDEX a_n");
    assertThat(sluice("abort", "--migrations", "db").code()).isZero();
    assertThat(Catalog.of(server.dataSource())).isEqualTo(before);
    assertThat(sluice("status").out()).contains(": aborted\n").doesNotContain("undone, ");
    assertThat(preDeploy().code()).as("and it can be begun again").isZero();
  }

  private void plan() {
    assertThat(sluice("plan", "db", "--connect", "-o", "plan.json").code()).isZero();
  }

  private Outcome preDeploy() {
    return sluice("apply", "plan.json", "--phase", "pre-deploy", "--migrations", "db");
  }

  private Outcome sluice(String... args) {
    return Outcome.of(here, Map.of("FLYWAY_URL", server.url()), args);
  }
}
