package dev.sluice.plan;

import dev.sluice.release.Dependencies;
import dev.sluice.release.Effects.Item;
import dev.sluice.release.Release;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.References;
import dev.sluice.schema.View;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Names that are taken away and given again in one phase: one change in two statements. The first
 * is held back until the second, or until something between them needs the old object gone.
 */
final class Replacements {

  private final Dependencies dependencies;
  private final IdentityHashMap<Subject, Redefinition> byDropped = new IdentityHashMap<>();
  private final IdentityHashMap<Subject, Redefinition> byMade = new IdentityHashMap<>();
  private final List<Redefinition> held = new ArrayList<>();

  Replacements(Release release, Dependencies dependencies) {
    this.dependencies = dependencies;
    for (Redefinition one : release.redefinitions()) {
      if (one.dropped().phase().isPresent()
          && one.dropped().phase().equals(one.made().phase())
          && oneChange(one.made().change())) {
        byDropped.put(one.dropped(), one);
        byMade.put(one.made(), one);
      }
    }
  }

  /** What can be put in the place of another; a column or table of the same name is another one. */
  private static boolean oneChange(Change made) {
    return made instanceof Change.CreateView
        || made instanceof Change.CreateRoutine
        || made instanceof Change.CreateTrigger
        || made instanceof Change.CreateObject
        || made instanceof Change.CreateIndex
        || made instanceof Change.AddConstraint;
  }

  /** Whether the change is the first half of a pair, which waits for the second. */
  boolean holds(Subject subject) {
    Optional<Redefinition> pair = Optional.ofNullable(byDropped.get(subject));
    pair.ifPresent(held::add);
    return pair.isPresent();
  }

  /** The pair that the change is the second half of, if it was not carried out before. */
  Optional<Redefinition> completedBy(Subject subject) {
    Optional<Redefinition> pair = Optional.ofNullable(byMade.get(subject));
    return pair.filter(held::remove);
  }

  /** Whether the change is the second half of a pair that was carried out before. */
  boolean isDone(Subject subject) {
    Optional<Redefinition> pair = Optional.ofNullable(byMade.get(subject));
    return pair.isPresent() && !held.contains(pair.get());
  }

  /** The pairs that must be carried out before the change, because it needs the old object gone. */
  List<Redefinition> neededBy(Subject subject) {
    List<Redefinition> needed =
        held.stream()
            .filter(p -> !p.made().equals(subject))
            .filter(
                p ->
                    dependencies.before(subject).contains(p.dropped())
                        || takesAwayWhatItReads(subject, p.dropped()))
            .toList();
    held.removeAll(needed);
    return needed;
  }

  private static boolean takesAwayWhatItReads(Subject subject, Subject dropped) {
    Optional<View> view =
        dropped.change() instanceof Change.DropObject drop
            ? dropped.before().view(drop.name())
            : Optional.empty();
    return view.map(View::query)
        .map(q -> subject.effects().drops().stream().anyMatch(i -> reads(q.references(), i)))
        .orElse(false);
  }

  private static boolean reads(References references, Item item) {
    return item.part().isPresent()
        ? references.names(item.owner(), item.part().get())
        : references.relations().contains(item.owner());
  }
}
