package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.Address;
import dev.sluice.database.RunnerLock;
import dev.sluice.testing.JsonSchema;
import dev.sluice.testing.Postgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, applies and watches a release on a real server, by commands only. */
class ApplyCommandIT {

  @TempDir Path here;
  private final Postgres.Database server = Postgres.freshDatabase();

  @BeforeEach
  void aTableAndWhatIsPendingForIt() throws Exception {
    write("db/V1__a.sql", "create table a (id int primary key, old text not null);\n");
    write("db/V2__b.sql", "alter table a add column b int;\nalter table a drop column old;\n");
    assertThat(sluice("plan", "db", "--connect", "-o", "first.json").code()).isZero();
  }

  @Test
  void phaseByPhaseToTheEnd() throws Exception {
    assertThat(sluice("apply", "first.json", "--all", "--yes", "--deployed").code()).isZero();
    write("db/V3__c.sql", "alter table a add column c int;\nalter table a drop column b;\n");
    Outcome planned = sluice("plan", "db", "--connect", "-o", "plan.json");
    assertThat(planned.code()).isZero();
    assertThat(planned.out()).contains("pre-deploy", "post-deploy");

    Outcome before = sluice("apply", "plan.json", "--phase", "pre-deploy");
    assertThat(before.err()).contains("done", "next: replace every node");
    assertThat(before.code()).isZero();
    assertThat(columns()).containsExactly("b", "c", "id");

    assertThat(sluice("status").out()).contains("open, in pre-deploy", "next: replace every node");
    String status = sluice("status", "--format", "json").out();
    assertThat(JsonSchema.of(Path.of("docs/status.schema.json")).breaches(status)).isEmpty();
    assertThat(status).contains("\"state\" : \"open\"");

    Outcome early = sluice("apply", "--phase", "post-deploy");
    assertThat(early.code()).isEqualTo(3);
    assertThat(early.err()).contains("of rolling is not done", "--phase rolling");

    Outcome waiting = sluice("apply", "--phase", "rolling");
    assertThat(waiting.code()).isEqualTo(3);
    assertThat(waiting.err()).contains("--deployed");
    assertThat(sluice("apply", "--phase", "rolling", "--deployed").code()).isZero();

    Outcome unconfirmed = sluice("apply", "--phase", "post-deploy");
    assertThat(unconfirmed.code()).isEqualTo(3);
    assertThat(unconfirmed.err()).contains("nobody confirmed it", "--yes");
    assertThat(columns()).containsExactly("b", "c", "id");

    Outcome end = sluice("apply", "--phase", "post-deploy", "--yes", "--format", "json");
    assertThat(end.code()).isZero();
    assertThat(JsonSchema.of(Path.of("docs/report.schema.json")).breaches(end.out())).isEmpty();
    assertThat(end.out()).contains("\"ok\" : true");
    assertThat(columns()).containsExactly("c", "id");
    assertThat(sluice("status").out()).contains(": done\n");

    for (Outcome again :
        List.of(
            sluice("apply", "plan.json", "--phase", "post-deploy", "--yes"),
            sluice("apply", "--phase", "post-deploy"))) {
      assertThat(again.code()).isZero();
      assertThat(again.err()).contains("nothing to do: release 2026-11-21-3 is done\n");
    }
    Outcome abort = sluice("abort", "--rolled-back", "--migrations", "db");
    assertThat(abort.code()).isEqualTo(2);
    assertThat(abort.err())
        .contains("the last one, 2026-11-21-3, is done, and only an open one is taken back");
  }

  @Test
  void thePhasesThatAreMissingAreNamedTheFirstOneFirst() throws Exception {
    assertThat(sluice("apply", "first.json", "--all", "--yes", "--deployed").code()).isZero();
    write("db/V3__c.sql", "alter table a add column c int;\nalter table a drop column b;\n");
    assertThat(sluice("plan", "db", "--connect", "-o", "plan.json").code()).isZero();
    Outcome early = sluice("apply", "plan.json", "--phase", "post-deploy");
    assertThat(early.code()).isEqualTo(3);
    assertThat(early.err())
        .contains("of pre-deploy is not done; what comes after it needs it; nothing was changed")
        .contains(
            "fix: first run `sluice apply PLAN --phase pre-deploy`, then `sluice apply --phase")
        .contains("rolling --deployed` when every node runs the new version");
    Outcome unplanned = sluice("apply", "--phase", "pre-deploy");
    assertThat(unplanned.code()).isEqualTo(2);
    assertThat(unplanned.err()).contains("no release is open on", "pending: V3__c.sql");
  }

