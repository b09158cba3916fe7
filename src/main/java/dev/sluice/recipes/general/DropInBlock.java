package dev.sluice.recipes.general;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import java.util.Optional;

/**
 * Columns and tables that go in a block of code, which runs as it is written. Whether it comes to
 * them only the block knows; until then the new version leaves them out, so what would refuse that
 * goes before the deployment, as for a drop by itself.
 */
public final class DropInBlock implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.Block block) || at.phase() != Phase.POST_DEPLOY) {
      return Optional.empty();
    }
    Optional<Proposal> undecided = BothVersions.undecided(at, at.subject()).map(u -> u);
    if (undecided.isPresent()) {
      return undecided;
    }
    Sketch sketch = at.sketch();
    for (Change change : block.changes()) {
      if (change instanceof Change.DropColumn drop && !at.made(drop.table(), drop.column())) {
        Optional<Proposal> refused =
            DropColumn.free(sketch, at, at.beforehand(drop.table()), drop.column());
        if (refused.isPresent()) {
          return refused;
        }
      } else if (change instanceof Change.DropTable drop && !at.made(drop.table())) {
        DropTable.freeParents(sketch, drop.table());
      }
    }
    return Optional.of(sketch.add(sketch.asWritten()).done());
  }
}
