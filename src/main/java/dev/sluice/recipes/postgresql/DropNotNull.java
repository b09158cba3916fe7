package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.NotNullCheck;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import java.util.Optional;

/** NULL is allowed; to forbid it again takes the way of {@link SetNotNull}. */
public final class DropNotNull implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.DropNotNull change)
        || at.made(change.table())
        || at.column(change.table(), change.column()).map(Column::nullable).orElse(true)) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    return Optional.of(
        sketch
            .add(
                sketch
                    .asWritten()
                    .undoneBy(
                        NotNullCheck.putBack(at, change.table(), change.column()),
                        Reversible.UNTIL_WRITTEN))
            .done());
  }
}