  @Test
  void whereNothingIsPendingNoReleaseIsMade() throws Exception {
    assertThat(sluice("apply", "first.json", "--all", "--yes", "--deployed").code()).isZero();
    Outcome planned = sluice("plan", "db", "--connect", "-o", "none.json");
    assertThat(planned.code()).isZero();
    assertThat(planned.out()).isEqualTo("nothing is pending: there is nothing to release\n");
    Outcome applied = sluice("apply", "none.json", "--phase", "pre-deploy");
    assertThat(applied.code()).isZero();
    assertThat(applied.err()).startsWith("nothing to do");
    assertThat(sluice("status").out()).startsWith("release 2026-11-21-2: done\n");
    write("db/V1__a.sql", "create table a (id bigint primary key, old text not null);\n");
    assertThat(sluice("plan", "db", "--connect").err())
        .contains("Flyway would refuse to run here", "db/V1__a.sql: edited", "fix: ");
  }

  @Test
  void aPlanWhoseFilesChangedSinceIsRefusedAndNothingIsDone() throws Exception {
    write("db/V2__b.sql", "alter table a add column b bigint;\n");
    Outcome outcome = sluice("apply", "first.json", "--all", "--yes", "--deployed");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("V2__b.sql was edited since the plan was made; nothing was changed\n")
        .contains("fix: make the plan again with `sluice plan`");
    assertNothingDone();
  }

  @Test
  void aPlanThatStillAsksSomethingIsRefusedAndNothingIsDone() throws Exception {
    write("db/V3__c.sql", "alter tabel a frobnicate;\n");
    Outcome planned = sluice("plan", "db", "--connect", "-o", "asking.json");
    assertThat(planned.code()).isEqualTo(1);
    assertThat(planned.out()).contains("directive needed", "db/V3__c.sql:1:1");
    Outcome outcome = sluice("apply", "asking.json", "--all", "--yes", "--deployed");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("the plan is not ready: directive needed: ")
        .contains("; nothing was changed\n  fix: decide that, then make the plan again");
    assertNothingDone();
  }

  @Test
  void whereNothingIsOpenThereIsNothingToTakeBackOrPause() throws Exception {
    assertThat(sluice("status").out()).startsWith("no release was begun on jdbc:postgresql://");
    assertThat(sluice("status", "--format", "json").out()).isEqualTo("{\"release\" : null}\n");
    for (String command : List.of("pause", "resume")) {
      assertThat(sluice(command).code()).isEqualTo(2);
      assertThat(sluice(command).err()).startsWith("no release is open on ");
    }
    Outcome outcome = sluice("abort", "--migrations", "db");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("no release is open on ").contains("`sluice status`");
    assertNothingDone();
  }

