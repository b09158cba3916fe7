package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewriteCommandTest {

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void history() throws IOException {
    write(
        "V1__items.sql",
        "CREATE TABLE items (id bigint PRIMARY KEY, name varchar(40), note text);\n");
    write(
        "V2__key.sql",
        """
        -- Names are looked for.
        CREATE INDEX items_name ON items (name); -- by everybody

        /* Nobody reads notes. */
        ALTER TABLE items DROP COLUMN note;
        -- That was all.
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"16", "17", "18", "19", "22", "23", "28", "29"})
  void theSample(String version) {
    Outcome outcome =
        Outcome.of(
            Path.of(""),
            "rewrite",
            version,
            "migrations-sample/postgresql",
            "--engine",
            "postgresql:17",
            "--dry-run");
    assertThat(outcome.code()).isZero();
    Golden.check("rewrite/sample-" + version + ".txt", outcome.out() + outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql:8.0.31", "mariadb:11.4"})
  void onMysqlAFileIsAPhase(String engine) throws IOException {
    write(
        "V1__items.sql",
        """
        CREATE TABLE items (
          shop int NOT NULL,
          code varchar(20) NOT NULL,
          name varchar(40) NOT NULL,
          note text,
          PRIMARY KEY (shop, code),
          KEY items_name (name)
        );
        """);
    write(
        "V2__key.sql",
        """
        # The new version says title.
        ALTER TABLE items RENAME COLUMN name TO title;
        """);
    Outcome outcome = rewrite("--engine", engine, "--dry-run");
    assertThat(outcome.code()).isZero();
    Golden.check("rewrite/" + engine.replaceAll(":.*", "") + ".txt", outcome.out() + outcome.err());
  }

  @Test
  void offlineItIsWrittenWhereSomebodySaysThatItIsAppliedNowhere() throws IOException {
    String before = read("V2__key.sql");
    Outcome unsaid = rewrite();
    assertThat(unsaid.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(unsaid.err()).contains("offline nobody knows", "--yes");
    assertThat(files()).containsExactly("V1__items.sql", "V2__key.sql");
    assertThat(read("V2__key.sql")).isEqualTo(before);

    Outcome said = rewrite("--yes");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(files())
        .containsExactly(
            "V1__items.sql", "V2.1__key_post_deploy.sql", "V2__key.sql", "V2__key.sql.conf");
    assertThat(read("V2__key.sql.conf")).isEqualTo("executeInTransaction=false\n");
    assertThat(read("V2__key.sql")).contains("CREATE INDEX CONCURRENTLY items_name");
    assertThat(read("V2.1__key_post_deploy.sql")).contains("DROP COLUMN note;");
  }

  @Test
  void commentsGoWithTheirStatements() throws IOException {
    assertThat(rewrite("--yes").code()).isZero();
    assertThat(read("V2__key.sql")).contains("-- Names are looked for.\n-- by everybody\n");
    assertThat(read("V2.1__key_post_deploy.sql"))
        .contains("/* Nobody reads notes. */")
        .endsWith("\n-- That was all.\n");
  }

  @Test
  void whatItWroteIsNotSplitAgain() {
    assertThat(rewrite("--yes").code()).isZero();
    Outcome again = rewrite("--yes");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("nothing to split");
    assertThat(
            Outcome.of(folder, "rewrite", "2.1", "db", "--engine", "postgresql:17", "--yes").out())
        .contains("nothing to split");
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws IOException {
    write("V2.1__key_post_deploy.sql.conf", "executeInTransaction=true\n");
    String before = read("V2__key.sql");
    write("V2.1__key_post_deploy.sql.txt", "");
    Files.createDirectories(folder.resolve("db/V2.1__key_post_deploy.sql"));
    Outcome outcome = rewrite("--yes");
    assertThat(outcome.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(outcome.err()).contains("V2.1__key_post_deploy.sql is there already");
    assertThat(read("V2__key.sql")).isEqualTo(before);
  }

  @Test
  void aLaterMigrationStaysBehind() throws IOException {
    write("V2.1__colour.sql", "ALTER TABLE items ADD COLUMN colour text;\n");
    Outcome outcome = rewrite("--yes");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("Flyway runs 2.1 behind 2.0.1");
    assertThat(files())
        .containsExactly(
            "V1__items.sql",
            "V2.0.1__key_post_deploy.sql",
            "V2.1__colour.sql",
            "V2__key.sql",
            "V2__key.sql.conf");
  }

  @Test
  void anotherDirectoryLeavesTheMigrationAsItIs() throws IOException {
    Files.createDirectories(folder.resolve("new"));
    String before = read("V2__key.sql");
    Outcome outcome = rewrite("--out", "new");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(files()).containsExactly("V1__items.sql", "V2__key.sql");
    assertThat(read("V2__key.sql")).isEqualTo(before);
    assertThat(names(folder.resolve("new")))
        .containsExactly("V2.1__key_post_deploy.sql", "V2__key.sql", "V2__key.sql.conf");
  }

  @Test
  void itsSettingsCountForAllAndItsDirectivesAreCarriedOut() throws IOException {
    write(
        "V2__key.sql",
        """
        UPDATE items SET name = '${x}' WHERE name IS NULL;
        ALTER TABLE items DROP COLUMN note;
        """);
    write("V2__key.sql.conf", "placeholderReplacement=false\n");
    write("V2__key.sql.sluice", "line 1: phase pre-deploy: the old version may see it\n");
    Outcome outcome = rewrite("--yes");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(files())
        .containsExactly(
            "V1__items.sql",
            "V2.1__key_post_deploy.sql",
            "V2.1__key_post_deploy.sql.conf",
            "V2__key.sql",
            "V2__key.sql.conf");
    assertThat(read("V2__key.sql.conf"))
        .isEqualTo("placeholderReplacement=false\nexecuteInTransaction=false\n");
    assertThat(read("V2.1__key_post_deploy.sql.conf")).isEqualTo("placeholderReplacement=false\n");
    assertThat(read("V2__key.sql")).contains("phase pre-deploy: the old version may see it");
  }

  @Test
  void whatAPlanRefusesIsNotRewritten() throws IOException {
    write("V2__key.sql", "UPDATE items SET name = lower(name);\n");
    Outcome outcome = rewrite("--yes");
    assertThat(outcome.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(outcome.out()).contains("directive needed");
    assertThat(files()).containsExactly("V1__items.sql", "V2__key.sql");
  }

  @Test
  void theLinesEndAsTheyDid() throws IOException {
    write("V2__key.sql", read("V2__key.sql").replace("\n", "\r\n"));
    assertThat(rewrite("--yes").code()).isZero();
    assertThat(read("V2__key.sql").replace("\r\n", "")).doesNotContain("\n");
  }

  @Test
  void whatIsNoMigrationIsNamed() {
    Outcome none = Outcome.of(folder, "rewrite", "7", "db", "--engine", "postgresql");
    assertThat(none.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(none.err()).contains("7: there is no such migration");
    Outcome words = Outcome.of(folder, "rewrite", "key", "db", "--engine", "postgresql");
    assertThat(words.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(words.err()).contains("\"key\" is no version");
  }

  private Outcome rewrite(String... more) {
    List<String> args = new ArrayList<>(List.of("rewrite", "2", "db"));
    args.addAll(List.of(more));
    if (!args.contains("--engine")) {
      args.addAll(List.of("--engine", "postgresql:17"));
    }
    return Outcome.of(folder, args.toArray(String[]::new));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("db").resolve(name), text);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve("db").resolve(name));
  }

  private List<String> files() throws IOException {
    return names(folder.resolve("db"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
