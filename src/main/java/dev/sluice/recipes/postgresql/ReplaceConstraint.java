package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.RenameConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A constraint in the place of another: the new one, or its index, is made and checked under
 * another name beside the traffic, then the old one goes and the new one takes its name, in one
 * transaction. No row is written without either.
 */
public final class ReplaceConstraint implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    boolean constraint =
        at.change() instanceof AddConstraint
            && at.replaced().size() == 1
            && at.replaced().getFirst().dropped().change() instanceof DropConstraint;
    if (!constraint) {
      return Optional.empty();
    }
    AddConstraint change = (AddConstraint) at.change();
    DropConstraint drop = (DropConstraint) at.replaced().getFirst().dropped().change();
    if (at.made(change.table())) {
      return Optional.empty();
    }
    Name name = drop.constraint();
    Name next = Names.ours(at, name.text(), "new");
    Sketch sketch = at.sketch();
    Phase phase = at.phase();
    QualifiedName table = change.table();
    return switch (change.constraint()) {
      case Constraint.Check check when check.validated() -> {
        AddCheck.add(sketch, at, phase, table, check.named(next));
        yield Optional.of(swap(sketch, phase, drop, next));
      }
      case Constraint.ForeignKey key
          when key.validated()
              && at.schema().table(table).flatMap(Table::partitionKey).isEmpty() -> {
        AddForeignKey.add(sketch, at, phase, table, key.named(next));
        yield Optional.of(swap(sketch, phase, drop, next));
      }
      case Constraint.Unique key when AddUnique.adopts(at, table, key) -> {
        CreateIndexConcurrently.build(
            sketch,
            at,
            phase,
            KeyIndex.of(
                at.writer(), table, next, key.columns(), key.nullsDistinct(), key.storage()),
            false);
        Constraint adopting =
            new Constraint.Unique(
                Optional.of(name), List.of(), true, Optional.of(next), key.timing(), "");
        yield Optional.of(adoptKey(sketch, phase, drop, new AddConstraint(table, adopting)));
      }
      case Constraint.PrimaryKey key when AddUnique.adopts(at, table, key) -> {
        AddPrimaryKey.prepare(sketch, at, phase, table, key, next);
        Constraint adopting =
            new Constraint.PrimaryKey(
                Optional.of(name), List.of(), Optional.of(next), key.timing(), "");
        yield Optional.of(adoptKey(sketch, phase, drop, new AddConstraint(table, adopting)));
      }
      case Constraint.PrimaryKey key -> Optional.empty();
      case Constraint.Check check -> Optional.empty();
      case Constraint.ForeignKey key -> Optional.empty();
      case Constraint.Unique key -> Optional.empty();
      case Constraint.Exclude exclude -> Optional.empty();
      case Constraint.NotNull notNull -> Optional.empty();
    };
  }

  private static Proposal swap(Sketch sketch, Phase phase, DropConstraint drop, Name next) {
    return adopt(sketch, phase, drop, new RenameConstraint(drop.table(), next, drop.constraint()));
  }

  private static Proposal adopt(Sketch sketch, Phase phase, DropConstraint drop, Change taking) {
    return sketch.add(step(sketch, phase, drop, taking)).done();
  }

  /** The old key's index is gone with it, and building it again would block: the new one stays. */
  private static Proposal adoptKey(Sketch sketch, Phase phase, DropConstraint drop, Change taking) {
    return sketch.add(step(sketch, phase, drop, taking).staying()).done();
  }

  private static Draft step(Sketch sketch, Phase phase, DropConstraint drop, Change taking) {
    return sketch
        .ddl(
            phase,
            new DropConstraint(drop.table(), drop.constraint(), drop.ifExists(), false),
            taking)
        .titled("replace constraint " + drop.constraint() + " by the new one")
        .because("the catalog only, in one transaction")
        .doneWhen(Optional.empty());
  }
}
