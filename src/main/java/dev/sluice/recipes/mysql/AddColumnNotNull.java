package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Effects.Item;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.DropDefault;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column that is NOT NULL without a default: rows that are there silently get the implicit value
 * of its type, and INSERTs of the old version are refused in strict mode. As a default the same
 * value serves both until the old version is gone.
 */
public final class AddColumnNotNull implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddColumn change)
        || at.phase() != Phase.PRE_DEPLOY
        || at.made(change.table())
        || change.column().mayBeOmitted()) {
      return Optional.empty();
    }
    Column column = change.column();
    QualifiedName table = change.table();
    ColumnName name = new ColumnName(table, column.name());
    Optional<String> value =
        at.decisions()
            .fill(column.name())
            .or(() -> Implicit.value(column.type(), at.dialect().engine()));
    if (value.isEmpty()) {
      return Optional.of(
          new Proposal.Undecided(
              name
                  + " is NOT NULL without a default, and "
                  + column.type()
                  + " has no value of its own that may be one: INSERTs of the old version would be"
                  + " refused",
              List.of(
                  "-- sluice: fill \"<expression>\", for the rows of the old version",
                  "give it a DEFAULT, or leave out NOT NULL")));
    }
    Sketch sketch = at.sketch();
    AddColumn withDefault =
        new AddColumn(
            table,
            column.withDefault(Optional.of(at.dialect().expression(value.get()))),
            change.constraints(),
            change.position(),
            change.ifNotExists());
    sketch.add(
        sketch
            .ddl(Phase.PRE_DEPLOY, withDefault)
            .titled("add column " + name + " with a default")
            .because("rows that are there, and those of the old version, have " + value.get()));
    if (isDroppedLater(at, table, column.name())) {
      return Optional.of(sketch.there(Phase.PRE_DEPLOY).done());
    }
    sketch.add(
        sketch
            .ddl(Phase.POST_DEPLOY, new DropDefault(at.afterwards(table), column.name()))
            .titled("drop default of " + name)
            .because("it was there for the old version only"));
    return Optional.of(sketch.there(Phase.PRE_DEPLOY).done());
  }

  /** The release takes back what it adds: then nobody misses the default's end. */
  private static boolean isDroppedLater(Situation at, QualifiedName table, Name column) {
    QualifiedName resolved = at.subject().before().resolve(table);
    Set<Item> gone =
        Set.of(
            new Item(Item.Kind.COLUMN, resolved, Optional.of(column)),
            new Item(Item.Kind.RELATION, resolved, Optional.empty()));
    return at.later().stream().anyMatch(s -> s.effects().drops().stream().anyMatch(gone::contains));
  }
}
