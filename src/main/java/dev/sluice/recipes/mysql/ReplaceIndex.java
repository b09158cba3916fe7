package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Change.DropIndex;
import java.util.List;
import java.util.Optional;

/**
 * An index in the place of another of its name: one statement drops the one and builds the other,
 * in place, while reads and writes go on. No query is without either.
 */
public final class ReplaceIndex implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    boolean index =
        at.change() instanceof CreateIndex
            && at.replaced().size() == 1
            && at.replaced().getFirst().dropped().change() instanceof DropIndex;
    if (!index) {
      return Optional.empty();
    }
    CreateIndex change = (CreateIndex) at.change();
    DropIndex drop = (DropIndex) at.replaced().getFirst().dropped().change();
    Sketch sketch = at.sketch();
    if (change.index().unique() && !at.made(change.index().table())) {
      BuildIndex.verify(sketch, at, at.phase(), change.index());
    }
    return Optional.of(
        sketch
            .add(
                sketch
                    .together(at.phase(), List.of(drop, change))
                    .titled("replace index " + drop.index().name())
                    .because("in one statement: no query is without either")
                    .doneWhen(Optional.empty())
                    .staying())
            .done());
  }
}
