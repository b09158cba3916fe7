package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names that a release takes away and gives again, and triggers in whose place others come: each
 * pair is one change, in two statements.
 */
final class Redefinitions {

  /**
   * Positions in the release.
   *
   * @param dropped the change that takes the name away
   * @param made the next change that gives it again; the trigger in its place stands before or
   *     behind
   */
  record Pair(int dropped, int made, Item item) {}

  private Redefinitions() {}

  /**
   * @param before the schema right before each change
   */
  static List<Pair> in(List<Change> changes, List<Effects> effects, List<Schema> before) {
    List<Pair> pairs = new ArrayList<>();
    Map<Item, Integer> gone = new HashMap<>();
    // What the release itself made before is nobody's yet, and given again is simply made later.
    Set<Item> own = new HashSet<>();
    for (int i = 0; i < changes.size(); i++) {
      for (Item made : effects.get(i).creates()) {
        Integer dropped = gone.remove(made);
        if (dropped != null) {
          pairs.add(new Pair(dropped, i, made));
        }
      }
      int at = i;
      Optional<Item> taken =
          NotThere.is(changes.get(i), before.get(i))
              ? Optional.empty()
              : named(changes.get(i), effects.get(i));
      taken.filter(item -> !own.contains(item)).ifPresent(item -> gone.put(item, at));
      own.addAll(effects.get(i).creates());
    }
    gone.values().stream()
        .sorted()
        .forEach(dropped -> successor(dropped, changes, before, pairs).ifPresent(pairs::add));
    return pairs;
  }

  /** A new trigger that calls the same function for the same statements: each would run it. */
  private static Optional<Pair> successor(
      int dropped, List<Change> changes, List<Schema> before, List<Pair> pairs) {
    Optional<Trigger> old =
        changes.get(dropped) instanceof Change.DropTrigger drop
            ? drop.table().flatMap(t -> before.get(dropped).trigger(t, drop.trigger()))
            : Optional.empty();
    if (old.isEmpty() || !sameAction(old.get(), old.get(), before.get(dropped))) {
      return Optional.empty();
    }
    for (int i = 0; i < changes.size(); i++) {
      int at = i;
      if (changes.get(i) instanceof Change.CreateTrigger create
          && pairs.stream().noneMatch(p -> p.made() == at)
          // What is replaced first and dropped then is gone.
          && (i > dropped || !create.trigger().name().equals(old.get().name()))
          && sameAction(old.get(), create.trigger(), before.get(i))) {
        QualifiedName table = before.get(i).resolve(create.trigger().table());
        return Optional.of(
            new Pair(dropped, i, Item.in(Item.Kind.TRIGGER, table, create.trigger().name())));
      }
    }
    return Optional.empty();
  }

  /** Whether both call one function with the same arguments, and one statement can fire both. */
  static boolean sameAction(Trigger old, Trigger now, Schema there) {
    Optional<QualifiedName> function = now.function().map(there::resolve);
    return function.isPresent()
        && function.equals(old.function().map(there::resolve))
        && arguments(old).equals(arguments(now))
        && there.resolve(now.table()).equals(there.resolve(old.table()))
        && now.meets(old);
  }

  private static String arguments(Trigger trigger) {
    String text = trigger.definition().sql();
    return text.substring(text.lastIndexOf('(') + 1);
  }

  /** The object whose name the statement itself takes away; empty for what merely goes along. */
  private static Optional<Item> named(Change change, Effects effects) {
    return switch (change) {
      case Change.DropTable ignored -> first(effects, Item.Kind.RELATION);
      case Change.RenameTable ignored -> first(effects, Item.Kind.RELATION);
      case Change.DropColumn ignored -> first(effects, Item.Kind.COLUMN);
      case Change.DropConstraint ignored -> first(effects, Item.Kind.CONSTRAINT);
      case Change.DropIndex ignored -> first(effects, Item.Kind.INDEX);
      case Change.DropTrigger ignored -> first(effects, Item.Kind.TRIGGER);
      case Change.DropObject c ->
          switch (c.kind()) {
            case VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE ->
                first(effects, Item.Kind.RELATION);
            case FUNCTION, PROCEDURE, AGGREGATE -> first(effects, Item.Kind.ROUTINE);
            case TYPE, DOMAIN, COLLATION -> first(effects, Item.Kind.TYPE);
            case TRIGGER -> first(effects, Item.Kind.TRIGGER);
            default -> first(effects, Item.Kind.OTHER);
          };
      default -> Optional.empty();
    };
  }

  // The explicit object is the only one of its kind that such a statement drops, but for CASCADE,
  // which is no redefinition.
  private static Optional<Item> first(Effects effects, Item.Kind kind) {
    List<Item> of = effects.drops().stream().filter(i -> i.kind() == kind).toList();
    return of.size() == 1 ? Optional.of(of.getFirst()) : Optional.empty();
  }
}
