package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * Privileges and owners of what bears a new name for a while. What is said of it before the
 * deployment goes with it; it is said again when the name has passed on.
 */
public final class OnStandIn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (at.phase() != Phase.PRE_DEPLOY || on(at.change()).stream().noneMatch(at::standsIn)) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    sketch.add(sketch.asWritten().goneWithAnother());
    List<String> sql = List.of(at.subject().statement().shown());
    sketch.add(
        sketch
            .sql(Phase.POST_DEPLOY, sql, Impact.NONE)
            .because("said before of what bore the name until then, and went"));
    return Optional.of(sketch.there(Phase.PRE_DEPLOY).done());
  }

  private static List<QualifiedName> on(Change change) {
    return switch (change) {
      case Change.Grant c -> c.on();
      case Change.ChangeOwner c -> c.table() ? List.of(c.name()) : List.of();
      default -> List.of();
    };
  }
}
