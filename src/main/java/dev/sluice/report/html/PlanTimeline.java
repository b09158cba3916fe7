package dev.sluice.report.html;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import dev.sluice.report.PlanWords;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import java.util.List;
import java.util.Optional;

/** All steps in their order, phase beside phase: who waits where, and from where on for good. */
final class PlanTimeline {

  private final Html html;
  private final Plan plan;

  PlanTimeline(Html html, Plan plan) {
    this.html = html;
    this.plan = plan;
  }

  /** Where a step stands on the page. */
  static String anchor(Step step) {
    return "step-" + step.id().replaceAll("[^A-Za-z0-9.-]", "-");
  }

  /** The lock that most of the others wait for; empty where there is none. */
  static Optional<LockMode> strongest(Step step) {
    return step.impact().locks().stream().map(Impact.Lock::mode).max(LockMode::compareTo);
  }

  /**
   * {@code strong} where reads wait for as long as its work takes, {@code medium} where writes do,
   * {@code brief} where they wait for an instant, else {@code weak}.
   */
  static String strength(Step step) {
    Impact impact = step.impact();
    if (impact.blocksReadsForLong()) {
      return "strong";
    }
    if (impact.blocksWritesForLong()) {
      return "medium";
    }
    return impact.blocksReads() || impact.blocksWrites() ? "brief" : "weak";
  }

  void write() {
    html.open("p", "class", "legend");
    html.element("span", "nobody waits", "class", "key weak");
    html.element("span", "for an instant", "class", "key brief");
    html.element("span", "writes wait for longer", "class", "key medium");
    html.element("span", "reads and writes wait for longer", "class", "key strong");
    html.element("span", "in a window", "class", "key framed");
    html.close();
    html.open("div", "class", "phases");
    for (Phase phase : Phase.values()) {
      List<Step> steps = plan.steps().stream().filter(s -> s.phase() == phase).toList();
      if (!steps.isEmpty()) {
        html.open("div", "class", "phase " + phase.id()).element("h3", phase.id());
        html.open("div", "class", "dots");
        steps.forEach(this::dot);
        html.close().close();
      }
    }
    html.close();
  }

  private void dot(Step step) {
    if (plan.pointOfNoReturn().filter(step.id()::equals).isPresent()) {
      html.element(
          "span", "for good from here", "class", "point", "title", PlanWords.POINT_OF_NO_RETURN);
    }
    boolean framed = step.window() != Window.NONE;
    String what = step.id() + " " + step.title() + (framed ? ", window " + step.window().id() : "");
    boolean named = step.action() instanceof Action.Deploy;
    html.open(
        "a",
        "class",
        "dot " + strength(step) + (framed ? " framed" : "") + (named ? " named" : ""),
        "href",
        "#" + anchor(step),
        "title",
        what);
    html.element("span", named ? step.title() : what, "class", named ? "name" : "unseen").close();
  }
}
