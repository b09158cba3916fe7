package dev.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.PlanJson.UnreadablePlan;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.JsonSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanJsonTest {

  private static final JsonSchema SCHEMA = JsonSchema.of(Path.of("docs/plan.schema.json"));

  private static final QualifiedName ORDERS = QualifiedName.of("shop", "orders");

  private static Step step(String id, Action action, Impact impact) {
    return new Step(
        id,
        Phase.PRE_DEPLOY,
        Kind.EXPAND,
        "add orders.reference",
        action,
        new Step.Session(Optional.of("shop"), Optional.empty(), List.of("SET work_mem = '1GB'")),
        List.of("42.1"),
        Optional.of(new Step.Origin("V42__x.sql", 2, 1, "ALTER TABLE …")),
        "the old version leaves it out",
        impact,
        Window.READ_ONLY,
        Optional.of(new Step.Estimate(1000, 81_920, 2)),
        List.of(new Condition("SELECT 0", "0")),
        Optional.of(Condition.isDone("SELECT 1")),
        List.of("ALTER TABLE orders DROP COLUMN reference"),
        Reversible.UNTIL_WRITTEN);
  }

  /** One step for each action, and something in every field. */
  private static Plan everything() {
    Impact alter = Impact.of(ORDERS, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE);
    Impact dotted =
        Impact.of(
                new QualifiedName(Optional.empty(), new Name("a.\"b")),
                LockMode.EXCLUSIVE,
                Work.SCAN)
            .outsideTransaction();
    Impact algorithm = new Impact(List.of(), Work.BUILD, Optional.of(Algorithm.NOCOPY), true);
    Plan.Place place = new Plan.Place("V42__x.sql", 2, 1, "ALTER TABLE …");
    return PlanJson.sealed(
        new Plan(
            "2026-11-21-42",
            "",
            "postgresql",
            "15",
            List.of(
                new Plan.Source(Optional.of("42"), "V42__x.sql", Optional.of(-123), Kind.MIXED),
                new Plan.Source(Optional.empty(), "R__y.sql", Optional.empty(), Kind.EXPAND)),
            Map.of("tenant", "pbkdf2-sha256:1:00:11"),
            List.of("2026-11-20-41"),
            List.of(
                step("42.1", new Action.Ddl(List.of("ALTER TABLE …", "SELECT 1"), false), alter),
                step(
                    "42.2",
                    new Action.Backfill(
                        "orders",
                        List.of("id"),
                        Optional.of("a = b"),
                        Optional.empty(),
                        "a IS NULL",
                        true),
                    dotted),
                step(
                    "42.3",
                    new Action.Backfill(
                        "orders",
                        List.of(),
                        Optional.empty(),
                        Optional.of(
                            new Action.Backfill.Copy(
                                "INSERT INTO o (a) SELECT b", "orders", "FOR SHARE")),
                        "true",
                        false),
                    algorithm),
                step(
                    "42.4",
                    new Action.Verify(
                        List.of(new Condition("SELECT 0", "0")),
                        Optional.of("SELECT id FROM orders"),
                        Duration.ofMinutes(2)),
                    Impact.NONE),
                step("deploy", new Action.Deploy(), Impact.NONE),
                step(
                    "42.5",
                    new Action.RecordHistory(
                        Optional.of("42"), "x", "SQL", "V42__x.sql", Optional.of(-123)),
                    Impact.NONE),
                step("42.6", new Action.Manual("run it by hand"), Impact.UNKNOWN)),
            Optional.of("42.6"),
            List.of(new Plan.Conflict(List.of(place, place), "why", List.of("two releases"))),
            List.of(new Plan.DirectiveNeeded(place, "why", List.of("-- sluice: phase …"))),
            List.of(new Plan.Note(place, "old readers meet NULL"))));
  }

  @Test
  void aPlanReadsBackAsItWasWritten() {
    Plan plan = everything();
    String json = PlanJson.write(plan);

    assertThat(PlanJson.read(json)).isEqualTo(plan);
    assertThat(PlanJson.write(PlanJson.read(json))).isEqualTo(json);
  }

  @Test
  void whatIsWrittenKeepsThePublishedSchema() {
    assertThat(SCHEMA.breaches(PlanJson.write(everything()))).isEmpty();
  }

  @Test
  void thePublishedSchemaAllowsJustTheValuesThereAre() {
    assertThat(SCHEMA.choices("/properties/engine/enum"))
        .containsExactlyElementsOf(Arrays.stream(Engine.values()).map(Engine::id).toList());
    assertThat(SCHEMA.choices("/$defs/kind/enum"))
        .containsExactlyElementsOf(Arrays.stream(Kind.values()).map(Kind::id).toList());
    assertThat(SCHEMA.choices("/$defs/step/properties/phase/enum"))
        .containsExactlyElementsOf(Arrays.stream(Phase.values()).map(Phase::id).toList());
    assertThat(SCHEMA.choices("/$defs/step/properties/window/enum"))
        .containsExactlyElementsOf(Arrays.stream(Window.values()).map(Window::id).toList());
    assertThat(SCHEMA.choices("/$defs/step/properties/reversible/enum"))
        .containsExactlyElementsOf(Arrays.stream(Reversible.values()).map(Reversible::id).toList());
    assertThat(SCHEMA.choices("/$defs/step/properties/action/enum"))
        .containsExactlyInAnyOrderElementsOf(
            everything().steps().stream().map(s -> s.action().id()).distinct().toList());
    assertThat(SCHEMA.choices("/$defs/impact/properties/locks/items/properties/mode/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(LockMode.values()).map(LockMode::text).distinct().toList());
    assertThat(SCHEMA.choices("/$defs/impact/properties/work/enum"))
        .containsExactlyElementsOf(Arrays.stream(Work.values()).map(Work::name).toList());
  }

  @Test
  void aPlanThatSomebodyEditedIsRefused() {
    String edited =
        PlanJson.write(everything()).replace("DROP COLUMN reference", "DROP COLUMN total");

    assertThatThrownBy(() -> PlanJson.read(edited))
        .isInstanceOf(UnreadablePlan.class)
        .hasMessageContaining("was changed after it was made");
  }

  @Test
  void wordsForPeopleDoNotChangeTheFingerprint() {
    String renamed =
        PlanJson.write(everything())
            .replace("2026-11-21-42", "2026-11-22-42")
            .replace("add orders.reference", "add the reference");

    assertThat(PlanJson.read(renamed).fingerprint()).isEqualTo(everything().fingerprint());
  }

  @Test
  void everyFieldIsReadAndNoneIsMadeUp() {
    String json = PlanJson.write(everything());

    refused(json.replaceFirst("\"why\"", "\"because\""), "has no \"why\"");
    refused(json.replaceFirst("\"debt\"", "\"x\": 1, \"debt\""), "unknown field \"x\"");
    refused(json.replaceFirst("\"pre-deploy\"", "\"before\""), "steps[0].phase", "pre-deploy");
    refused(json.replaceFirst("\"rows\" : 1000", "\"rows\" : \"many\""), "a whole number");
    refused(json.replaceFirst("\"formatVersion\" : 1", "\"formatVersion\" : 2"), "formatVersion 2");
    refused("{", "no JSON");
    refused("[]", "plan is no object");
  }

  private static void refused(String json, String... words) {
    assertThatThrownBy(() -> PlanJson.read(json))
        .isInstanceOf(UnreadablePlan.class)
        .hasMessageContainingAll(words);
  }
}
