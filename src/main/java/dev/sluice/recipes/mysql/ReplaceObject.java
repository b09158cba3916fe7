package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.CreateObject;
import dev.sluice.schema.Change.CreateRoutine;
import dev.sluice.schema.Change.CreateTrigger;
import dev.sluice.schema.Change.CreateView;
import java.util.List;
import java.util.Optional;

/**
 * One object in the place of another of the same name, each in one statement: nothing here is
 * dropped and made again in one transaction. Where the engine has no CREATE OR REPLACE, the name is
 * missing for a moment, and a person says whether anybody minds.
 */
public final class ReplaceObject implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (at.replaced().isEmpty()) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    for (Redefinition pair : at.replaced()) {
      Change change = at.inPreDeploy(pair.made().change()).orElse(pair.made().change());
      Optional<Change> replacing = replacing(at, change);
      if (replacing.isPresent()) {
        sketch.add(
            sketch
                .ddl(at.phase(), replacing.get())
                .titled("replace " + pair.made().object())
                .because("in one statement: nobody finds neither")
                .doneWhen(Optional.empty()));
      } else if (at.decisions().placed()) {
        sketch.add(
            sketch
                .ddl(at.phase(), pair.dropped().change())
                .titled("drop the former " + pair.made().object())
                .because("the server has no statement that replaces it"));
        if (isLast(at, pair)) {
          sketch.add(
              sketch
                  .ddl(at.phase(), change)
                  .titled("make " + pair.made().object() + " again")
                  .because("it was missing since the step before"));
        }
      } else {
        return Optional.of(missing(at, pair));
      }
    }
    return Optional.of(sketch.done());
  }

  /** A foreign key comes again with its index, where both were dropped. */
  private static boolean isLast(Situation at, Redefinition pair) {
    return at.replaced().stream()
        .filter(p -> p.made().equals(pair.made()))
        .reduce((one, other) -> other)
        .equals(Optional.of(pair));
  }

  private static Optional<Change> replacing(Situation at, Change made) {
    boolean mariadb = at.dialect().engine() == Engine.MARIADB;
    return switch (made) {
      case CreateView c -> Optional.of(new CreateView(c.view(), true, false, c.temporary()));
      case CreateRoutine c when mariadb ->
          Optional.of(new CreateRoutine(c.routine(), true, false, c.definer()));
      case CreateTrigger c when mariadb ->
          Optional.of(new CreateTrigger(c.trigger(), true, false, c.definer()));
      case CreateObject c when mariadb ->
          Optional.of(
              new CreateObject(
                  c.kind(), c.name(), c.on(), c.definition(), true, false, c.definer()));
      default -> Optional.empty();
    };
  }

  private static Undecided missing(Situation at, Redefinition pair) {
    String phase = at.phase().id();
    return new Undecided(
        pair.made().object()
            + " is dropped and made again by two statements, each of which commits: in between"
            + " nobody finds it",
        List.of(
            "another name for the new one, and the old one dropped in the next release",
            "-- sluice: phase " + phase + ": <reason>, on both, where nobody minds the moment"));
  }
}
