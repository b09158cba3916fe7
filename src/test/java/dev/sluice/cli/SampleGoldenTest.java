package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Golden;
import dev.sluice.testing.JsonSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say of the sample, whole. */
class SampleGoldenTest {

  @Test
  void classify() {
    Golden.check("sample/classify.txt", sample(0, "classify"));
  }

  @Test
  void plan() {
    Golden.check("sample/plan.txt", sample(0, "plan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"classify", "plan"})
  void theirJsonIsAsItsSchemaSays(String command) {
    assertThat(
            JsonSchema.of(Path.of("docs", command + ".schema.json"))
                .breaches(sample(0, command, "--format", "json")))
        .isEmpty();
  }

  @Test
  void coloursChangeNoWord() {
    String colored = sample(0, "classify", "--color", "always");
    assertThat(colored).contains("\u001b[");
    assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(sample(0, "classify"));
  }

  private static String sample(int code, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("migrations-sample/postgresql", "--from", "13", "--engine", "postgresql:17"));
    Outcome outcome = Outcome.of(Path.of(""), all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isEqualTo(code);
    return outcome.out();
  }
}
