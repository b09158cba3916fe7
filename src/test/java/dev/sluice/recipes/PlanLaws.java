package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import dev.sluice.testing.JsonSchema;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for every plan. */
final class PlanLaws {

  private static final JsonSchema SCHEMA = JsonSchema.of(Path.of("docs/plan.schema.json"));

  private static final Pattern LOCKING = Pattern.compile("^(?:UN)?LOCK TABLES\\b");
  private static final Pattern CASCADE =
      Pattern.compile("(?i)\\b(?<!ON DELETE |ON UPDATE )CASCADE\\b");

  private static final Pattern ALTERATION =
      Pattern.compile(
          "(?i)^\\s*(?:ALTER\\s+TABLE|CREATE\\s+(?:UNIQUE\\s+)?INDEX|DROP\\s+INDEX)\\b");

  private PlanLaws() {}

  static void check(Plan plan, Plan again) {
    assertThat(again).as("planning is deterministic").isEqualTo(plan);
    String json = PlanJson.write(plan);
    assertThat(PlanJson.read(json)).as("JSON and back").isEqualTo(plan);
    assertThat(SCHEMA.breaches(json)).isEmpty();
    Set<String> before = new HashSet<>();
    for (Step step : plan.steps()) {
      assertThat(before)
          .as("%s runs after what it depends on", step.id())
          .containsAll(step.dependsOn());
      assertThat(before.add(step.id())).as("%s is used once", step.id()).isTrue();
      assertThat(step.title()).isNotBlank();
      assertThat(step.why()).as("why of %s", step.id()).isNotBlank();
      if (step.action() instanceof Action.Ddl ddl) {
        if (!plan.engine().equals("postgresql")) {
          isOneStatement(step, ddl);
        }
        for (String sql : ddl.sql()) {
          assertThat(CASCADE.matcher(sql).find()).as("no CASCADE in %s", sql).isFalse();
        }
      }
    }
    assertThat(plan.steps().stream().map(Step::phase).toList()).isSorted();
  }

  /**
   * What fails in the middle of several is half done where each commits by itself; what is locked
   * is free again with its session.
   */
  private static void isOneStatement(Step step, Action.Ddl ddl) {
    long statements = ddl.sql().stream().filter(s -> !LOCKING.matcher(s).find()).count();
    assertThat(ddl.transactional() || statements == 1)
        .as("%s is one statement: %s", step.id(), ddl.sql())
        .isTrue();
    for (String sql : ddl.sql()) {
      // Partitions are added and dropped by themselves, and most of that takes no such words.
      if (ALTERATION.matcher(sql).find() && !sql.contains(" PARTITION")) {
        assertThat(sql).as("%s says how it is to be run", step.id()).contains("ALGORITHM");
      }
    }
  }
}
