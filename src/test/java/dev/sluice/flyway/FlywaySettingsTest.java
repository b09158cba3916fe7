package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywaySettingsTest {

  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void folder() {
    folder = new Folder(temp);
  }

  private FlywaySettings read(Map<String, String> environment, Map<String, String> overrides) {
    return FlywaySettings.read(
        new FlywaySettings.Sources(temp, temp.resolve("home"), environment, overrides));
  }

  private FlywaySettings read() {
    return read(Map.of(), Map.of());
  }

  @Test
  void whatNobodySetsIsAsFlywayHasIt() {
    FlywaySettings settings = read();
    assertThat(settings.locations()).isEmpty();
    assertThat(settings.login().url()).isEmpty();
    assertThat(settings.history().table()).isEqualTo("flyway_schema_history");
    assertThat(settings.files().suffixes()).containsExactly(".sql");
    assertThat(settings.files().encoding()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(settings.running().mixed()).isFalse();
    assertThat(settings.running().executeInTransaction()).isTrue();
    assertThat(settings.running().ignoreMigrationPatterns()).containsExactly("*:future");
    assertThat(settings.engine()).isEmpty();
  }

  @Test
  void tomlIsRead() {
    folder.write(
        "flyway.toml",
        """
        [environments.default]
        url = "jdbc:postgresql://db/shop"
        user = "app"
        password = "${env.DB_PASSWORD}"
        schemas = ["shop", "audit"]

        [flyway]
        locations = ["filesystem:db/migration", "filesystem:db/more"]
        table = "history"
        mixed = true
        sqlMigrationSuffixes = [".sql", ".ddl"]
        [flyway.placeholders]
        tenant = "main"
        """);
    FlywaySettings settings = read(Map.of("DB_PASSWORD", "hunter2"), Map.of());
    assertThat(settings.locations())
        .containsExactly("filesystem:db/migration", "filesystem:db/more");
    assertThat(settings.login().user()).hasValue("app");
    assertThat(settings.login().password()).hasValue("hunter2");
    assertThat(settings.history().schemas()).containsExactly("shop", "audit");
    assertThat(settings.history().table()).isEqualTo("history");
    assertThat(settings.running().mixed()).isTrue();
    assertThat(settings.files().suffixes()).containsExactly(".sql", ".ddl");
    assertThat(settings.placeholders().values()).containsExactly(Map.entry("tenant", "main"));
    assertThat(settings.engine()).hasValue("postgresql");
  }

  @Test
  void anotherEnvironmentOfATomlFileIsChosen() {
    folder.write(
        "flyway.toml",
        """
        [flyway]
        environment = "test"
        locations = ["filesystem:a"]
        [environments.test]
        url = "jdbc:mysql://test/shop"
        [environments.prod]
        url = "jdbc:mariadb://prod/shop"
        [environments.prod.flyway]
        locations = ["filesystem:b"]
        """);
    assertThat(read().engine()).hasValue("mysql");
    FlywaySettings prod = read(Map.of("FLYWAY_ENVIRONMENT", "prod"), Map.of());
    assertThat(prod.engine()).hasValue("mariadb");
    assertThat(prod.locations()).containsExactly("filesystem:b");
    assertThatThrownBy(() -> read(Map.of(), Map.of("flyway.environment", "stage")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no [environments.stage]");
  }

  @Test
  void confIsRead() {
    folder.write(
        "flyway.conf",
        """
        # the shop
        flyway.url=jdbc:postgresql://db/shop
        flyway.password=${DB_PASSWORD}
        flyway.locations=filesystem:a, filesystem:b
        flyway.placeholders.Tenant=main
        flyway.encoding=ISO-8859-1
        """);
    FlywaySettings settings = read(Map.of("DB_PASSWORD", "pa$$"), Map.of());
    assertThat(settings.locations()).containsExactly("filesystem:a", "filesystem:b");
    assertThat(settings.login().password()).hasValue("pa$$");
    assertThat(settings.placeholders().values()).containsExactly(Map.entry("Tenant", "main"));
    assertThat(settings.files().encoding()).isEqualTo(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theCommandLineBeatsTheEnvironmentBeatsTheDirectoryBeatsHome() {
    folder.write("home/flyway.conf", "flyway.table=home\nflyway.user=home\n");
    assertThat(read().history().table()).isEqualTo("home");
    folder.write("flyway.conf", "flyway.table=directory\n");
    assertThat(read().history().table()).isEqualTo("directory");
    assertThat(read().login().user()).hasValue("home");
    Map<String, String> environment = Map.of("FLYWAY_TABLE", "environment");
    assertThat(read(environment, Map.of()).history().table()).isEqualTo("environment");
    assertThat(read(environment, Map.of("flyway.table", "line")).history().table())
        .isEqualTo("line");
  }

  @Test
  void aTomlFileSwitchesConfFilesOff() {
    folder.write("flyway.conf", "flyway.table=conf\nflyway.user=conf\n");
    folder.write("flyway.toml", "[flyway]\ntable = \"toml\"\n");
    folder.write("flyway.user.toml", "[environments.default]\npassword = \"mine\"\n");
    assertThat(read().history().table()).isEqualTo("toml");
    assertThat(read().login().user()).isEmpty();
    assertThat(read().login().password()).hasValue("mine");
  }

  @Test
  void filesCanBeNamed() {
    folder.write("etc/a.conf", "flyway.table=a\n").write("etc/b.toml", "[flyway]\ntable = 'b'\n");
    assertThat(read(Map.of("FLYWAY_CONFIG_FILES", "etc/a.conf"), Map.of()).history().table())
        .isEqualTo("a");
    assertThat(read(Map.of(), Map.of("flyway.configFiles", "etc/b.toml")).history().table())
        .isEqualTo("b");
    assertThatThrownBy(() -> read(Map.of("FLYWAY_CONFIG_FILES", "etc/c.conf"), Map.of()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("c.conf: cannot be read");
  }

  @Test
  void placeholdersComeFromTheEnvironmentToo() {
    FlywaySettings settings = read(Map.of("FLYWAY_PLACEHOLDERS_TENANT_ID", "7"), Map.of());
    assertThat(settings.placeholders().values()).containsExactly(Map.entry("tenant_id", "7"));
  }

  @Test
  void everyVariableIsTheOneThatFlywayReads() {
    for (String key : SettingsFiles.KEYS) {
      if (!List.of("flyway.environment", "flyway.baselineMigrationPrefix").contains(key)
          && !key.equals("flyway.defaultSchema")) {
        assertThat(ConfigUtils.convertKey(SettingsFiles.variable(key))).isEqualTo(key);
      }
    }
    assertThat(ConfigUtils.convertKey("FLYWAY_DEFAULT_SCHEMA")).isEqualTo("flyway.defaultSchema");
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    FlywaySettings settings =
        read(
            Map.of("FLYWAY_PLACEHOLDERS_PW", "hunter2", "FLYWAY_PASSWORD", "hunter2"),
            Map.of(
                "flyway.url", "jdbc:mysql://me:hunter2@db/shop?password=hunter2",
                "flyway.initSql", "SET x = 'hunter2'",
                "flyway.jdbcProperties.trustStorePassword", "hunter2"));
    assertThat(settings.toString()).contains("jdbc:mysql://db/shop").doesNotContain("hunter2");
  }

  @Test
  void aWrongValueIsNamedWithItsOrigin() {
    assertThatThrownBy(() -> read(Map.of("FLYWAY_MIXED", "maybe"), Map.of()))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("FLYWAY_MIXED: flyway.mixed is \"maybe\"");
    assertThatThrownBy(() -> read(Map.of(), Map.of("flyway.encoding", "UTF-9")))
        .hasMessageStartingWith("-X.flyway.encoding: flyway.encoding is \"UTF-9\"");
    assertThatThrownBy(() -> read(Map.of(), Map.of("flyway.locatoins", "x")))
        .hasMessageContaining("-X.flyway.locatoins: Flyway has no such setting")
        .hasMessageContaining("-X.flyway.locations");
    assertThat(read(Map.of(), Map.of("flyway.connectRetries", "3"))).isNotNull();
  }

  @Test
  void brokenTomlIsNamedWithItsPlaceAndNotRepeated() {
    folder.write("flyway.toml", "[environments.default]\npassword = hunter2\n");
    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("flyway.toml:2:")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theEngineIsReadOffTheUrlOfWrappingDriversToo() {
    assertThat(engine("jdbc:aws-wrapper:postgresql://db/shop")).isEqualTo("postgresql");
    assertThat(engine("jdbc:tc:mysql:8.0:///shop")).isEqualTo("mysql");
    assertThat(engine("jdbc:mariadb://db/shop")).isEqualTo("mariadb");
    assertThat(engine("jdbc:h2:mem:x")).isEqualTo("none");
  }

  private String engine(String url) {
    return read(Map.of(), Map.of("flyway.url", url)).engine().orElse("none");
  }

  @Test
  void aLoginThatNeedsAResolverIsRefusedOnlyWhenItIsUsed() {
    folder.write(
        "flyway.toml",
        "[environments.default]\nurl = 'jdbc:postgresql://db/x'\npassword = '${vault.pw}'\n");
    FlywaySettings settings = read();
    assertThat(settings.engine()).hasValue("postgresql");
    assertThatThrownBy(settings::connectable)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("FLYWAY_PASSWORD");
    assertThat(read(Map.of("FLYWAY_PASSWORD", "x"), Map.of()).connectable().password())
        .hasValue("x");
    assertThatThrownBy(() -> new Folder(temp.resolve("none")).settings().connectable())
        .hasMessageStartingWith("no database: flyway.url is not set");
  }

  @Test
  void aPlaceholderWhoseValueIsNotThereIsAMissingOne() {
    folder.write("flyway.toml", "[flyway.placeholders]\na = '${env.NOT_SET}'\nb = '${env.SET}'\n");
    assertThat(read(Map.of("SET", "x"), Map.of()).placeholders().values())
        .containsExactly(Map.entry("b", "x"));
  }
}
