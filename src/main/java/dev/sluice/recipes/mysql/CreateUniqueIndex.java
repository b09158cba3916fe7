package dev.sluice.recipes.mysql;

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
 * A unique index is built in place while reads and writes go on, and refused at the end where two
 * rows agree: they are looked for before.
 */
public final class CreateUniqueIndex implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof CreateIndex change)
        || !change.index().unique()
        || at.made(change.index().table())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    Index index = Names.given(change, at.schema());
    if (index.columns().stream().allMatch(c -> c.modifiers().isEmpty())) {
      EarlyLook.forDuplicates(sketch, at, index);
    }
    verify(sketch, at, at.phase(), index);
    return Optional.of(sketch.add(sketch.asWritten()).done());
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

  /** So many characters of it as the index takes. */
  private static String key(Situation at, IndexColumn key) {
    String column = key.column().map(at.writer()::quote).orElseGet(() -> key.key().sql());
    String length = key.modifiers().replaceAll("(?s)^\\s*\\((\\d+)\\).*$", "$1");
    return length.matches("\\d+") ? "LEFT(" + column + ", " + length + ")" : column;
  }
}
