package dev.sluice.recipes.mysql;

import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.EarlyLook;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * An index is built in place while reads and writes go on. A unique one is refused at the end where
 * two rows agree: they are looked for before. One without a name gets the one that the server would
 * make up, so that it can be asked for and taken back.
 */
public final class BuildIndex implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof CreateIndex change)
        || at.made(change.index().table())
        || (!change.index().unique() && change.index().name().isPresent())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    Index index = Names.given(change, at.schema());
    if (!index.unique()) {
      return Optional.of(sketch.add(build(sketch, at, change, index)).done());
    }
    if (index.columns().stream().allMatch(c -> c.modifiers().isEmpty())) {
      EarlyLook.forDuplicates(sketch, at, index);
    }
    verify(sketch, at, at.phase(), index);
    return Optional.of(sketch.add(build(sketch, at, change, index)).done());
  }

  private static Draft build(Sketch sketch, Situation at, CreateIndex change, Index index) {
    return change.index().name().isPresent()
        ? sketch.asWritten()
        : sketch
            .ddl(
                at.phase(),
                new CreateIndex(index, change.concurrently(), change.ifNotExists(), change.only()))
            .because("built in place while reads and writes go on");
  }

  /** Adds the question whether two rows agree, as the index would find them. */
  static void verify(Sketch sketch, Situation at, Phase phase, Index index) {
    Schema schema = sketch.schema(phase);
    Rows rows = new Rows(at, schema);
    QualifiedName table = index.table();
    List<String> keys = index.columns().stream().map(c -> key(at, c)).toList();
    sketch.add(
        sketch
            .verify(
                phase,
                table,
                rows.noDuplicates(table, keys, Optional.empty(), true),
                rows.duplicates(table, keys, Optional.empty(), true))
            .titled(
                "verify that "
                    + table
                    + " has no duplicates for "
                    + index.name().orElseThrow().name())
            .because("a unique index is not built where two rows agree"));
  }

  private static String key(Situation at, IndexColumn key) {
    return part(key, key.column().map(at.writer()::quote).orElseGet(() -> key.key().sql()));
  }

  /** So many characters of the text as the index takes. */
  static String part(IndexColumn key, String text) {
    String length = key.modifiers().replaceAll("(?s)^\\s*\\((\\d+)\\).*$", "$1");
    return length.matches("\\d+") ? "LEFT(" + text + ", " + length + ")" : text;
  }
}
