package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Condition;
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
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An index on a table in use is built while reads and writes go on. */
public final class CreateIndexConcurrently implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof CreateIndex change)
        || change.only()
        || at.made(change.index().table())
        || partitioned(at, change.index().table())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    Index own = Names.given(change, at.schema());
    EarlyLook.forDuplicates(sketch, at, own);
    build(sketch, at, at.phase(), own, change.ifNotExists());
    onCopy(at, own).ifPresent(i -> build(sketch, at, at.phase(), i, false));
    return Optional.of(sketch.done());
  }

  /**
   * The same on the copies of renamed columns, which the new version names until post-deploy; they
   * go with the copies. Empty where it is on none.
   */
  private static Optional<Index> onCopy(Situation at, Index own) {
    if (!at.reworded() || !(at.subject().change() instanceof CreateIndex text)) {
      return Optional.empty();
    }
    List<Name> named = named(text.index());
    return named.equals(named(own))
        ? Optional.empty()
        : Optional.of(
            new Index(
                own.name().map(n -> n.withName(Names.ours(at, n.name().text(), "copy"))),
                own.table(),
                own.unique(),
                own.method(),
                text.index().columns(),
                text.index().include(),
                own.predicate(),
                own.nullsDistinct(),
                own.storage(),
                true));
  }

  private static List<Name> named(Index index) {
    return Stream.concat(
            index.columns().stream().flatMap(c -> c.column().stream()), index.include().stream())
        .toList();
  }

  private static boolean partitioned(Situation at, QualifiedName table) {
    return at.schema().table(table).flatMap(Table::partitionKey).isPresent();
  }

  /**
   * Adds the steps that build an index.
   *
   * @param index with a name
   * @param ifNotExists an index of that name is taken for it, whatever it is on
   */
  static void build(Sketch sketch, Situation at, Phase phase, Index index, boolean ifNotExists) {
    QualifiedName name = index.name().orElseThrow();
    Schema schema = sketch.schema(phase);
    if (index.unique()) {
      Rows rows = new Rows(at, schema);
      List<String> keys = new ArrayList<>();
      index.columns().forEach(c -> keys.add(c.key().sql()));
      Optional<String> predicate = index.predicate().map(p -> p.sql());
      sketch.add(
          sketch
              .verify(
                  phase,
                  index.table(),
                  rows.noDuplicates(index.table(), keys, predicate, index.nullsDistinct()),
                  rows.duplicates(index.table(), keys, predicate, index.nullsDistinct()))
              .titled("verify that " + index.table() + " has no duplicates for " + name.name())
              .because("a unique index is not built where two rows agree"));
    }
    Draft draft =
        sketch
            .ddl(phase, new CreateIndex(index, true, ifNotExists, false))
            .titled(
                (index.unique() ? "create unique index " : "create index ")
                    + name.name()
                    + " on "
                    + index.table()
                    + " concurrently")
            .because("built beside the traffic: writes to " + index.table() + " go on");
    sketch.add(
        ifNotExists
            ? draft
            // A leftover of a failed build has the name already, and would be taken for the index.
            : absent(at, name, index.table()).map(draft::onlyIf).orElse(draft));
  }

  private static Optional<Condition> absent(Situation at, QualifiedName name, QualifiedName table) {
    return at.probes()
        .done(new DropIndex(name, Optional.of(table), true, true, false))
        .map(Condition::isDone);
  }
}
