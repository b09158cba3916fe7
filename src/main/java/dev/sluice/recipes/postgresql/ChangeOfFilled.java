package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import java.util.List;
import java.util.Optional;

/**
 * A column that this release adds and fills, and renames, drops or gives another type as well. A
 * trigger fills it until post-deploy, by the name and type that it got first, so it is not changed
 * under its hands.
 */
public final class ChangeOfFilled implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    return column(at.change())
        .filter(c -> at.made(c.table(), c.column()) && !at.made(c.table()))
        .filter(c -> ColumnCopy.keeping(at, c.table(), c.column()).isPresent())
        .map(ChangeOfFilled::undecided);
  }

  private static Optional<ColumnName> column(Change change) {
    return switch (change) {
      case Change.RenameColumn c -> Optional.of(new ColumnName(c.table(), c.column()));
      case Change.DropColumn c -> Optional.of(new ColumnName(c.table(), c.column()));
      case Change.AlterColumnType c -> Optional.of(new ColumnName(c.table(), c.column()));
      default -> Optional.empty();
    };
  }

  private static Proposal undecided(ColumnName column) {
    return new Undecided(
        column
            + " is added and filled in this release, and changed again: until post-deploy a trigger"
            + " fills it as it was added",
        List.of(
            "add it as it is to be in the end: no file of this release is applied yet",
            "two releases: change it in the next one"));
  }
}
