package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.Stale;
import dev.sluice.release.Phase;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The indexes of a column, once more for its copy, so that queries on it are as fast. */
final class CopiedIndexes {

  private final Situation at;
  private final QualifiedName table;
  private final Name column;
  private final Name copy;

  CopiedIndexes(Situation at, QualifiedName table, Name column, Name copy) {
    this.at = at;
    this.table = table;
    this.column = column;
    this.copy = copy;
  }

  /** Adds the steps that build them, under names of ours. */
  void build(Sketch sketch, Phase phase) {
    for (Index index : of(sketch.schema(phase))) {
      Optional<Index> copied = onCopy(index);
      if (copied.isPresent()) {
        CreateIndexConcurrently.build(sketch, at, phase, copied.get(), false);
      } else {
        sketch.note(
            "index "
                + index.name().map(n -> n.name().text()).orElse("?")
                + " computes with "
                + column
                + ": it serves queries on "
                + copy
                + " only after post-deploy");
      }
    }
  }

  /** The indexes that name the column, in the order of their names. */
  List<Index> of(Schema schema) {
    return schema.allIndexesOn(table).stream()
        .filter(i -> i.names(column))
        .sorted(Comparator.comparing(i -> i.name().map(QualifiedName::toString).orElse("")))
        .toList();
  }

  /** Empty where an expression names the column: its text is not rewritten. */
  Optional<Index> onCopy(Index index) {
    List<IndexColumn> keys = new ArrayList<>();
    for (IndexColumn key : index.columns()) {
      if (key.column().equals(Optional.of(column))) {
        keys.add(
            new IndexColumn(
                Optional.of(copy), KeyIndex.key(at.writer(), copy).key(), key.modifiers()));
      } else if (key.column().isEmpty()
          && (mentions(key.key().references()) || Stale.is(at.dialect(), key.key()))) {
        return Optional.empty();
      } else {
        keys.add(key);
      }
    }
    if (index
        .predicate()
        .map(p -> mentions(p.references()) || Stale.is(at.dialect(), p))
        .orElse(false)) {
      return Optional.empty();
    }
    return Optional.of(
        new Index(
            index.name().map(n -> new QualifiedName(table.schema(), name(n.name()))),
            table,
            index.unique(),
            index.method(),
            keys,
            index.include().stream().map(c -> c.equals(column) ? copy : c).toList(),
            index.predicate(),
            index.nullsDistinct(),
            index.storage(),
            true));
  }

  /** The name of an index's copy. */
  Name name(Name index) {
    return Names.ours(at, index.text(), copy.text());
  }

  private boolean mentions(References references) {
    return !references.complete()
        || references.columns().stream().anyMatch(c -> c.name().map(column::equals).orElse(true));
  }
}
