package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to migrations since a commit whose migrations are applied somewhere. */
class SinceCommitTest {

  private static final JsonSchema SCHEMA = JsonSchema.of(Path.of("docs/classify.schema.json"));

  @TempDir private Path here;

  @BeforeEach
  void aRepository() throws Exception {
    git("init", "-q", "-b", "main");
    write("db/V1__a.sql", "create table a (id int, old int);\n");
    write("db/V2__b.sql", "create table b (id int);\n");
    write("db/R__v.sql", "create or replace view v as select id, old from a;\n");
    commit();
  }

  @Test
  void aRenamedFileIsNotNewAndFlywayRefusesIt() throws Exception {
    git("mv", "db/V2__b.sql", "db/V2__bee.sql");
    assertThat(classify().out())
        .contains(
            "db/V2__bee.sql: renamed since main, where it is db/V2__b.sql\n"
                + "  costs: where it is applied, Flyway refuses to run: ",
            "\n  fix: git mv it back; ",
            "0 migrations");
  }

  @Test
  void aFileThatMovedToAnotherFolderIsTheSame() throws Exception {
    Files.createDirectories(here.resolve("db/old"));
    git("mv", "db/V2__b.sql", "db/old/V2__b.sql");
    assertThat(classify().out()).startsWith("0 migrations, 0 statements");
  }

  @Test
  void aRemovedFileIsTold() throws Exception {
    git("rm", "-q", "db/V2__b.sql");
    write("db/V3__c.sql", "alter table b add column c int;\n");
    assertThat(classify().out())
        .contains(
            "expand · pre-deploy · b.c",
            "ACCESS EXCLUSIVE on b for an instant",
            """
            db/V2__b.sql: removed since main
              costs: where it is applied, Flyway refuses to run
              fix: bring it back (git checkout main -- db/V2__b.sql); \
            """);
    assertThat(classify("-X.flyway.ignoreMigrationPatterns=*:missing").out())
        .contains("  costs: a new database lacks it\n");
  }

  @Test
  void aFileUnderAnotherVersionRunsASecondTime() throws Exception {
    git("mv", "db/V2__b.sql", "db/V9__b.sql");
    assertThat(classify().out())
        .contains(
            "db/V2__b.sql: removed since main, and db/V9__b.sql has its text\n",
            "Flyway refuses to run; what it did is run a second time\n");
  }

  @Test
  void aNewFileBelowTheNewestIsOutOfOrder() throws Exception {
    write("db/V1.5__late.sql", "alter table a add column late int;\n");
    assertThat(classify().out())
        .contains(
            "expand · pre-deploy · a.late",
            """
            db/V1.5__late.sql: new since main, and below version 2, which is there
              costs: where 2 is applied, Flyway refuses to run
              fix: give it a version above 2, or set flyway.outOfOrder=true\
            """);
    assertThat(classify("-X.flyway.outOfOrder=true").out()).doesNotContain("which is there");
    assertThat(classify("-X.flyway.ignoreMigrationPatterns=*:ignored").out())
        .contains("where 2 is applied, Flyway passes over it, and never runs it\n");
  }

  @Test
  void anEditedFileIsAnErrorThatTellsBothChecksums() throws Exception {
    write("db/V2__b.sql", "create table b (id bigint);\n");
    Outcome outcome = classify();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .matches(
            "(?s)db/V2__b\\.sql: edited since main: its checksum was -?\\d+ and is -?\\d+: where it"
                + " is applied, Flyway stops at its checksum\n  fix: bring the text of main back.*");
    git("mv", "db/V2__b.sql", "db/V2__bee.sql");
    assertThat(classify().err())
        .startsWith(
            "db/V2__bee.sql: edited since main, where it is db/V2__b.sql: its checksum was");
  }

  @Test
  void otherLineEndsAreNoEdit() throws Exception {
    write("db/V2__b.sql", "create table b (id int);\r\n");
    Outcome outcome = classify();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("0 migrations, 0 statements");
  }

  /** The commit says what the view was before. */
  @Test
  void aChangedRepeatableIsComparedWithWhatItWas() throws Exception {
    write("db/R__v.sql", "create or replace view v as select id from a;\n");
    String said = classify().out();
    assertThat(said).contains("db/R__v.sql").doesNotContain("not shown whether it is there");
    write("db/R__v.sql", "create or replace view v as select id, old, 1 as more from a;\n");
    assertThat(classify().out()).contains("expand · pre-deploy · v");
  }

  @Test
  void aRepeatableThatIsRenamedIsGoneAndNew() throws Exception {
    git("mv", "db/R__v.sql", "db/R__w.sql");
    assertThat(classify().out())
        .contains(
            "db/R__w.sql  ", "db/R__v.sql: removed since main, and db/R__w.sql has its text\n");
  }

  private Outcome classify(String... more) {
    List<String> all =
        new ArrayList<>(List.of("classify", "db", "--since", "main", "--engine", "postgresql:17"));
    all.addAll(List.of(more));
    Outcome outcome = Outcome.of(here, all.toArray(String[]::new));
    if (outcome.code() == 0) {
      all.addAll(List.of("--format", "json"));
      assertThat(SCHEMA.breaches(Outcome.of(here, all.toArray(String[]::new)).out())).isEmpty();
    }
    return outcome;
  }

  private void write(String name, String text) throws IOException {
    Path file = here.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void commit() throws Exception {
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(here.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
