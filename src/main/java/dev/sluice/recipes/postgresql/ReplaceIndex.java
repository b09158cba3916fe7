package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Change.RenameIndex;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * An index in the place of another: built under another name beside the traffic, the names swapped
 * in one transaction, then the old one dropped. No query is without either.
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
    boolean inUse =
        !change.only()
            && !at.made(change.index().table())
            && at.schema().table(change.index().table()).flatMap(Table::partitionKey).isEmpty();
    return inUse ? Optional.of(swap(at, change, drop)) : Optional.empty();
  }

  private static Proposal swap(Situation at, CreateIndex change, DropIndex drop) {
    Phase phase = at.phase();
    Sketch sketch = at.sketch();
    QualifiedName name = drop.index();
    Name next = Names.ours(at, name.name().text(), "new");
    Name former = Names.ours(at, name.name().text(), "old");
    CreateIndexConcurrently.build(
        sketch,
        at,
        phase,
        change.index().named(new QualifiedName(change.index().table().schema(), next)),
        false);
    List<Change> names =
        List.of(
            new RenameIndex(name, drop.table(), former),
            new RenameIndex(name.withName(next), drop.table(), name.name()));
    sketch.add(
        sketch
            .ddl(phase, names)
            .titled("swap names of the old and the new index " + name.name())
            .because("the catalog only, in one transaction"));
    Draft gone =
        sketch
            .ddl(phase, new DropIndex(name.withName(former), drop.table(), true, false, false))
            .titled("drop the old index " + name.name() + " concurrently")
            .because("the new one serves its queries");
    sketch.add(gone.undoneBy(gone.care().undo(), Reversible.YES));
    return sketch.done();
  }
}
