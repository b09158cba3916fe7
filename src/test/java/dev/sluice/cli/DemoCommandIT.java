package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.testing.Block;
import dev.sluice.testing.Browser;
import dev.sluice.testing.JsonSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as it is called, on few rows; {@code -Dupdate} takes as many as a user gets. */
class DemoCommandIT {

  private static final Path README = Path.of("README.md");

  @TempDir private Path here;

  @Test
  void itDoesWhatItsHelpSaysAndTheReadmeShowsItsEnd() throws Exception {
    Outcome demo =
        Block.isUpdated() ? Outcome.of(here, "demo") : Outcome.of(here, "demo", "--rows", "1000");
    assertThat(demo.code()).as(demo.err() + demo.out()).isZero();
    assertThat(demo.err()).contains("start a PostgreSQL of its own");

    String json = Files.readString(here.resolve("plan.json"));
    assertThat(JsonSchema.of(Path.of("docs/plan.schema.json")).breaches(json)).isEmpty();
    assertThat(
            JsonSchema.of(Path.of("docs/report.schema.json"))
                .breaches(Files.readString(here.resolve("report.json"))))
        .isEmpty();
    assertThat(here.resolve("report.html")).isNotEmptyFile();
    if (Browser.isThere()) {
      Browser.Seen seen = Browser.look(Files.readString(here.resolve("report.html")), 390);
      assertThat(seen.width()).as("on a phone").isLessThanOrEqualTo(390);
      assertThat(seen.folds()).isGreaterThan(50);
    }

    Plan plan = PlanJson.read(json);
    assertThat(Files.readString(README))
        .contains(
            plan.migrations().size() + " pending scripts became " + plan.steps().size() + " steps");
    new Block(README, "demo").check("```\n" + ending(demo.out()) + "```\n", DemoCommandIT::shape);
  }

  /** From the table of both versions on. */
  private static String ending(String out) {
    List<String> lines = out.lines().dropWhile(line -> !line.startsWith("version ")).toList();
    assertThat(lines).isNotEmpty();
    return String.join("\n", lines) + "\n";
  }

  /**
   * Without what differs from run to run: numbers, the slowest call, and the width that they take.
   */
  private static String shape(String text) {
    return text.replaceAll("in \"[^\"]*\"", "in …")
        .replaceAll("[0-9][0-9.,-]*( (ms|s|min))?", "#")
        .replaceAll(" +", " ");
  }
}
