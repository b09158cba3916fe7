package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.JsonSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake of a user has its own message and exit code, and leaves nothing behind. */
class BadInputTest {

  private static final String[] CLASSIFY = {"classify", "db", "--all", "--engine", "postgresql"};
  private static final String[] PLAN = {"plan", "db", "--all", "--engine", "postgresql"};

  @TempDir Path here;

  @Test
  void nothingSaysWhatIsPending() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    for (String command : new String[] {"classify", "plan"}) {
      Outcome outcome = Outcome.of(here, command, "db", "--engine", "postgresql");
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .contains("--from VERSION", "--since GITREF", "--all", "--connect", "--url");
    }
    assertThat(Outcome.of(here, "classify", "db").err()).contains("--each");
    assertThat(Outcome.of(here, "plan", "db").err()).doesNotContain("--each");
  }

  @Test
  void twoThatSayWhatIsPending() {
    refused(
        Outcome.of(here, "plan", "db", "--all", "--from", "3"),
        "--from and --all each say what is pending, and they need not agree",
        "  fix: keep one of them");
  }

  @Test
  void anOptionThatIsNone() {
    refused(
        Outcome.of(here, "plan", "--form", "3"),
        "sluice: Unknown option: '--form'",
        "  nearest: --format",
        "  fix: sluice plan --help");
    refused(
        Outcome.of(here, "plan", "--format", "xml"),
        "sluice: Invalid value for option '--format': xml is none of text, json, markdown, html",
        "  fix: sluice plan --help");
    refused(
        Outcome.of(here, "apply", "plan.json", "db"),
        "sluice: db: apply takes nothing there",
        "  fix: sluice apply --help");
  }

  @Test
  void aVersionThatNoMigrationHas() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    refused(
        Outcome.of(here, "plan", "db", "--from", "2", "--engine", "postgresql"),
        "--from 2: there is no such migration; the newest is db/V1__a.sql",
        "  fix: name the first version that is pending, or the directory where it lies");
    Files.createDirectory(here.resolve("empty"));
    refused(
        Outcome.of(here, "plan", "empty", "--all", "--engine", "postgresql"),
        "--all: there is no migration",
        "  fix: name the directory where they lie");
  }

  @Test
  void aCommitWhereThereIsNoRepository() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    Outcome outcome = Outcome.of(here, "plan", "db", "--since", "main", "--engine", "postgresql");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("--since main: ")
        .endsWith("db lies in no git repository\n  fix: use --from VERSION\n");
  }

  @Test
  void anEmptyFolderIsToldHoweverItIsAskedFor() throws IOException {
    Files.createDirectories(here.resolve("db"));
    for (String which : new String[] {"--all", "--each"}) {
      refused(
          Outcome.of(here, "classify", "db", which, "--engine", "postgresql"),
          which + ": there is no migration",
          "  fix: name the directory where they lie");
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsToldOnce() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    Files.createSymbolicLink(here.resolve("db/V2__b.sql"), Path.of("nowhere"));
    Files.createSymbolicLink(here.resolve("db/loop"), Path.of("."));
    Outcome outcome = Outcome.of(here, CLASSIFY);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .endsWith(
            """
            db/V2__b.sql: a link that leads nowhere; Flyway would pass over it in silence
              fix: put back what it leads to, or take it away
            """)
        .doesNotContain("loop");
  }

  @Test
  void whatAPipelineIsToFailOn() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("db/V2__b.sql", "alter table a drop column id;\nfrobnicate;");
    String[] classify = {"classify", "db", "--from", "2", "--engine", "postgresql", "--fail-on"};
    refused(
        Outcome.of(here, plus(classify, "breakage")),
        "--fail-on breakage: no such kind",
        "  fix: expand, contract, rename, replace, backfill, none, unknown, drift, remark, refused;"
            + " several with commas between");
    // The second run says what the first one kept.
    for (int run = 0; run < 2; run++) {
      Outcome outcome = Outcome.of(here, plus(classify, "unknown,contract,drift"));
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).contains("contract · post-deploy · a.id");
      assertThat(outcome.err())
          .isEqualTo(
              """
              --fail-on unknown: db/V2__b.sql:2:1
              --fail-on contract: db/V2__b.sql:1:1
              """);
      assertThat(Outcome.of(here, plus(classify, "rename,refused")).code()).isZero();
    }
    write("db/V2__b.sql", "alter table a alter id type date, alter id set not null;");
    Outcome refused = Outcome.of(here, plus(classify, "refused"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("--fail-on refused: db/V2__b.sql:1:1\n");
    write("db/v3__c.sql", "");
    assertThat(Outcome.of(here, plus(classify, "remark")).err())
        .isEqualTo("--fail-on remark: db/v3__c.sql\n");
  }

  @Test
  void sizesOfAFileAreShownWithTheLockedTable() throws IOException {
    write("db/V1__a.sql", "create table a (id int);\ncreate table b (id int);");
    write(
        "db/V2__b.sql",
        "alter table a alter column id type bigint;\nalter table b alter column id type bigint;");
    write(
        "stats.json",
        """
        {"formatVersion": 1, "engine": "postgresql", "engineVersion": "17", "tables": [
          {"schema": "public", "table": "a", "rows": 1200000, "bytes": 157286400}]}
        """);
    String[] classify = {
      "classify", "db", "--from", "2", "--engine", "postgresql", "--stats", "stats.json"
    };
    assertThat(Outcome.of(here, classify).out())
        .contains(
            "ACCESS EXCLUSIVE on a (1,200,000 rows, 150 MB) while the table is rewritten: ",
            "ACCESS EXCLUSIVE on b while the table is rewritten: ");
    String json = Outcome.of(here, plus(classify, "--format", "json")).out();
    assertThat(JsonSchema.of(Path.of("docs/classify.schema.json")).breaches(json)).isEmpty();
    assertThat(json.replaceAll("\\s+", ""))
        .contains(
            "{\"relation\":\"a\",\"mode\":\"ACCESSEXCLUSIVE\",\"rows\":1200000,\"bytes\":157286400}",
            "{\"relation\":\"b\",\"mode\":\"ACCESSEXCLUSIVE\",\"rows\":null,\"bytes\":null}");
  }

  @Test
  void anEngineThatNobodyKnows() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    refused(
        Outcome.of(here, "plan", "db", "--all", "--engine", "oracle"),
        "--engine oracle: no engine that Sluice knows",
        "  fix: --engine postgresql, mysql or mariadb, or with a version --engine postgresql:17");
    Outcome version = Outcome.of(here, "plan", "db", "--all", "--engine", "postgresql:new");
    assertThat(version.code()).isEqualTo(2);
    assertThat(version.err()).startsWith("--engine postgresql:new: \"new\" is no engine version");
  }

  @Test
  void aVersionThatIsNewerThanAnyKnownIsJudgedLikeTheNewestAndSaysSo() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    for (String engine : new String[] {"postgresql:99", "mysql:9.9", "mariadb:99"}) {
      // Twice: the second run says what the first one kept.
      for (int run = 0; run < 2; run++) {
        Outcome outcome = Outcome.of(here, "classify", "db", "--all", "--engine", engine);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("create table a");
        assertThat(outcome.err())
            .startsWith("--engine " + engine + ": newer than any ")
            .contains(" that is known; it is judged like ")
            .hasLineCount(2);
      }
    }
    assertThat(Outcome.of(here, "plan", "db", "--all", "--engine", "postgresql:19").err())
        .startsWith(
            "--engine postgresql:19: newer than any PostgreSQL that is known; it is judged like 18,");
    for (String engine :
        new String[] {"postgresql:18.7", "mysql:9.7.3", "mysql:8.4", "mariadb:11.8.9"}) {
      assertThat(Outcome.of(here, "plan", "db", "--all", "--engine", engine).err()).isEmpty();
    }
    Outcome old = Outcome.of(here, "plan", "db", "--all", "--engine", "mysql:5.7");
    assertThat(old.code()).isEqualTo(2);
    assertThat(old.err()).contains("the oldest that is known is 8");
    Outcome nonsense = Outcome.of(here, "plan", "db", "--all", "--engine", "mysql:99999999999");
    assertThat(nonsense.code()).isEqualTo(2);
    assertThat(nonsense.err())
        .startsWith("--engine mysql:99999999999: \"99999999999\" is no engine version");
  }

  @Test
  void aVersionAtWhichRepeatablesAloneArePendingIsSaidToHaveNothingVersioned() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("db/R__v.sql", "create or replace view v as select id from a;");
    for (String command : new String[] {"classify", "plan", "classify"}) {
      Outcome outcome = Outcome.of(here, command, "db", "--from", "99", "--engine", "postgresql");
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).contains("view v");
      assertThat(outcome.err())
          .isEqualTo(
              """
              --from 99: no versioned migration is pending; the newest is db/V1__a.sql. Repeatable ones alone go out
                fix: none where that is meant; else name the first version that is pending
              """);
      assertThat(Outcome.of(here, command, "db", "--from", "1", "--engine", "postgresql").err())
          .isEmpty();
    }
  }

  @Test
  void aPlaceThatNothingCanBeWrittenTo() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    Outcome nowhere = Outcome.of(here, plus(PLAN, "-o", "nowhere/plan.json"));
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.out()).isEmpty();
    assertThat(nowhere.err())
        .startsWith("nowhere/plan.json: cannot be written: there is no directory ")
        .endsWith("\n  fix: another place with -o\n");
    refused(
        Outcome.of(here, plus(PLAN, "-o", "db")),
        "db: cannot be written: it is a directory",
        "  fix: another place with -o");
  }

  @Test
  void sizesThatAreNone() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    refused(
        Outcome.of(here, plus(PLAN, "--stats", "stats.json")),
        "stats.json: there is no such file",
        "  fix: name what `sluice stats -o FILE` wrote");
    Map.of(
            "[", "no JSON",
            "{}", "no table sizes of formatVersion 1",
            "{\"formatVersion\": 1, \"engine\": \"mysql\", \"tables\": []}",
                "not made on PostgreSQL",
            "{\"formatVersion\": 1, \"engine\": \"postgresql\", \"tables\": [{\"table\": \"a\"}]}",
                "tables[0] lacks schema, table, rows or bytes")
        .forEach(
            (text, why) -> {
              try {
                write("stats.json", text);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              refused(
                  Outcome.of(here, plus(PLAN, "--stats", "stats.json")),
                  "stats.json: " + why,
                  "  fix: make it again with `sluice stats`");
            });
    refused(
        Outcome.of(here, "plan", "db", "--connect", "--stats", "stats.json"),
        "--stats is for where nobody connects; the database itself says how large tables are",
        "  fix: leave out --stats, or --connect and --url");
  }

  private static String[] plus(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  @Test
  void aVersionThatIsNone() {
    Outcome outcome = Outcome.of(here, "plan", "db", "--from", "three");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("--from: \"three\" is no version");
  }

  @Test
  void noEngine() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    Outcome outcome = Outcome.of(here, "plan", "db", "--all");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("no engine", "fix: --engine postgresql");
  }

  @Test
  void historiesOfMySqlAndMariadbAreClassified() throws IOException {
    write("db/V1__a.sql", "create table a (id int) engine=InnoDB;");
    write("db/V2__b.sql", "alter table `a` change id number bigint not null first;");
    Outcome outcome = Outcome.of(here, "classify", "db", "--from", "2", "--engine", "mysql");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("the old version says id, the new one number");
    Outcome configured =
        Outcome.of(here, Map.of("FLYWAY_URL", "jdbc:mariadb://h/shop"), "classify", "db", "--each");
    assertThat(configured.err()).isEmpty();
    assertThat(configured.code()).isZero();
  }

  @Test
  void aConfiguredUrlAloneMakesNobodyConnect() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    Outcome outcome =
        Outcome.of(
            here, Map.of("FLYWAY_URL", "jdbc:postgresql://192.0.2.1/shop"), "plan", "db", "--all");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  @Test
  void aMissingDirectory() {
    Outcome outcome = Outcome.of(here, CLASSIFY);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("db: there is no such directory\n")
        .contains("fix: name the directory of the migrations");
  }

  @Test
  void aMalformedFileName() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("db/V2_b.sql", "create table b (id int);");
    for (String[] command : new String[][] {CLASSIFY, PLAN}) {
      Outcome outcome = Outcome.of(here, command);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).startsWith("db/V2_b.sql: ").contains("V2__b.sql");
    }
  }

  @Test
  void anUnknownPlaceholder() throws IOException {
    write("db/V1__a.sql", "create table a (id int);\ncreate table ${prefix}_b (id int);");
    Outcome outcome = Outcome.of(here, PLAN);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("db/V1__a.sql:2:14: ").contains("${prefix}", "fix: ");
  }

  @Test
  void aPlaceholdersValueIsNeverShown() throws IOException {
    write("db/V1__a.sql", "create table a (id int);\ncreate role app password '${secret}';");
    for (String[] command : new String[][] {CLASSIFY, PLAN}) {
      for (String format : new String[] {"text", "json"}) {
        String[] args = Arrays.copyOf(command, command.length + 2);
        args[command.length] = "--format";
        args[command.length + 1] = format;
        Outcome outcome =
            Outcome.of(here, Map.of("FLYWAY_PLACEHOLDERS_SECRET", "open-sesame"), args);
        assertThat(outcome.code()).isLessThan(2);
        assertThat(outcome.out()).contains("${secret}").doesNotContain("open-sesame");
      }
    }
  }

  @Test
  void anUnreadableStatementIsSaidToBeUnknownAndStopsThePlan() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("db/V2__b.sql", "-- why\nalter tabel a frobnicate;");
    Outcome classified =
        Outcome.of(here, "classify", "db", "--from", "2", "--engine", "postgresql");
    assertThat(classified.code()).isZero();
    assertThat(classified.out()).contains("db/V2__b.sql  unknown", "2:1  alter tabel a frobnicate");

    Outcome planned =
        Outcome.of(here, "plan", "db", "--from", "2", "--engine", "postgresql", "-o", "plan.json");
    assertThat(planned.code()).isEqualTo(1);
    assertThat(planned.out()).contains("directive needed", "db/V2__b.sql:2:1");
  }

  @Test
  void aMisspeltSetting() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("sluice.toml", "[lock]\ntime-out = \"1s\"\n");
    refused(
        Outcome.of(here, PLAN),
        "sluice.toml: lock.time-out: no such setting",
        "  fix: write lock.timeout, or take it out; docs/settings.md has all of them");
  }

  @Test
  void aSettingsFileThatIsNoToml() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("sluice.toml", "[lock]\ntimeout = 1s\"\n");
    Outcome outcome = Outcome.of(here, PLAN);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("sluice.toml:2:")
        .contains(": not TOML: ")
        .endsWith("\n  fix: put that line right\n");
  }

  /** Also where this command would never ask for it. */
  @Test
  void aSettingsValueThatIsNone() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("sluice.toml", "lock.timeout = \"5 bananas\"\n");
    Outcome outcome = Outcome.of(here, PLAN);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("sluice.toml: lock.timeout is \"5 bananas\"")
        .contains("fix: ");
  }

  @Test
  void aSettingsFileThatIsNotThere() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    Outcome outcome =
        Outcome.of(here, "plan", "db", "--all", "--engine", "postgresql", "--config", "my.toml");
    refused(outcome, "my.toml: there is no such file", "  fix: name another with --config");
  }

  @Test
  void directivesForAMigrationThatIsNotThere() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("sluice.toml", "[migration.7]\ndirectives = ['fill \"1\"']\n");
    Outcome outcome = Outcome.of(here, PLAN);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("sluice.toml: migration.7.directives: there is no migration 7\n");
  }

  @Test
  void aPlanThatIsNotThere() {
    refused(
        Outcome.of(here, "apply", "plan.json", "--all"),
        "plan.json: there is no such file",
        "  fix: name what `sluice plan -o FILE` wrote");
  }

  @Test
  void aPlanThatIsNone() throws IOException {
    write("plan.json", "{\"formatVersion\": 1,\n");
    Outcome outcome = Outcome.of(here, "apply", "plan.json", "--all");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("plan.json: no JSON from line ")
        .endsWith("\n  fix: make it again with `sluice plan`\n");
  }

  @Test
  void aPlanThatWasEdited() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    assertThat(
            Outcome.of(here, "plan", "db", "--all", "--engine", "postgresql", "-o", "plan.json")
                .code())
        .isZero();
    write("plan.json", Files.readString(here.resolve("plan.json")).replace("(id int)", "(i int)"));
    Outcome outcome = Outcome.of(here, "apply", "plan.json", "--all");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("plan.json: the plan was changed after it was made");
  }

  @Test
  void noPhaseAndNoDatabase() {
    refused(
        Outcome.of(here, "apply"),
        "nothing says how far to go",
        "  fix: --phase pre-deploy, --phase rolling, --phase post-deploy, or --all");
    for (String command : new String[] {"status", "pause", "resume", "abort"}) {
      Outcome outcome = Outcome.of(here, command);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("no database: flyway.url is not set\n");
    }
  }

  @Test
  void anOptionOfFlywayThatIsNone() {
    Outcome outcome = Outcome.of(here, "plan", "--all", "-X.lock.timeout=1s");
    refused(outcome, "-X.lock.timeout: no setting of Flyway's", "  fix: write -X.flyway.KEY=VALUE");
  }

  @Test
  void aPasswordCommandThatFailsSaysNothingOfWhatItPrinted() throws IOException {
    write("db/V1__a.sql", "create table a (id int);");
    write("sluice.toml", "login.password-command = \"echo open-sesame; exit 3\"\n");
    Outcome outcome = Outcome.of(here, "status", "--url", "jdbc:postgresql://localhost:1/shop");
    refused(
        outcome,
        "login.password-command: ended with 3",
        "  fix: run it by hand; its first line of output is the password");
  }

  private static void refused(Outcome outcome, String... lines) {
    assertThat(outcome.err()).isEqualTo(String.join("\n", lines) + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
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
