package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.BothVersions;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One object in the place of another of the same name: both statements in one transaction, so that
 * nobody finds neither.
 */
public final class ReplaceObject implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    Optional<Proposal> undecided =
        at.replaced().stream()
            .flatMap(p -> BothVersions.undecided(at, p.made()).stream())
            .<Proposal>map(u -> u)
            .findFirst();
    return at.replaced().isEmpty() || undecided.isPresent() ? undecided : Optional.of(together(at));
  }

  private static Proposal together(Situation at) {
    Sketch sketch = at.sketch();
    List<Change> changes = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    at.replaced().stream()
        .map(Redefinition::dropped)
        .distinct()
        .forEach(
            dropped -> {
              Change drop = withoutCascade(dropped.change());
              changes.add(drop);
              sql.add(text(at, dropped, drop));
            });
    at.replaced().stream()
        .map(Redefinition::made)
        .distinct()
        .sorted(Comparator.comparingInt(at.release().subjects()::indexOf))
        .forEach(
            made -> {
              Change change = at.inPreDeploy(made.change()).orElse(made.change());
              changes.add(change);
              sql.add(text(at, made, change));
            });
    String names =
        at.replaced().stream()
            .map(p -> p.made().object())
            .distinct()
            .collect(Collectors.joining(", "));
    return sketch
        .add(
            sketch
                .ddl(at.phase(), changes, sql)
                .titled("replace " + names)
                .because("dropped and made again in one transaction: nobody finds neither")
                .doneWhen(Optional.empty()))
        .done();
  }

  private static String text(Situation at, Subject subject, Change change) {
    return at.alone(subject) && change.equals(subject.change())
        ? subject.statement().shown()
        : at.writer().write(change);
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
