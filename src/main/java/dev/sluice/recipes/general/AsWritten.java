package dev.sluice.recipes.general;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import java.util.Optional;

/**
 * The statement as it stands in the file: for what blocks nobody for long, and for what has no
 * other form, which then needs a window.
 */
public final class AsWritten implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    Optional<Proposal> undecided = BothVersions.undecided(at, at.subject()).map(u -> u);
    if (undecided.isPresent()) {
      return undecided;
    }
    Sketch sketch = at.sketch();
    return Optional.of(sketch.add(sketch.asWritten()).done());
  }
}
