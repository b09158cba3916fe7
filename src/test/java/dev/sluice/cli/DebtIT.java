package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.testing.JsonSchema;
import dev.sluice.testing.ServerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A release begins while an older one still owes its contract steps, by commands only. */
@ParameterizedClass
@EnumSource(Engine.class)
class DebtIT {

  private static final String OWING = "2026-11-21-2";

  @TempDir Path here;
  private final Engine engine;
  private final ServerDatabase server;

  DebtIT(Engine engine) {
    this.engine = engine;
    this.server = ServerDatabase.fresh(engine);
  }

  @BeforeEach
  void aReleaseThatIsInPreDeploy() throws Exception {
    write("db/V1__a.sql", "create table a (id int primary key, old text not null);\n");
    plan("first.json");
    assertThat(sluice("apply", "first.json", "--all", "--yes", "--deployed").code()).isZero();
    write("db/V2__b.sql", "alter table a add column b int;\nalter table a drop column old;\n");
    plan("older.json");
    assertThat(sluice("apply", "older.json", "--phase", "pre-deploy").code()).isZero();
    write(
        "db/V3__c.sql",
        "alter table a add column old int not null default 7;\nalter table a drop column b;\n");
  }

  private void rollOut() throws Exception {
    assertThat(sluice("apply", "--phase", "rolling", "--deployed").code()).isZero();
  }

  @Test
  void whatIsOwedComesFirstAndTheRestIsPlannedOnWhatItLeaves() throws Exception {
    rollOut();
    Outcome planned = plan("plan.json");
    assertThat(planned.out())
        .contains("still owed by " + OWING + ": those steps come first\n\ndebt\n  2.")
        .contains("add column a.old")
        .doesNotContain("conflict");
    assertThat(planned.err()).contains("a plan that is made now begins with what it owes");
    String json = Files.readString(here.resolve("plan.json"));
    assertThat(JsonSchema.of(Path.of("docs/plan.schema.json")).breaches(json)).isEmpty();
    assertThat(json).contains("\"debt\" : [ \"" + OWING + "\" ]");

    Outcome unconfirmed = sluice("apply", "plan.json", "--phase", "pre-deploy");
    assertThat(unconfirmed.code()).isEqualTo(3);
    assertThat(unconfirmed.err()).contains("nobody confirmed it");
    assertThat(columns()).isEqualTo("b integer, id integer, old text");

    assertThat(sluice("apply", "plan.json", "--phase", "pre-deploy", "--yes").code()).isZero();
    assertThat(columns()).isEqualTo("b integer, id integer, old integer");
    assertThat(sluice("apply", "--phase", "rolling", "--deployed").code()).isZero();
    assertThat(sluice("apply", "--phase", "post-deploy", "--yes").code()).isZero();
    assertThat(columns()).isEqualTo("id integer, old integer");
    assertThat(states()).isEqualTo("DONE, SUPERSEDED, DONE");
    assertThat(sluice("apply", "older.json", "--phase", "post-deploy", "--yes").err())
        .contains("a later release took over what release " + OWING + " still owed");
  }

  @Test
  void nothingIsTakenOverWhereTheRollOutOfTheOlderOneIsNotOver() throws Exception {
    write("db/V3__c.sql", "alter table a add column c int;\n");
    Outcome planned = plan("plan.json");
    assertThat(planned.out()).doesNotContain("still owed");
    assertThat(planned.err()).contains("sluice apply refuses another plan until it has ended");
    Outcome applied = sluice("apply", "plan.json", "--phase", "pre-deploy", "--yes");
    assertThat(applied.code()).isEqualTo(2);
    assertThat(applied.err())
        .contains("one release at a time", "where it is rolled out, make this plan again");
    assertThat(columns()).isEqualTo("b integer, id integer, old text");
  }

  @Test
  void aPlanIsStaleWhereTheDebtWasPaidMeanwhile() throws Exception {
    rollOut();
    plan("plan.json");
    assertThat(sluice("apply", "--phase", "post-deploy", "--yes").code()).isZero();
    Outcome applied = sluice("apply", "plan.json", "--phase", "pre-deploy", "--yes");
    assertThat(applied.code()).isEqualTo(2);
    assertThat(applied.err()).contains("is paid", "make the plan again");
    assertThat(columns()).isEqualTo("b integer, id integer");
  }

