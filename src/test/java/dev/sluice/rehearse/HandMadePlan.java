package dev.sluice.rehearse;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan of the sample's release that no planner made: what a rehearsal says does not hang on one.
 */
final class HandMadePlan {

  private final List<Step> steps = new ArrayList<>();

  /**
   * @param before statements for pre-deploy, each text a step
   * @param after the same for post-deploy
   */
  static Plan of(Sample sample, String engineVersion, List<String> before, List<String> after) {
    HandMadePlan plan = new HandMadePlan();
    before.forEach(sql -> plan.add(Phase.PRE_DEPLOY, new Action.Ddl(List.of(sql), true)));
    List<Migration> pending =
        sample.read().all().stream().filter(sample.pending()::includes).toList();
    pending.forEach(m -> plan.add(Phase.PRE_DEPLOY, record(m)));
    plan.add(Phase.ROLLING, new Action.Deploy());
    after.forEach(sql -> plan.add(Phase.POST_DEPLOY, new Action.Ddl(List.of(sql), true)));
    Plan unsigned = plan.plan(engineVersion, pending, "");
    return plan.plan(engineVersion, pending, PlanJson.fingerprint(unsigned));
  }

  private static Action record(Migration m) {
    return new Action.RecordHistory(
        m.version().map(v -> v.text()), m.description(), "SQL", m.script(), m.checksum());
  }

  private Plan plan(String engineVersion, List<Migration> pending, String fingerprint) {
    return new Plan(
        "by-hand",
        fingerprint,
        "postgresql",
        engineVersion,
        pending.stream()
            .map(
                m ->
                    new Plan.Source(
                        m.version().map(v -> v.text()), m.script(), m.checksum(), Kind.MIXED))
            .toList(),
        Map.of(),
        List.of(),
        steps,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private void add(Phase phase, Action action) {
    steps.add(
        new Step(
            "1." + (steps.size() + 1),
            phase,
            Kind.EXPAND,
            action.id(),
            action,
            Step.Session.PLAIN,
            List.of(),
            Optional.empty(),
            "by hand",
            Impact.NONE,
            Window.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            Reversible.YES));
  }
}
