package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Which change of a release must not run before which earlier one: two depend when they touch the
 * same object, and one of them makes it different. By object, not by table: two columns of one
 * table do not depend.
 */
public final class Dependencies {

  private final IdentityHashMap<Subject, List<Dependence>> byLater = new IdentityHashMap<>();

  /**
   * One change that builds on another.
   *
   * @param item what both touch; empty where one of them touches more than is known
   */
  public record Dependence(Subject earlier, Subject later, Optional<Item> item) {
    /** In words, for messages. */
    public String why() {
      return item.map(i -> "both touch " + i).orElse("what one of them touches is not fully known");
    }
  }

  /** The sides of a column. */
  private static final Set<Item.Kind> SIDES =
      EnumSet.of(Item.Kind.COLUMN, Item.Kind.DEFAULT, Item.Kind.NULLABILITY, Item.Kind.ROWS);

  /** What lives in a relation, and goes with it. */
  private static final Set<Item.Kind> PARTS =
      EnumSet.of(
          Item.Kind.COLUMN,
          Item.Kind.DEFAULT,
          Item.Kind.NULLABILITY,
          Item.Kind.ROWS,
          Item.Kind.CONSTRAINT,
          Item.Kind.INDEX,
          Item.Kind.TRIGGER);

  private enum Touch {
    READS,
    CHECKS,
    WRITES
  }

  private record Touched(int at, Item item, Touch how) {}

  private record Place(Item.Kind kind, QualifiedName owner) {}

  private Dependencies() {}

  /** Among changes in the order of their files. */
  public static Dependencies among(List<Subject> subjects) {
    Dependencies all = new Dependencies();
    Map<Place, List<Touched>> touched = new HashMap<>();
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      Map<Integer, Optional<Item>> earlier = new TreeMap<>();
      Effects effects = subjects.get(i).effects();
      if (!effects.equals(Effects.NONE)) {
        unknown.forEach(u -> earlier.put(u, Optional.empty()));
      }
      if (!effects.complete()) {
        for (int e = 0; e < i; e++) {
          if (!subjects.get(e).effects().equals(Effects.NONE)) {
            earlier.put(e, Optional.empty());
          }
        }
        unknown.add(i);
      }
      meet(i, effects.reads(), Touch.READS, touched, earlier);
      meet(i, effects.checks(), Touch.CHECKS, touched, earlier);
      meet(i, effects.writes(), Touch.WRITES, touched, earlier);
      follow(subjects.get(i), i, touched);
      Subject later = subjects.get(i);
      all.byLater.put(
          later,
          earlier.entrySet().stream()
              .map(e -> new Dependence(subjects.get(e.getKey()), later, e.getValue()))
              .toList());
    }
    return all;
  }

  private static void meet(
      int at,
      Set<Item> items,
      Touch how,
      Map<Place, List<Touched>> touched,
      Map<Integer, Optional<Item>> earlier) {
    for (Item item : items) {
      List<Touched> here =
          touched.computeIfAbsent(new Place(item.kind(), item.owner()), place -> new ArrayList<>());
      for (Touched before : here) {
        if (before.at() != at && orders(before.how(), how) && item.overlaps(before.item())) {
          earlier.putIfAbsent(before.at(), Optional.of(item));
        }
      }
      here.add(new Touched(at, item, how));
    }
  }

  /** What touched a thing before its renaming touched what bears the new name now. */
  private static void follow(Subject rename, int at, Map<Place, List<Touched>> touched) {
    switch (rename.change()) {
      case Change.RenameTable ignored -> followTable(rename, at, touched);
      case Change.MoveTable ignored -> followTable(rename, at, touched);
      case Change.RenameColumn c -> followColumn(rename, c, at, touched);
      default -> {}
    }
  }

  private static void followTable(Subject rename, int at, Map<Place, List<Touched>> touched) {
    Optional<QualifiedName> old = relation(rename.effects().drops());
    Optional<QualifiedName> now = relation(rename.effects().creates());
    if (old.isPresent() && now.isPresent()) {
      for (Item.Kind kind : PARTS) {
        move(
            touched,
            new Place(kind, old.get()),
            new Place(kind, now.get()),
            t -> t.at() < at,
            i -> new Item(kind, now.get(), i.part()));
      }
    }
  }

  private static Optional<QualifiedName> relation(Set<Item> items) {
    return items.stream().filter(i -> i.kind() == Item.Kind.RELATION).map(Item::owner).findFirst();
  }

  private static void followColumn(
      Subject rename, Change.RenameColumn change, int at, Map<Place, List<Touched>> touched) {
    for (Item dropped : rename.effects().drops()) {
      if (dropped.kind() == Item.Kind.COLUMN
          && dropped.part().equals(Optional.of(change.column()))) {
        for (Item.Kind kind : SIDES) {
          Place place = new Place(kind, dropped.owner());
          move(
              touched,
              place,
              place,
              t -> t.at() < at && t.item().part().equals(dropped.part()),
              i -> Item.in(kind, i.owner(), change.to()));
        }
      }
    }
  }

  private static void move(
      Map<Place, List<Touched>> touched,
      Place from,
      Place to,
      Predicate<Touched> which,
      UnaryOperator<Item> renamed) {
    List<Touched> here = touched.getOrDefault(from, List.of());
    List<Touched> moving = here.stream().filter(which).toList();
    if (!moving.isEmpty()) {
      here.removeAll(moving);
      List<Touched> there = touched.computeIfAbsent(to, place -> new ArrayList<>());
      moving.forEach(t -> there.add(new Touched(t.at(), renamed.apply(t.item()), t.how())));
    }
  }

  private static boolean orders(Touch before, Touch now) {
    return switch (now) {
      case READS, CHECKS -> before == Touch.WRITES;
      case WRITES -> before != Touch.CHECKS;
    };
  }

  /** What {@code later} builds on, in the order of the files; its own clauses included. */
  public List<Dependence> of(Subject later) {
    return byLater.getOrDefault(later, List.of());
  }

  /** The changes that {@code later} builds on, in the order of the files. */
  public List<Subject> before(Subject later) {
    return of(later).stream().map(Dependence::earlier).toList();
  }

  /**
   * Whether it works on a temporary table: it then needs the session of the statement that made the
   * table.
   */
  public static boolean needsSession(Subject subject) {
    Effects effects = subject.effects();
    return List.of(effects.reads(), effects.checks(), effects.writes()).stream()
        .flatMap(Set::stream)
        .anyMatch(i -> i.owner().schema().equals(Optional.of(Schema.TEMPORARY)));
  }
}
