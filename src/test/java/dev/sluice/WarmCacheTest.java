package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.MadeHistory;
import dev.sluice.bench.MadeMysqlHistory;
import dev.sluice.cache.Cache;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.plan.PlanSettings;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.report.Classification;
import dev.sluice.report.ClassifyJson;
import dev.sluice.schema.Statistics;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier runs have read changes nothing but the time that it takes. */
class WarmCacheTest {

  private static final Path SAMPLE = Path.of("migrations-sample/postgresql").toAbsolutePath();

  @TempDir Path directory;

  /** Everything that is said of a history, by all that can be asked of it. */
  private List<String> said(Engine engine, Path migrations, Cache cache) {
    Dialect dialect = dialect(engine);
    FlywaySettings settings =
        FlywaySettings.read(
            new FlywaySettings.Sources(
                directory, directory, Map.of(), Map.of("flyway.placeholders.secret", "Geheimnis")));
    Migrations all = FlywayMigrations.read(settings, engine.id(), List.of(migrations), cache);
    Sluice sluice =
        new Sluice(
            new Reader(dialect, cache),
            all,
            dialect.emptySchema(),
            ReleaseSettings.DEFAULTS,
            Directives::of);
    Version middle = all.all().get(all.all().size() / 2).version().orElseThrow();
    Release late = sluice.classify(new Pending.From(middle, Optional.empty()));
    List<String> said = new ArrayList<>();
    said.add(json(sluice, List.of(sluice.classify(new Pending.All()))));
    said.add(json(sluice, sluice.classifyEach()));
    said.add(json(sluice, List.of(late)));
    if (engine == Engine.POSTGRESQL) {
      said.add(
          sluice
              .plan(late, PlanSettings.DEFAULTS, Statistics.NONE, LocalDate.of(2026, 11, 21))
              .toString());
    }
    cache.save();
    return said;
  }

  private static String json(Sluice sluice, List<Release> releases) {
    StringWriter text = new StringWriter();
    ClassifyJson.write(
        new Classification(
            sluice.dialect(),
            releases,
            List.of(),
            List.of(),
            Statistics.NONE,
            false,
            Optional.empty()),
        text);
    return text.toString();
  }

  private static Dialect dialect(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);
      case MYSQL -> new MysqlDialect(engine, MysqlDialect.OLDEST_SUPPORTED_MYSQL);
      case MARIADB -> new MysqlDialect(engine, MysqlDialect.OLDEST_SUPPORTED_MARIADB);
    };
  }

  private Cache cache() {
    return Cache.open(directory.resolve("cache"), "build", "one");
  }

  private void isTheSameColdAndWarm(Engine engine, Path migrations) {
    List<String> without = said(engine, migrations, Cache.none());
    // Readings are kept by the second run, and used by the third.
    for (int run = 0; run < 3; run++) {
      assertThat(said(engine, migrations, cache())).isEqualTo(without);
    }
  }

  @Test
  void theSampleIsSaidToBeTheSame() {
    isTheSameColdAndWarm(Engine.POSTGRESQL, SAMPLE);
  }

  @Test
  void aHistoryIsSaidToBeTheSameOnEveryEngine() throws IOException {
    Path postgresql = directory.resolve("postgresql");
    MadeHistory.write(postgresql, 60, 500, 7);
    isTheSameColdAndWarm(Engine.POSTGRESQL, postgresql);
    Path mysql = directory.resolve("mysql");
    MadeMysqlHistory.write(mysql, 60, 300, 7);
    isTheSameColdAndWarm(Engine.MYSQL, mysql);
    isTheSameColdAndWarm(Engine.MARIADB, mysql);
  }

  @Test
  void afterAnEditInTheMiddleWhatIsSaidIsThatOfTheNewText() throws IOException {
    Path history = directory.resolve("history");
    MadeHistory.write(history, 40, 300, 11);
    List<String> before = said(Engine.POSTGRESQL, history, cache());
    said(Engine.POSTGRESQL, history, cache());
    Path middle = history.resolve("V20__change_20.sql");
    Files.writeString(
        middle, "CREATE TABLE late (id int);\n" + Files.readString(middle).replace("text", "uuid"));
    List<String> without = said(Engine.POSTGRESQL, history, Cache.none());
    assertThat(without).isNotEqualTo(before);
    assertThat(said(Engine.POSTGRESQL, history, cache())).isEqualTo(without);
    Files.delete(middle);
    assertThat(said(Engine.POSTGRESQL, history, cache()))
        .isEqualTo(said(Engine.POSTGRESQL, history, Cache.none()));
  }

  @Test
  void aPreparedStatementIsReadWithWhatStandsBeforeIt() throws IOException {
    Path history = Files.createDirectory(directory.resolve("history"));
    Path file = history.resolve("V1__prepared.sql");
    String text = "SET @s = 'DROP TABLE a';\nPREPARE p FROM @s;\nEXECUTE p;\n";
    Files.writeString(file, text);
    isTheSameColdAndWarm(Engine.MYSQL, history);
    Files.writeString(file, text.replace("TABLE a", "TABLE b"));
    isTheSameColdAndWarm(Engine.MYSQL, history);
  }

  @Test
  void aStatementIsReadByTheModeThatItsFileSets() throws IOException {
    Path history = Files.createDirectory(directory.resolve("history"));
    Path file = history.resolve("V1__mode.sql");
    String text = "CREATE TABLE \"a\" (id int);\n";
    Files.writeString(file, "SET sql_mode = 'ANSI_QUOTES';\n" + text);
    isTheSameColdAndWarm(Engine.MYSQL, history);
    Files.writeString(file, "SET sql_mode = '';\n" + text);
    isTheSameColdAndWarm(Engine.MYSQL, history);
  }

  @Test
  void noValueOfAPlaceholderIsKept() throws IOException {
    Path history = Files.createDirectory(directory.resolve("history"));
    Files.writeString(
        history.resolve("V1__secret.sql"),
        """
        CREATE TABLE a (id int);
        CREATE ROLE app PASSWORD '${secret}';
        COPY a FROM STDIN;
        ${secret}
        \\.
        """);
    isTheSameColdAndWarm(Engine.POSTGRESQL, history);
    try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .contains("id")
            .doesNotContain("Geheimnis");
      }
    }
  }
}
