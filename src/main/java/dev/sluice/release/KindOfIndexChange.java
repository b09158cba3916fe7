package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import java.util.Optional;

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
      return Verdict.expand("the new version writes duplicates that it refuses")
          .also(Upserts.without(scene.dialect().engine()));
    }
    Verdict verdict = Verdict.contract("queries of the old version use it until it is gone");
    return known.isPresent()
        ? verdict
        : verdict.also(
            "the index was never seen: if it is unique, it refuses duplicates of the new version"
                + " until then");
  }

  static Verdict rename() {
    return Verdict.optional("no statement names an index");
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