  @Test
  void whatARoleMustNotReadIsSaidInTheServersWords() throws Exception {
    assertThat(sluice("apply", "first.json", "--phase", "pre-deploy", "--yes").code()).isZero();
    server.execute("CREATE ROLE reader LOGIN");
    String url = server.url().replaceFirst("user=[^&]*", "user=reader");
    for (String command : List.of("status", "pause", "resume")) {
      Outcome outcome = Outcome.of(here, command, "--url", url);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err())
          .startsWith("the database refused what Sluice needs: ")
          .contains("permission denied for schema sluice", "fix: ");
    }
    Outcome plan = Outcome.of(here, "plan", "db", "--url", url);
    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.err()).startsWith("Flyway's history: ").contains("permission denied", "fix: ");
  }

  @Test
  void theSizesOfOneDatabaseServeAPlanWithoutIt() throws Exception {
    server.execute(
        // autovacuum would make a free space map between the two runs, and with it more bytes
        "CREATE TABLE a (id int PRIMARY KEY, old text NOT NULL) WITH (autovacuum_enabled = off);"
            + " INSERT INTO a SELECT n, '' FROM generate_series(1, 5000) n; ANALYZE a");
    Outcome stats = sluice("stats");
    assertThat(JsonSchema.of(Path.of("docs/stats.schema.json")).breaches(stats.out())).isEmpty();
    assertThat(sluice("stats", "-o", "stats.json").code()).isZero();
    assertThat(Files.readString(here.resolve("stats.json"))).isEqualTo(stats.out());
    String[] plan = {"plan", "db", "--from", "2", "--engine", "postgresql"};
    assertThat(Outcome.of(here, plan).out()).doesNotContain("estimate:");
    List<String> informed = new ArrayList<>(List.of(plan));
    informed.addAll(List.of("--stats", "stats.json"));
    assertThat(Outcome.of(here, informed.toArray(String[]::new)).out())
        .contains("estimate: 5000 rows, ");

    Files.writeString(here.resolve("db/V3__c.sql"), "UPDATE a SET b = 1 WHERE b IS NULL;");
    String[] rows = {
      "plan",
      "db",
      "--from",
      "3",
      "--engine",
      "postgresql",
      "--stats",
      "stats.json",
      "--data-changes",
      "pre-deploy"
    };
    assertThat(Outcome.of(here, rows).out()).contains(" kB: 252 ms");
    Files.writeString(
        here.resolve("stats.json"),
        stats.out().replace("\"backfill\" : null", "\"backfill\" : 50"));
    assertThat(Outcome.of(here, rows).out())
        .as("by the rate of that server")
        .contains(" kB: 1 min 40 s");
    Files.writeString(here.resolve("sluice.toml"), "rate.backfill = 500\n");
    assertThat(Outcome.of(here, rows).out()).as("a setting is stronger").contains(" kB: 10.0 s");
  }

  @Test
  void aSecondRunnerIsToldWhoRunsAndChangesNothing() throws Exception {
    try (dev.sluice.database.Database database =
            dev.sluice.database.Database.open(Address.of(server.url()));
        RunnerLock lock = RunnerLock.take(database)) {
      lock.ensure();
      Outcome outcome = sluice("apply", "first.json", "--all", "--yes", "--deployed");
      assertThat(outcome.code()).isEqualTo(5);
      assertThat(outcome.err())
          .startsWith("somebody else is running on this database: pid ")
          .contains("nothing was changed", "fix: wait until it is done");
    }
    assertNothingDone();
  }

  @Test
  void aDatabaseThatIsDownIsNamedWithoutItsPassword() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    for (String command : List.of("status", "pause", "resume", "abort")) {
      Outcome outcome =
          Outcome.of(
              here,
              Map.of("FLYWAY_PASSWORD", "open-sesame"),
              command,
              "--url",
              "jdbc:postgresql://localhost:" + port + "/shop");
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .startsWith(
              "jdbc:postgresql://localhost:" + port + "/shop: no server takes connections there")
          .contains("fix: start the server")
          .doesNotContain("open-sesame");
    }
  }

  @Test
  void aWrongPasswordIsRefusedAndNotShown() throws Exception {
    server.execute("CREATE ROLE ann LOGIN PASSWORD 'right'");
    Path rules = Path.of(server.ask("SHOW hba_file"));
    String trusting = Files.readString(rules);
    try {
      Files.writeString(rules, "host all ann all scram-sha-256\n" + trusting);
      server.ask("SELECT pg_reload_conf()");
      String url = server.url().replaceFirst("\\?.*", "");
      awaitRefusal(url);
      Outcome wrong = login(url, "open-sesame");
      assertThat(wrong.code()).isEqualTo(2);
      assertThat(wrong.err())
          .startsWith(url + ": the login for user ann is refused")
          .contains("fix: correct user and password (FLYWAY_USER, FLYWAY_PASSWORD)")
          .doesNotContain("open-sesame");
      write("secret.txt", "right\n");
      write("sluice.toml", "login.password-file = \"secret.txt\"\n");
      assertThat(login(url, "").code()).as("the file is asked where Flyway has none").isZero();
    } finally {
      Files.writeString(rules, trusting);
      server.ask("SELECT pg_reload_conf()");
    }
  }

  /** The server reads its rules a moment after it was asked to. */
  private void awaitRefusal(String url) throws InterruptedException {
    for (int i = 0; i < 100 && login(url, "open-sesame").code() == 0; i++) {
      Thread.sleep(50);
    }
  }

  private Outcome login(String url, String password) {
    Map<String, String> environment =
        password.isEmpty()
            ? Map.of("FLYWAY_USER", "ann")
            : Map.of("FLYWAY_USER", "ann", "FLYWAY_PASSWORD", password);
    return Outcome.of(here, environment, "status", "--url", url);
  }

  private void assertNothingDone() throws Exception {
    assertThat(
            server.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
    assertThat(server.ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'sluice'"))
        .isEqualTo("0");
  }

  private List<String> columns() throws Exception {
    return List.of(
        server
            .ask(
                "SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute WHERE attrelid ="
                    + " 'a'::regclass AND attnum > 0 AND NOT attisdropped")
            .split(","));
  }

  private Outcome sluice(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (args[0].equals("apply")) {
      all.addAll(List.of("--migrations", "db"));
    }
    return Outcome.of(here, Map.of("FLYWAY_URL", server.url()), all.toArray(String[]::new));
  }

  private void write(String name, String text) throws IOException {
    Path file = here.resolve(name);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
