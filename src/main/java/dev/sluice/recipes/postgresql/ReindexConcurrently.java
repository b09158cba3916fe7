package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.schema.Change.Reindex;
import java.util.Optional;

/** An index is rebuilt beside the one in use. The system catalogs have no such form. */
public final class ReindexConcurrently implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Reindex change) || change.target() == Reindex.Target.SYSTEM) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    return Optional.of(
        sketch
            .add(
                sketch
                    .ddl(at.phase(), new Reindex(change.target(), change.name(), true))
                    .titled("reindex " + change.name() + " concurrently")
                    .because("the old index serves until the new one is ready"))
            .done());
  }
}
