package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * What a release has made up to a place in it: the old version knows none of it, and a table among
 * it has no rows and no traffic. Grows change by change.
 */
final class Made {

  /** Created in this release, and still there. */
  private PSet<Item> items;

  /** Names that something had before the release, which it took away: given again they are old. */
  private PSet<Item> taken;

  /** Whether nothing was there before the release. */
  private final boolean everything;

  private Made(PSet<Item> items, PSet<Item> taken, boolean everything) {
    this.items = items;
    this.taken = taken;
    this.everything = everything;
  }

  static Made nothing() {
    return new Made(HashTreePSet.empty(), HashTreePSet.empty(), false);
  }

  /** For the first release on an empty database. */
  static Made everything() {
    return new Made(HashTreePSet.empty(), HashTreePSet.empty(), true);
  }

  /** One that can grow by itself. */
  Made copy() {
    return new Made(items, taken, everything);
  }

  /** By resolved name. A temporary table is nobody else's either. */
  boolean relation(QualifiedName resolved) {
    return everything
        || resolved.schema().equals(Optional.of(Schema.TEMPORARY))
        || items.contains(Item.of(Item.Kind.RELATION, resolved));
  }

  boolean column(QualifiedName resolved, Name column) {
    return relation(resolved) || items.contains(Item.in(Item.Kind.COLUMN, resolved, column));
  }

  boolean constraint(QualifiedName resolved, Name constraint) {
    return relation(resolved)
        || items.contains(Item.in(Item.Kind.CONSTRAINT, resolved, constraint));
  }

  boolean item(Item item) {
    return everything || items.contains(item);
  }

  /**
   * Goes on by one change. A new name of something old is not new, nor is something new under an
   * old name: the old version uses it by that. A table that comes again has no rows all the same.
   *
   * @param before the schema right before it
   */
  void take(Change change, Effects effects, Schema before) {
    if (everything) {
      return;
    }
    switch (change) {
      case Change.RenameTable ignored -> rename(effects);
      case Change.MoveTable ignored -> rename(effects);
      case Change.RenameColumn ignored -> rename(effects);
      case Change.RedefineColumn c when c.renames() -> rename(effects);
      case Change.RenameConstraint ignored -> rename(effects);
      case Change.RenameIndex ignored -> rename(effects);
      case Change.RenameObject ignored -> rename(effects);
      case Change.MoveObject ignored -> rename(effects);
      case Change.CreateRoutine c ->
          effects
              .creates()
              .forEach(
                  item -> items = items.plus(item).plus(typed(item.owner(), c.routine().types())));
      case Change.DropObject c when !c.signature().isEmpty() ->
          effects
              .drops()
              .forEach(
                  item -> {
                    items = items.minus(typed(item.owner(), Routine.types(c.signature())));
                    items = inside(item).isEmpty() ? items.minus(item) : items;
                  });
      default -> {
        if (takesName(change)) {
          effects.drops().stream()
              .filter(item -> !items.contains(item) && isThere(item, before))
              .forEach(item -> taken = taken.plus(item));
        }
        items = items.minusAll(effects.drops());
        effects.creates().stream()
            .filter(item -> !taken.contains(item))
            .forEach(item -> items = items.plus(item));
      }
    }
  }

  private static boolean takesName(Change change) {
    return change instanceof Change.DropObject
        || change instanceof Change.DropIndex
        || change instanceof Change.DropTrigger;
  }

  private static boolean isThere(Item item, Schema before) {
    return item.kind() != Item.Kind.RELATION || before.knows(item.owner());
  }

  /** Whether a routine is one of them; with arguments, whether that one of its name is. */
  boolean routine(QualifiedName resolved, String arguments) {
    return arguments.isEmpty()
        ? item(Item.of(Item.Kind.ROUTINE, resolved))
        : item(typed(resolved, Routine.types(arguments)));
  }

  private static Item typed(QualifiedName routine, String types) {
    return Item.in(Item.Kind.ROUTINE, routine, new Name("(" + types + ")"));
  }

  private void rename(Effects effects) {
    for (Item from : effects.drops()) {
      for (Item to : effects.creates()) {
        boolean same = from.kind() == to.kind() && from.part().isPresent() == to.part().isPresent();
        if (same && items.contains(from)) {
          items = items.minus(from).plus(to);
          inside(from)
              .forEach(i -> items = items.minus(i).plus(new Item(i.kind(), to.owner(), i.part())));
        }
      }
    }
  }

  /** What lives in a relation, and the routines of a name; nothing lives in anything else. */
  private List<Item> inside(Item from) {
    boolean routine = from.kind() == Item.Kind.ROUTINE;
    return from.kind() != Item.Kind.RELATION && !routine
        ? List.of()
        : items.stream()
            .filter(item -> item.part().isPresent() && item.owner().equals(from.owner()))
            .filter(item -> routine == (item.kind() == Item.Kind.ROUTINE))
            .toList();
  }
}