  @Test
  void anAbortGivesTheDebtBack() throws Exception {
    rollOut();
    plan("plan.json");
    assertThat(sluice("apply", "plan.json", "--phase", "pre-deploy").code()).isEqualTo(3);
    assertThat(sluice("abort", "--migrations", "db").code()).isZero();
    assertThat(sluice("status").out()).startsWith("release " + OWING + ": open");
    assertThat(sluice("apply", "--phase", "post-deploy", "--yes").code()).isZero();
    assertThat(columns()).isEqualTo("b integer, id integer");
  }

  @Test
  void anAbortLeavesAloneWhatTheOlderReleaseOwed() throws Exception {
    rollOut();
    plan("plan.json");
    assertThat(sluice("apply", "plan.json", "--phase", "pre-deploy", "--yes").code()).isZero();
    Outcome aborted = sluice("abort", "--migrations", "db");
    assertThat(aborted.err()).isEmpty();
    assertThat(aborted.code()).isZero();
    assertThat(columns()).isEqualTo("b integer, id integer");
    assertThat(states()).isEqualTo("DONE, DONE, ABORTED");
    plan("again.json");
    assertThat(sluice("apply", "again.json", "--all", "--yes", "--deployed").code()).isZero();
    assertThat(columns()).isEqualTo("id integer, old integer");
  }

  @Test
  void whatIsRecordedOnlyAtTheEndIsOwedToo() throws Exception {
    rollOut();
    assertThat(sluice("apply", "--phase", "post-deploy", "--yes").code()).isZero();
    write("sluice.toml", "plan.mark = \"after-contract\"\n");
    plan("third.json");
    assertThat(sluice("apply", "third.json", "--phase", "pre-deploy").code()).isZero();
    rollOut();
    assertThat(recorded()).as("Flyway knows nothing of it yet").isEqualTo("1, 2");

    write("db/V4__d.sql", "alter table a add column d int;\n");
    assertThat(plan("fourth.json").out()).contains("debt\n  3.", "record 3", "record 4");
    assertThat(sluice("apply", "fourth.json", "--all", "--yes", "--deployed").code()).isZero();
    assertThat(columns()).isEqualTo("d integer, id integer, old integer");
    assertThat(recorded()).isEqualTo("1, 2, 3, 4");
    Outcome after = sluice("plan", "db", "--connect");
    assertThat(after.out()).isEqualTo("nothing is pending: there is nothing to release\n");
  }

  /** The versions in Flyway's history, in the order in which they got there. */
  private String recorded() throws Exception {
    return server.ask(
        (engine == Engine.POSTGRESQL
                ? "SELECT string_agg(version, ', ' ORDER BY installed_rank)"
                : "SELECT group_concat(version ORDER BY installed_rank SEPARATOR ', ')")
            + " FROM flyway_schema_history WHERE version IS NOT NULL");
  }

  private Outcome plan(String file) {
    Outcome planned = sluice("plan", "db", "--connect", "-o", file);
    assertThat(planned.code()).as(planned.out() + planned.err()).isZero();
    return planned;
  }

  /** By name, with an integer as PostgreSQL calls it. */
  private String columns() throws Exception {
    String all =
        engine == Engine.POSTGRESQL
            ? "string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_name)"
            : "group_concat(concat(column_name, ' ', data_type) ORDER BY column_name SEPARATOR ', ')";
    String here = engine == Engine.POSTGRESQL ? "current_schema()" : "database()";
    return server
        .ask(
            "SELECT "
                + all
                + " FROM information_schema.columns WHERE table_name = 'a' AND table_schema = "
                + here)
        .replaceAll("\\bint\\b", "integer");
  }

  private String states() throws Exception {
    return server.ask(
        engine == Engine.POSTGRESQL
            ? "SELECT string_agg(state, ', ' ORDER BY id) FROM sluice.release"
            : "SELECT group_concat(state ORDER BY id SEPARATOR ', ') FROM sluice_release");
  }

  private void write(String file, String text) throws Exception {
    Path path = here.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Outcome sluice(String... args) {
    return Outcome.of(
        here,
        Map.of("FLYWAY_URL", server.url(), "FLYWAY_LOCATIONS", "filesystem:" + here.resolve("db")),
        args);
  }
}
