package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations.Bystander;
import dev.sluice.migration.Version;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Source;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywayMigrationsTest {

  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void folder() {
    folder = new Folder(temp);
  }

  private List<String> labels() {
    return folder.read("postgresql").all().stream()
        .map(m -> m.type() + " " + m.label() + " " + m.description() + " " + m.script())
        .toList();
  }

  @Test
  void everyKindOfMigrationIsFoundInFlywaysOrder() {
    folder
        .with("V10__ten.sql", "")
        .with("V2__two_and_a_half.sql", "")
        .with("V1_1__one.one.sql", "")
        .with("sub/V3__three.sql", "")
        .with("R__zebra.sql", "")
        .with("R__ape.sql", "")
        .with("B2__base.sql", "")
        .with("V4__run.sh", "")
        .with("V5__Load.java", "package db.migration;\nclass V5__Load {}");
    assertThat(labels())
        .containsExactly(
            "VERSIONED 1.1 one.one V1_1__one.one.sql",
            "VERSIONED 2 two and a half V2__two_and_a_half.sql",
            "BASELINE 2 base B2__base.sql",
            "VERSIONED 3 three sub/V3__three.sql",
            "SCRIPT 4 run V4__run.sh",
            "JAVA 5 Load db.migration.V5__Load",
            "VERSIONED 10 ten V10__ten.sql",
            "REPEATABLE R:ape ape R__ape.sql",
            "REPEATABLE R:zebra zebra R__zebra.sql");
  }

  @Test
  void oddNamesThatFlywayTakesAreTaken() {
    folder
        .with("V20261121115000123456__x.sql", "")
        .with("V1__.sql", "")
        .with("V2.sql", "")
        .with("V3__añadir_größe_表.sql", "")
        .with("V4__UPPER.SQL", "")
        .with("V0005__x__y.sql", "");
    assertThat(labels())
        .containsExactly(
            "VERSIONED 1  V1__.sql",
            "VERSIONED 2  V2.sql",
            "VERSIONED 3 añadir größe 表 V3__añadir_größe_表.sql",
            "VERSIONED 4 UPPER V4__UPPER.SQL",
            "VERSIONED 0005 x  y V0005__x__y.sql",
            "VERSIONED 20261121115000123456 x V20261121115000123456__x.sql");
  }

  @Test
  void callbacksAndUndoFilesAreNamedAndNotPlanned() {
    folder
        .with("V1__x.sql", "")
        .with("U1__x.sql", "")
        .with("beforeMigrate.sql", "")
        .with("afterConnect__role.sql", "")
        .with("afterMigrate.sh", "")
        .with("V2__design.md", "")
        .with("README.md", "")
        .with("Review.sql", "")
        .with("data.csv", "");
    assertThat(labels()).hasSize(1);
    assertThat(folder.read("postgresql").bystanders())
        .containsExactlyInAnyOrder(
            new Bystander("sql/U1__x.sql", "undo migration", true),
            new Bystander("sql/beforeMigrate.sql", "callback beforeMigrate", true),
            new Bystander("sql/afterConnect__role.sql", "callback afterConnect", true),
            new Bystander("sql/afterMigrate.sh", "script callback afterMigrate", true),
            new Bystander(
                "sql/V2__design.md", "ignored by Flyway: no name that ends in .sql", false),
            new Bystander(
                "sql/Review.sql",
                "ignored by Flyway: no name that begins with V<version>__ or R__",
                false),
            new Bystander("sql/README.md", "ignored by Flyway: no name that ends in .sql", false),
            new Bystander("sql/data.csv", "ignored by Flyway: no name that ends in .sql", false));
  }

  @Test
  void aFileThatIsOneOpenCommentIsNamed() {
    folder
        .with("V1__x.sql", "-- what comes\n/* CREATE TABLE t (a INT);\n")
        .with("V2__x.sql", "/* nothing */ -- at all\n")
        .with("V3__x.sql", "");
    assertThat(folder.read("mysql").remarks())
        .extracting(r -> r.where() + ": " + r.what())
        .containsExactly(
            "sql/V1__x.sql:2:1: the comment that opens here is never closed, and nothing else is in"
                + " the file");
  }

  @Test
  void whatPeopleTakeForAMigrationAndNobodyReadsIsNamed() {
    folder
        .with("V1__x.sql", "")
        .with("v3__lower.sql", "")
        .with("r__lower.sql", "")
        .with("V2__gone.sql.conf", "encoding=UTF-8\n")
        .with("flyway.conf", "flyway.url=x\n")
        .with(".gitkeep", "");
    assertThat(folder.read("postgresql").remarks())
        .extracting(r -> r.where() + ": " + r.what() + "; " + r.cost() + "; " + r.fix())
        .containsExactly(
            "sql/V2__gone.sql.conf: settings for V2__gone.sql, which is not beside it; nobody reads"
                + " them: what they are meant for runs without; name it as the migration, with"
                + " .conf behind, or take it away",
            "sql/r__lower.sql: ignored by Flyway: its name begins with r, and Flyway's prefix is R;"
                + " it is never run; name it R__lower.sql",
            "sql/v3__lower.sql: ignored by Flyway: its name begins with v, and Flyway's prefix is V;"
                + " it is never run; name it V3__lower.sql");
    assertThat(folder.read("postgresql").bystanders()).isEmpty();
  }

  @Test
  void aMalformedNameIsAnErrorThatSaysWhatWasExpected() {
    folder
        .with("V7_add_email.sql", "")
        .with("V7_1-add.sql", "")
        .with("V8.a__x.sql", "")
        .with("R_views.sql", "")
        .with("B3_base.sql", "")
        .with("V9_x.sh", "");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessage(
            """
            sql/B3_base.sql: not a Flyway name; expected B<version>__<description>.sql (two underscores): B3__base.sql
            sql/R_views.sql: not a Flyway name; expected R__<description>.sql (two underscores): R__views.sql
            sql/V7_1-add.sql: not a Flyway name; expected V<version>__<description>.sql (two underscores): V7_1__add.sql
            sql/V7_add_email.sql: not a Flyway name; expected V<version>__<description>.sql (two underscores): V7__add_email.sql
            sql/V8.a__x.sql: not a Flyway name; expected V<version>__<description>.sql (two underscores): V8__a__x.sql
            sql/V9_x.sh: not a Flyway name; expected V<version>__<description>.sh (two underscores): V9__x.sh""");
  }

  @Test
  void whatFlywayPassesOverItRefusesWithValidateMigrationNaming() {
    folder
        .with("V1__x.sql", "")
        .with("R.sql", "")
        .with(".sql", "")
        .with("X1__a.sql", "")
        .with("v3__a.sql", "")
        .with("Views.sql", "")
        .with("V.sql", "")
        .with("beforeMigrate.sql", "")
        .with("helper.sh", "");
    assertThat(labels()).containsExactly("VERSIONED 1 x V1__x.sql");
    folder.set("validateMigrationNaming", "true");
    String why =
        ": no name that begins with V<version>__ or R__, and with flyway.validateMigrationNaming"
            + " Flyway refuses to run";
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessage(
            Stream.of("V.sql", "Views.sql", "X1__a.sql", "v3__a.sql")
                .map(name -> "sql/" + name + why)
                .collect(Collectors.joining("\n")));
  }

  @Test
  void otherPrefixesAreKnown() {
    folder
        .set("sqlMigrationPrefix", "mig")
        .set("sqlMigrationSeparator", "-")
        .set("sqlMigrationSuffixes", ".ddl,.sql")
        .set("repeatableSqlMigrationPrefix", "again")
        .with("mig1-x.ddl", "")
        .with("mig2-y.sql", "")
        .with("again-z.sql", "")
        .with("V3__x.sql", "");
    assertThat(labels())
        .containsExactly(
            "VERSIONED 1 x mig1-x.ddl", "VERSIONED 2 y mig2-y.sql", "REPEATABLE R:z z again-z.sql");
  }

  @Test
  void aVersionThatIsThereTwiceIsAnError() {
    folder
        .with("V1__a.sql", "")
        .with("V1.0__b.sql", "")
        .with("V2__c.sql", "")
        .with("B1__d.sql", "");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("sql/V1__a.sql")
        .hasMessageContaining("sql/V1.0__b.sql")
        .hasMessageContaining(": the same version 1")
        .hasMessageNotContaining("V2__c");
  }

  @Test
  void aRepeatableDescriptionThatIsThereTwiceIsAnError() {
    folder.with("R__a.sql", "").with("sub/R__a.sql", "");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .hasMessageContaining("sql/R__a.sql, sql/sub/R__a.sql: the same repeatable description");
  }

  @Test
  void javaMigrationsAreNamedWhereTheirSourcesAre() {
    folder
        .set("locations", "classpath:db/migration")
        .write("src/main/resources/db/migration/V1__x.sql", "")
        .write(
            "src/main/java/db/migration/V2__Load.java", "package db.migration; class V2__Load {}")
        .write(
            "src/main/kotlin/db/migration/R__Refresh.kt", "package db.migration\nclass R__Refresh")
        .write("src/main/java/db/migration/Helper.java", "package db.migration; class Helper {}");
    assertThat(labels())
        .containsExactly(
            "VERSIONED 1 x V1__x.sql",
            "JAVA 2 Load db.migration.V2__Load",
            "JAVA R:Refresh Refresh db.migration.R__Refresh");
    Migration java = folder.read("postgresql").all().get(1);
    assertThat(java.file()).isEqualTo("src/main/java/db/migration/V2__Load.java");
    assertThat(java.readable()).isFalse();
    assertThat(java.checksum()).isEmpty();
  }

  @Test
  void directoriesFromTheCommandLineReplaceLocations() {
    folder.with("V1__x.sql", "").write("other/V2__y.sql", "").write("more/V3__z.sql", "");
    FlywayMigrations migrations =
        FlywayMigrations.read(
            folder.settings(), "postgresql", List.of(Path.of("other"), temp.resolve("more")));
    assertThat(migrations.all())
        .extracting(Migration::file)
        .containsExactly("other/V2__y.sql", "more/V3__z.sql");
    assertThat(migrations.directories())
        .containsExactly(temp.resolve("other"), temp.resolve("more"));
  }

  @Test
  void aDirectoryInsideAnotherIsReadOnce() {
    folder.set("locations", "filesystem:sql/sub,filesystem:sql,filesystem:./sql");
    folder.with("V1__x.sql", "").with("sub/V2__y.sql", "");
    assertThat(labels()).containsExactly("VERSIONED 1 x V1__x.sql", "VERSIONED 2 y sub/V2__y.sql");
  }

  @Test
  void wildcardsInLocationsAreFollowed() {
    folder.set("locations", "filesystem:sql/*/db");
    folder.with("a/db/V1__x.sql", "").with("b/db/V2__y.sql", "").with("c/V3__z.sql", "");
    assertThat(labels()).containsExactly("VERSIONED 1 x V1__x.sql", "VERSIONED 2 y V2__y.sql");
  }

  @Test
  void aMissingDirectoryIsAnError() {
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no directory of migrations")
        .hasMessageContaining("fix:");
    folder.set("locations", "filesystem:nowhere");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .hasMessageStartingWith("filesystem:nowhere: there is no such directory");
    folder.set("locations", "classpath:db/migration");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .hasMessageContaining("neither src/main/resources/db/migration nor db/migration");
    folder.set("locations", "s3:bucket/x");
    assertThatThrownBy(() -> folder.read("postgresql")).hasMessageContaining("no directory");
    folder.write("file", "").set("locations", "filesystem:file");
    assertThatThrownBy(() -> folder.read("postgresql")).hasMessageContaining("it is a file");
  }

  @Test
  void aMigrationKnowsItsSidecar() {
    folder.with("V1__x.sql", "SELECT 1;").with("V1__x.sql.sluice", "-- sluice: fill \"0\"\n");
    assertThat(folder.only("postgresql").sidecar())
        .hasValue(new Source("sql/V1__x.sql.sluice", "-- sluice: fill \"0\"\n"));
  }

  @Test
  void aMigrationThatFlywayWouldPassOverIsAnError() throws IOException {
    folder.with("V1__x.sql", "SELECT 1;");
    Files.createSymbolicLink(temp.resolve("sql/V2__y.sql"), temp.resolve("nowhere"));
    Files.createSymbolicLink(temp.resolve("sql/notes.txt"), temp.resolve("nowhere"));
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("V2__y.sql: a link that leads nowhere; Flyway would pass over it")
        .hasMessageNotContaining("notes.txt");
  }

  @Test
  void aSidecarWithoutItsMigrationIsAnError() {
    folder.with("V1__x.sql", "SELECT 1;").with("V1__y.sql.sluice", "fill \"0\"");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V1__y.sql.sluice: directives for V1__y.sql");
  }

  @Test
  void aBrokenConfIsNamed() {
    folder.with("V1__x.sql", "").with("V1__x.sql.conf", "executeInTransacton=false");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V1__x.sql.conf: Flyway refuses it")
        .hasMessageContaining("executeInTransacton");
  }

  @Test
  void versionsCompareByNumber() {
    folder.with("V1_10__a.sql", "").with("V1_9__b.sql", "").with("V1__c.sql", "");
    assertThat(folder.read("postgresql").all())
        .extracting(m -> m.version().orElseThrow())
        .containsExactly(new Version("1"), new Version("1.9"), new Version("1.10"));
  }

  @Test
  void thousandsOfStatementsAreReadInTime() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; sql.length() < 500_000; i++) {
      sql.append("INSERT INTO t (id, name) VALUES (").append(i).append(", 'name ${x} ; ");
      sql.append(i).append("'); -- ").append(i).append('\n');
    }
    folder.set("placeholders.x", "value").with("V1__x.sql", sql.toString());
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    FlywayMigrations.read(folder.settings(), "postgresql", List.of());
    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(4));
  }
}
