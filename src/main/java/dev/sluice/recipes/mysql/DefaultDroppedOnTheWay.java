package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.DropDefault;
import dev.sluice.schema.Change.RedefineColumn;
import java.util.Optional;

/**
 * DROP DEFAULT of a column that the same release defines anew, by the same name: the definition
 * says the default again, or that there is none. Between the two a column would have none at all,
 * NULL neither, and INSERTs of the new version that leave it out would be refused.
 */
public final class DefaultDroppedOnTheWay implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.subject().change() instanceof DropDefault change) || at.phase() != Phase.POST_DEPLOY) {
      return Optional.empty();
    }
    for (Subject later : at.later()) {
      if (later.change() instanceof RedefineColumn redefined
          && redefined.table().equals(change.table())
          && redefined.column().equals(change.column())
          && !redefined.renames()) {
        return Optional.of(
            at.sketch()
                .note(
                    at.subject().statement().place()
                        + ": no step of its own, "
                        + later.statement().place()
                        + " says the whole definition")
                .done());
      }
      if (movesNames(later.change())) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Behind it the same name can be something else. */
  private static boolean movesNames(Change change) {
    return switch (change) {
      case Change.RenameColumn c -> true;
      case Change.RenameTable c -> true;
      case Change.DropColumn c -> true;
      case Change.DropTable c -> true;
      case RedefineColumn c -> c.renames();
      default -> false;
    };
  }
}
