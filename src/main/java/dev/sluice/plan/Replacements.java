package dev.sluice.plan;

import dev.sluice.release.Dependencies;
import dev.sluice.release.Effects.Item;
import dev.sluice.release.Release;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names that are taken away and given again in one phase: one change in two statements. The first
 * is held back until the second, or until something between them needs the old object gone. Views
 * that read each other go together.
 */
final class Replacements {

  private final Dependencies dependencies;
  private final List<Redefinition> pairs;
  private final Set<Subject> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Redefinition> held = new ArrayList<>();

  Replacements(Release release, Dependencies dependencies) {
    this.dependencies = dependencies;
    this.pairs =
        new ArrayList<>(
            release.redefinitions().stream()
                .filter(p -> p.dropped().phase().isPresent())
                .filter(p -> p.dropped().phase().equals(p.made().phase()))
                .filter(p -> oneChange(p.made().change()))
                .flatMap(p -> withCode(p, release))
                .toList());
  }

  /** The function of a trigger is replaced with it: no body meets the other one's statements. */
  private static Stream<Redefinition> withCode(Redefinition pair, Release release) {
    Optional<QualifiedName> function =
        pair.made().change() instanceof Change.CreateTrigger c
            ? c.trigger().function().map(pair.made().before()::resolve)
            : Optional.empty();
    Stream<Redefinition> code =
        function.stream()
            .filter(f -> release.before().routine(f).isPresent())
            .flatMap(
                f ->
                    release.subjects().stream()
                        .filter(
                            s ->
                                s.change() instanceof Change.CreateRoutine c
                                    && s.before().resolve(c.routine().name()).equals(f)
                                    && s.phase().equals(pair.made().phase())))
            .map(s -> new Redefinition(pair.dropped(), s));
    return Stream.concat(code, Stream.of(pair));
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

  private Optional<Redefinition> pairOf(Subject subject) {
    return pairs.stream()
        .filter(p -> p.dropped().equals(subject) || p.made().equals(subject))
        .findFirst();
  }

  /** Whether the change is a half of a pair, and so nothing to be carried out by itself. */
  boolean concerns(Subject subject) {
    return pairOf(subject).isPresent();
  }

  /**
   * Takes note of a half of a pair. What is complete with it, to be carried out now, in the order
   * of the files; mostly empty.
   */
  List<Redefinition> reached(Subject subject) {
    if (!seen.add(subject)) {
      return List.of();
    }
    Redefinition pair = pairOf(subject).orElseThrow();
    pairs.stream()
        .filter(p -> p.dropped().equals(pair.dropped()) && !held.contains(p))
        .forEach(held::add);
    List<Redefinition> group = groupOf(pair);
    boolean complete =
        group.stream().allMatch(p -> seen.contains(p.dropped()) && seen.contains(p.made()));
    return complete ? carriedOut(group) : List.of();
  }

  /** What must be carried out before the change, because it needs the old gone or the new there. */
  List<Redefinition> neededBy(Subject subject) {
    if (concerns(subject)) {
      // Halves of pairs that hang on each other are carried out together.
      return List.of();
    }
    List<Subject> before = dependencies.before(subject);
    return held.stream()
        .filter(
            p ->
                before.contains(p.dropped())
                    || before.contains(p.made())
                    || takesAwayWhatItReads(subject, p.dropped())
                    || takesAlong(subject, p.dropped()))
        .findFirst()
        .map(p -> carriedOut(groupOf(p)))
        .orElse(List.of());
  }

  /** Whether what gives the names again builds on something that has not been planned yet. */
  boolean tooEarly(List<Redefinition> group, List<Subject> plannedAlready) {
    return group.stream()
        .flatMap(p -> dependencies.before(p.made()).stream())
        .filter(s -> group.stream().noneMatch(p -> p.dropped().equals(s) || p.made().equals(s)))
        .anyMatch(s -> !plannedAlready.contains(s));
  }

  /** From here on each half is a change by itself. */
  void takeApart(List<Redefinition> group) {
    pairs.removeAll(group);
  }

  private List<Redefinition> carriedOut(List<Redefinition> group) {
    held.removeAll(group);
    group.forEach(p -> seen.add(p.dropped()));
    group.forEach(p -> seen.add(p.made()));
    return group;
  }

  /** The pairs whose objects hang on each other, this one included, in the order of the files. */
  private List<Redefinition> groupOf(Redefinition pair) {
    List<Redefinition> group = new ArrayList<>(List.of(pair));
    boolean grown = true;
    while (grown) {
      List<Redefinition> more =
          held.stream()
              .filter(p -> !group.contains(p))
              .filter(p -> group.stream().anyMatch(g -> hang(p, g) || hang(g, p)))
              .toList();
      grown = group.addAll(more);
    }
    return held.stream().filter(group::contains).toList();
  }

  private boolean hang(Redefinition one, Redefinition other) {
    return one.made().equals(other.made())
        || one.dropped().equals(other.dropped())
        || dependencies.before(one.made()).contains(other.made())
        || takesAwayWhatItReads(other.dropped(), one.dropped());
  }

  /** Whether a column that goes would take from what is held back, or all of it. */
  private static boolean takesAlong(Subject subject, Subject dropped) {
    if (!(subject.change() instanceof Change.DropColumn)) {
      return false;
    }
    Schema with = dropped.before();
    Schema without = with.after(subject.change());
    return switch (dropped.change()) {
      case Change.DropIndex drop ->
          !with.index(drop.index(), drop.table()).equals(without.index(drop.index(), drop.table()));
      case Change.DropConstraint drop -> !constraint(with, drop).equals(constraint(without, drop));
      default -> false;
    };
  }

  private static Optional<Constraint> constraint(Schema schema, Change.DropConstraint drop) {
    return schema.table(drop.table()).flatMap(t -> t.constraint(drop.constraint()));
  }

  private static boolean takesAwayWhatItReads(Subject subject, Subject dropped) {
    Optional<View> view =
        dropped.change() instanceof Change.DropObject drop
            ? dropped.before().view(drop.name())
            : Optional.empty();
    return view.map(
            v -> disturbed(subject, v).stream().anyMatch(i -> reads(v.query().references(), i)))
        .orElse(false);
  }

  /** What a view that keeps its rows does not let be changed; any other steps aside for that. */
  private static Set<Item> disturbed(Subject subject, View view) {
    return view.materialized() && subject.change() instanceof Change.AlterColumnType
        ? subject.effects().changes()
        : subject.effects().drops();
  }

  private static boolean reads(References references, Item item) {
    return item.part().isPresent()
        ? references.names(item.owner(), item.part().get())
        : references.relations().contains(item.owner());
  }
}
