package dev.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.sql.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

  enum Mark {
    AFTER_EXPAND,
    AFTER_CONTRACT
  }

  record Backfill(
      int batchRows,
      Duration batchTime,
      boolean paused,
      Mark mark,
      List<String> tables,
      Optional<String> role) {
    Backfill {
      if (batchRows < 1) {
        throw new IllegalArgumentException("a batch of " + batchRows + " rows never ends");
      }
    }
  }

  private static final Backfill DEFAULTS =
      new Backfill(
          1000, Duration.ofMillis(100), false, Mark.AFTER_EXPAND, List.of(), Optional.empty());
  private static final Section<Backfill> BACKFILL = new Section<>("backfill", DEFAULTS);

  private static Backfill read(String toml, Map<String, String> environment) {
    return Settings.read(
            List.of(BACKFILL),
            SettingsFile.parse("sluice.toml", toml),
            environment,
            List.of("SLUICE_JAVA_HOME"))
        .of(BACKFILL);
  }

  private static String refusal(String toml, Map<String, String> environment) {
    try {
      read(toml, environment);
    } catch (Problem e) {
      assertThat(e.reason()).isEqualTo(Problem.Reason.SETTINGS);
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("nothing was refused");
  }

  @Test
  void whatIsNotSetIsTheDefault() {
    assertThat(read("", Map.of())).isEqualTo(DEFAULTS);
  }

  @Test
  void aFileSetsValuesOfEveryType() {
    assertThat(
            read(
                """
                [backfill]
                batch-rows = 50
                batch-time = "2s"
                paused = true
                mark = "after-contract"
                tables = ["orders", "customers"]
                role = "shop"
                """,
                Map.of()))
        .isEqualTo(
            new Backfill(
                50,
                Duration.ofSeconds(2),
                true,
                Mark.AFTER_CONTRACT,
                List.of("orders", "customers"),
                Optional.of("shop")));
  }

  @Test
  void theEnvironmentOverridesTheFile() {
    assertThat(
            read("backfill.batch-rows = 50", Map.of("SLUICE_BACKFILL_BATCH_ROWS", "70"))
                .batchRows())
        .isEqualTo(70);
  }

  @Test
  void aMisspeltKeyIsAnErrorThatNamesTheNearest() {
    assertThat(refusal("\n[backfill]\nbatch-size = 5\n", Map.of()))
        .isEqualTo(
            """
            sluice.toml: backfill.batch-size: no such setting
              fix: write backfill.batch-time, or take it out; docs/settings.md has all of them""");
    assertThat(refusal("", Map.of("SLUICE_BACKFILL_PAUSE", "true")))
        .isEqualTo(
            """
            SLUICE_BACKFILL_PAUSE: no such setting
              fix: write SLUICE_BACKFILL_PAUSED, or take it out; docs/settings.md has all of them""");
  }

  @Test
  void aVariableThatSomebodyElseReadsIsLeftAlone() {
    assertThat(read("", Map.of("SLUICE_JAVA_HOME", "/opt/jdk"))).isEqualTo(DEFAULTS);
  }

  @Test
  void aValueOfTheWrongFormIsNamedWithItsPlace() {
    assertThat(refusal("backfill.batch-time = 5", Map.of()))
        .isEqualTo(
            """
            sluice.toml: backfill.batch-time is "5"; it is a time
              fix: write a number with its unit: 100ms, 2s, 5m or 1h""");
    assertThat(refusal("backfill.mark = \"late\"", Map.of()))
        .contains("after-expand or after-contract");
    assertThat(refusal("backfill.paused = \"yes\"", Map.of())).contains("true or false");
    assertThat(refusal("backfill.batch-rows = \"many\"", Map.of())).contains("digits");
  }

  @Test
  void aValueThatTheRecordRefusesIsNamedWithItsPlace() {
    assertThat(refusal("backfill.batch-rows = 0", Map.of()))
        .isEqualTo("sluice.toml: backfill.batch-rows: a batch of 0 rows never ends");
  }

  @Test
  void directivesOfAMigrationKeepTheirCommas() {
    Settings settings =
        Settings.read(
            List.of(BACKFILL),
            SettingsFile.parse(
                "sluice.toml",
                """
                [migration.42]
                directives = ['up orders.cents "price * 100", down "cents / 100"', 'fill "1"']
                [migration."1.2"]
                directives = ['fill "2"']
                """),
            Map.of(),
            List.of());
    assertThat(settings.directives())
        .containsExactly(
            new Settings.OfMigration(
                "1.2", "sluice.toml: migration.1.2.directives", List.of("fill \"2\"")),
            new Settings.OfMigration(
                "42",
                "sluice.toml: migration.42.directives",
                List.of("up orders.cents \"price * 100\", down \"cents / 100\"", "fill \"1\"")));
  }

  @Test
  void whatIsNotTomlIsSaidToBeSoAtItsPlace() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> SettingsFile.parse("sluice.toml", "[backfill\n"))
        .withMessageStartingWith("sluice.toml:1:")
        .withMessageContaining("not TOML");
  }
}
