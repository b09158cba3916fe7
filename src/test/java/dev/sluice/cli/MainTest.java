package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path here;

  @Test
  void aMisspeltCommandEndsWith2AndNamesTheNearest() {
    Outcome outcome = Outcome.of(here, "classfy");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            sluice: classfy: no such command
              nearest: classify
              fix: sluice --help
            """);
  }

  @Test
  void noCommandEndsWith2() {
    Outcome outcome = Outcome.of(here);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("sluice: no command; there are demo, classify, plan, rewrite, stats, apply, ")
        .endsWith("\n  fix: sluice --help\n");
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    Outcome help = Outcome.of(here, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: sluice");
    assertThat(help.err()).isEmpty();
    assertThat(Outcome.of(here, "help")).isEqualTo(help);
    assertThat(Outcome.of(here, "help", "plan")).isEqualTo(Outcome.of(here, "plan", "--help"));
    assertThat(Outcome.of(here, "--version").out()).startsWith("sluice ");
  }
}
