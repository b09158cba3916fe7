package dev.sluice.recipes;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.List;
import java.util.Optional;

/**
 * One object in the place of another of the same name: both statements in one transaction, so that
 * nobody finds neither.
 */
public final class ReplaceObject implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    return at.replaced().map(dropped -> together(at, dropped));
  }

  private static Proposal together(Situation at, Subject dropped) {
    Sketch sketch = at.sketch();
    Change drop = withoutCascade(dropped.change());
    boolean asWritten = at.alone(dropped) && drop.equals(dropped.change());
    List<String> sql =
        List.of(
            asWritten ? dropped.statement().shown() : at.writer().write(drop),
            at.alone() && !at.reworded()
                ? at.subject().statement().shown()
                : at.writer().write(at.change()));
    return sketch
        .add(
            sketch
                .ddl(at.phase(), List.of(drop, at.change()), sql)
                .titled("replace " + at.subject().object())
                .because("dropped and made again in one transaction: nobody finds neither")
                .doneWhen(Optional.empty()))
        .done();
  }

  /** What hangs on it would go unnamed: the server refuses instead, and says what it is. */
  private static Change withoutCascade(Change change) {
    return switch (change) {
      case Change.DropObject c ->
          new Change.DropObject(c.kind(), c.name(), c.on(), c.signature(), c.ifExists(), false);
      case Change.DropTrigger c ->
          new Change.DropTrigger(c.trigger(), c.table(), c.ifExists(), false);
      case Change.DropConstraint c ->
          new Change.DropConstraint(c.table(), c.constraint(), c.ifExists(), false);
      default -> change;
    };
  }
}
