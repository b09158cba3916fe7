package dev.sluice.recipes.mysql;

import dev.sluice.plan.Action;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.DropConstraint.Meant;
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Index;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key in the place of another of its name. One statement that drops and adds it is
 * refused by both servers, and each statement commits: the new one is there under a name of ours
 * while the old one goes and it gets its own. No row is written without either; while both are
 * there, the stricter one decides.
 */
public final class ReplaceForeignKey implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (at.replaced().isEmpty()
        || !(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof ForeignKey key)
        || at.made(change.table())) {
      return Optional.empty();
    }
    Optional<ForeignKey> former = key.name().flatMap(n -> former(at, change.table(), n));
    if (former.isEmpty() || !isServed(at, change.table(), key) || !dropsOnlyIt(at, key)) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    QualifiedName table = change.table();
    Name name = key.name().orElseThrow();
    Name ours = Names.ours(at, name.text(), "new");
    AddConstraint beside = new AddConstraint(table, key.named(ours));
    if (pointsAlike(at, former.get(), key)) {
      sketch.add(
          AddForeignKey.unchecked(sketch, at, beside)
              .because("every row keeps it already, because the old one points to the same rows"));
    } else {
      Optional<Proposal> unknown = AddForeignKey.verified(sketch, at, beside);
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    Reversible back =
        pointsAlike(at, former.get(), key) ? Reversible.YES : Reversible.UNTIL_WRITTEN;
    sketch.add(
        drop(sketch, at, new AddConstraint(table, former.get()), back)
            .titled("drop the former foreign key " + name)
            .because("the new one holds already, as " + ours));
    sketch.add(
        AddForeignKey.unchecked(sketch, at, change)
            .because("every row keeps it already, as " + ours));
    sketch.add(
        drop(sketch, at, beside, Reversible.YES)
            .titled("drop foreign key " + ours)
            .because("the same holds under its own name"));
    return Optional.of(sketch.done());
  }

  private static Optional<ForeignKey> former(Situation at, QualifiedName table, Name name) {
    return at.schema()
        .table(table)
        .flatMap(t -> t.constraint(name))
        .filter(ForeignKey.class::isInstance)
        .map(ForeignKey.class::cast);
  }

  /** Otherwise ours would make an index of its name, which outlives it. */
  private static boolean isServed(Situation at, QualifiedName table, ForeignKey key) {
    return at.schema().allIndexesOn(at.schema().resolve(table)).stream()
        .anyMatch(i -> begins(i, key.columns()));
  }

  private static boolean begins(Index index, List<Name> columns) {
    return index.columns().size() >= columns.size()
        && index.columns().subList(0, columns.size()).stream()
            .map(c -> c.column().filter(n -> c.modifiers().isEmpty()))
            .toList()
            .equals(columns.stream().map(Optional::of).toList());
  }

  /** An index that goes with the old key must be the one that the new key would make again. */
  private static boolean dropsOnlyIt(Situation at, ForeignKey key) {
    return at.replaced().stream()
        .map(Redefinition::dropped)
        .allMatch(
            dropped ->
                switch (dropped.change()) {
                  case DropConstraint ignored -> true;
                  case DropIndex c ->
                      at.schema()
                          .index(c.index(), c.table())
                          .map(i -> !i.unique() && isOver(i, key.columns()))
                          .orElse(false);
                  default -> false;
                });
  }

  private static boolean isOver(Index index, List<Name> columns) {
    return index.columns().size() == columns.size() && begins(index, columns);
  }

  private static boolean pointsAlike(Situation at, ForeignKey was, ForeignKey is) {
    QualifiedName parent = at.schema().resolve(is.parent());
    List<Name> columns =
        is.parentColumns().isEmpty()
            ? at.schema().table(parent).map(Table::primaryKey).orElse(List.of())
            : is.parentColumns();
    return was.columns().equals(is.columns())
        && at.schema().resolve(was.parent()).equals(parent)
        && was.parentColumns().equals(columns);
  }

  /** Taken back in place too, while another key holds for every row. */
  private static Draft drop(Sketch sketch, Situation at, AddConstraint added, Reversible how) {
    Draft again = AddForeignKey.unchecked(sketch, at, added);
    List<String> undo = again.action() instanceof Action.Ddl d ? d.sql() : List.of();
    Name name = added.constraint().name().orElseThrow();
    return sketch
        .under(
            AddForeignKey.UNCHECKED,
            at.phase(),
            new DropConstraint(added.table(), name, Meant.FOREIGN_KEY, false, false))
        .undoneBy(undo, how);
  }
}
