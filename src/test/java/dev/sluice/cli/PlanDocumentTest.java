package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import dev.sluice.testing.Browser;
import dev.sluice.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan as a page and as a comment. */
class PlanDocumentTest {

  private static final int PHONE = 390;

  @TempDir private Path here;

  @Test
  void aCommentOnAMergeRequestSaysWhatWaitsAndWhere() {
    Golden.check("sample/plan.md", sample("markdown"));
  }

  @Test
  void thePageHasEveryStepAndNeedsNothingButItself() {
    String page = sample("html");
    Plan plan = PlanJson.read(sample("json"));
    assertThat(plan.steps()).hasSizeGreaterThan(50);
    for (Step step : plan.steps()) {
      String anchor = step.id().replaceAll("[^A-Za-z0-9.-]", "-");
      assertThat(page).containsOnlyOnce("id=\"step-" + anchor + "\"");
      assertThat(page).contains("href=\"#step-" + anchor + "\"");
    }
    assertThat(page)
        .contains("for good from here", "Ready to run", plan.fingerprint())
        .doesNotContainPattern("(?i)\\b(src|href)=\"(?!#)|url\\(|@import|<script|<link");
  }

  @Test
  void whatStandsInTheWayStandsAbove() throws IOException {
    Files.createDirectories(here.resolve("db"));
    Files.writeString(
        here.resolve("db/V1__a.sql"), "CREATE TABLE a (id int PRIMARY KEY, note text);\n");
    Files.writeString(here.resolve("db/V2__b.sql"), "alter tabel a frobnicate '<b>|`';\n");
    Outcome page = plan("html", "db", "--from", "2", "--engine", "postgresql:17");
    assertThat(page.code()).isEqualTo(1);
    assertThat(page.out())
        .contains("A decision is missing", "directive needed", "frobnicate &#39;&lt;b&gt;|`&#39;")
        .doesNotContain("<b>|");
    Outcome comment = plan("markdown", "db", "--from", "2", "--engine", "postgresql:17");
    assertThat(comment.out())
        .startsWith("<!-- sluice plan -->\n## Release 2026-11-21-2: not yet\n")
        .contains("> **Directive needed:** ", "`` alter tabel a frobnicate '<b>\\|`' ``");
  }

  @Test
  void whereNothingIsPendingThePageSaysSo() throws IOException {
    Files.createDirectories(here.resolve("db"));
    Files.writeString(here.resolve("db/V1__a.sql"), "-- nothing\n");
    assertThat(plan("html", "db", "--all", "--engine", "postgresql:17").code()).isZero();
  }

  @Test
  void aPhoneShowsAllOfIt() throws Exception {
    assumeTrue(Browser.isThere(), Browser.MISSING);
    Browser.Seen seen = Browser.look(sample("html"), PHONE);
    assertThat(seen.over()).as("beyond the edge").isEmpty();
    assertThat(seen.width()).isLessThanOrEqualTo(PHONE);
    assertThat(seen.folds()).isEqualTo(PlanJson.read(sample("json")).steps().size());
    assertThat(seen.letters()).isGreaterThan(10_000);
  }

  private static String sample(String format) {
    Outcome outcome =
        Outcome.of(
            Path.of(""),
            "plan",
            "migrations-sample/postgresql",
            "--from",
            "13",
            "--engine",
            "postgresql:17",
            "--format",
            format);
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  private Outcome plan(String format, String... args) {
    List<String> all = new ArrayList<>(List.of("plan", "--format", format));
    all.addAll(List.of(args));
    return Outcome.of(here, all.toArray(String[]::new));
  }
}
