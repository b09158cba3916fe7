package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Index;
import dev.sluice.schema.Table;
import java.util.Optional;

/**
 * An index on a table in use goes while reads and writes go on. Not one that a constraint keeps,
 * nor one on a partitioned table: the server refuses both (manual, "DROP INDEX").
 */
public final class DropIndexConcurrently implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof DropIndex change)) {
      return Optional.empty();
    }
    Optional<Index> index = at.schema().index(change.index());
    boolean mustWait =
        index.map(i -> at.made(i.table())).orElse(false)
            || index.flatMap(i -> at.schema().constraintOf(i)).isPresent()
            || index
                .flatMap(i -> at.schema().table(i.table()))
                .flatMap(Table::partitionKey)
                .isPresent();
    if (mustWait) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    return Optional.of(
        sketch
            .add(
                sketch
                    .ddl(
                        at.phase(),
                        new DropIndex(
                            change.index(), change.table(), true, change.ifExists(), false))
                    .titled("drop index " + change.index().name() + " concurrently")
                    .because("waits for nobody's statements but those that use it"))
            .done());
  }
}
