package dev.sluice.release;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Indexes. */
final class KindOfIndexChange {
  private KindOfIndexChange() {}

  static Verdict create(Change.CreateIndex change, Scene scene) {
    Index index = change.index();
    if (change.ifNotExists()
        && scene
            .before()
            .index(scene.before().nameOf(index), Optional.of(index.table()))
            .isPresent()) {
      return Verdict.nothing("an index of that name is there already: nothing happens");
    }
    if (!index.unique()) {
      return Verdict.optional("no statement of either version needs it to be there")
          .also(scene.remarks(index.table()));
    }
    return KindOfConstraintChange.unique(KindOfConstraintChange.like(index), index.table(), scene)
        .also(scene.remarks(index.table()));
  }

  static Verdict drop(Change.DropIndex change, Scene scene) {
    Optional<Index> known = scene.before().index(change.index(), change.table());
    if (known.map(Index::unique).orElse(false)) {
      return unique(
          known.get().table(),
          keys(known.get()),
          known.get()::equals,
          Verdict.expand("the new version writes duplicates that it refuses"),
          scene);
    }
    Verdict verdict = Verdict.contract("queries of the old version use it until it is gone");
    return known.isPresent()
        ? verdict
        : verdict.also(
            "the index was never seen: if it is unique, it refuses duplicates of the new version"
                + " until then");
  }

  /**
   * A unique index that goes, by itself or with its constraint: one that stays may serve the same
   * queries.
   *
   * @param keys by what it is searched, first to last
   * @param itself whether an index is the one that goes
   * @param freed the verdict where only duplicates count
   */
  static Verdict unique(
      QualifiedName table, List<String> keys, Predicate<Index> itself, Verdict freed, Scene scene) {
    boolean served =
        scene.before().allIndexesOn(table).stream()
            .filter(i -> !itself.test(i) && serves(i, keys))
            .anyMatch(i -> !i.unique() || !madeHere(i, scene));
    Engine engine = scene.dialect().engine();
    return served
        ? freed.also(Upserts.without(engine))
        : Verdict.contract("queries of the old version use its index until it is gone")
            .also(Upserts.without(engine))
            .also(
                "where the new version writes duplicates that it refuses, `sluice: phase"
                    + " pre-deploy` says so");
  }

  private static boolean serves(Index index, List<String> keys) {
    List<String> its = keys(index);
    return index.predicate().isEmpty()
        && index.valid()
        && !index.hidden()
        && its.size() >= keys.size()
        && its.subList(0, keys.size()).equals(keys);
  }

  private static List<String> keys(Index index) {
    return index.columns().stream()
        .map(c -> c.column().map(Name::key).orElse(c.key().sql()) + c.modifiers())
        .toList();
  }

  private static boolean madeHere(Index index, Scene scene) {
    return index
        .name()
        .map(
            n ->
                scene
                    .made()
                    .item(Effects.Item.index(scene.before(), n, Optional.of(index.table()))))
        .orElse(true);
  }

  static Verdict rename(Change.RenameIndex change, Scene scene) {
    return switch (scene.dialect().engine()) {
      case POSTGRESQL -> Verdict.optional("no statement names an index");
      case MYSQL, MARIADB ->
          Verdict.optional("only hints name an index")
              .also(
                  "a statement of the old version that says FORCE, USE or IGNORE INDEX ("
                      + change.index().name()
                      + ") fails from then on (error 1176)");
    };
  }

  static Verdict attach() {
    return Verdict.optional("no statement names an index");
  }

  static Verdict alter() {
    return Verdict.optional("how the index is stored: no statement sees it");
  }

  static Verdict hide(Change.HideIndex change, Scene scene) {
    return change.hidden()
        ? Verdict.contract("queries of the old version use it until it is gone")
            .also(scene.remarks(change.table()))
        : Verdict.optional("queries of either version use it again");
  }

  static Verdict reindex() {
    return Verdict.optional("the same index, built anew");
  }
}
