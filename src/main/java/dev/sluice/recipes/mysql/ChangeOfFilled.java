package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import java.util.List;
import java.util.Optional;

/**
 * A column that triggers keep in step, and that the release renames, drops or defines anew as well:
 * their text names it as it was, so it is not changed under their hands.
 */
public final class ChangeOfFilled implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    return column(at.change())
        .filter(c -> !at.made(c.table()))
        .filter(c -> InStep.keeps(at, at.beforehand(c.table()), c.column()))
        .map(
            c ->
                new Undecided(
                    c
                        + " is kept in step by triggers until post-deploy, and changed again in the"
                        + " same release",
                    List.of(
                        "make it as it is to be in the end: no file of this release is applied yet",
                        "two releases: change it in the next one")));
  }

  private static Optional<ColumnName> column(Change change) {
    return switch (change) {
      case Change.RenameColumn c -> Optional.of(new ColumnName(c.table(), c.column()));
      case Change.DropColumn c -> Optional.of(new ColumnName(c.table(), c.column()));
      case Change.RedefineColumn c -> Optional.of(new ColumnName(c.table(), c.column()));
      default -> Optional.empty();
    };
  }
}
