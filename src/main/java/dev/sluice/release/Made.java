package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a release has made up to a place in it: the old version knows none of it, and a table among
 * it has no rows and no traffic. Grows change by change.
 */
final class Made {

  /** Created in this release, and still there. */
  private final Set<Item> items;

  /** Whether nothing was there before the release. */
  private final boolean everything;

  private Made(Set<Item> items, boolean everything) {
    this.items = items;
    this.everything = everything;
  }

  static Made nothing() {
    return new Made(new HashSet<>(), false);
  }

  /** For the first release on an empty database. */
  static Made everything() {
    return new Made(new HashSet<>(), true);
  }

  /** One that can grow by itself. */
  Made copy() {
    return new Made(new HashSet<>(items), everything);
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

  /** Goes on by one change. A new name of something old is not new. */
  void take(Change change, Effects effects) {
    switch (change) {
      case Change.RenameTable ignored -> rename(effects);
      case Change.MoveTable ignored -> rename(effects);
      case Change.RenameColumn ignored -> rename(effects);
      case Change.RenameConstraint ignored -> rename(effects);
      case Change.RenameIndex ignored -> rename(effects);
      case Change.RenameObject ignored -> rename(effects);
      case Change.MoveObject ignored -> rename(effects);
      default -> {
        items.removeAll(effects.drops());
        items.addAll(effects.creates());
      }
    }
  }

  private void rename(Effects effects) {
    for (Item from : effects.drops()) {
      for (Item to : effects.creates()) {
        boolean same = from.kind() == to.kind() && from.part().isPresent() == to.part().isPresent();
        if (same && items.contains(from)) {
          List<Item> moved = items.stream().filter(i -> movesWith(i, from)).toList();
          moved.forEach(items::remove);
          moved.forEach(
              i -> items.add(i.equals(from) ? to : new Item(i.kind(), to.owner(), i.part())));
        }
      }
    }
  }

  /** The item itself, or what lives in the relation. */
  private static boolean movesWith(Item item, Item from) {
    return item.equals(from)
        || (from.kind() == Item.Kind.RELATION
            && item.part().isPresent()
            && item.owner().equals(from.owner()));
  }
}
