package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.SetDefault;
import dev.sluice.schema.ColumnName;
import java.util.Optional;

/**
 * The default of a column that is kept in step with an old one: it comes when the old version is
 * gone. Before, the trigger would take it for what the new version wrote, and carry it over what
 * the old version did write.
 */
public final class DefaultInStep implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof SetDefault change)
        || at.phase() != Phase.PRE_DEPLOY
        || ColumnCopy.keeping(at, change.table(), change.column())
            .filter(ColumnCopy::isTwoWay)
            .isEmpty()) {
      return Optional.empty();
    }
    SetDefault later =
        new SetDefault(at.afterwards(change.table()), change.column(), change.value());
    Sketch sketch = at.sketch();
    return Optional.of(
        sketch
            .add(
                sketch
                    .ddl(Phase.POST_DEPLOY, later)
                    .titled("set default of " + new ColumnName(later.table(), later.column()))
                    .because("before, it would have hidden what the old version wrote"))
            .there(Phase.POST_DEPLOY)
            .done());
  }
}
