package dev.sluice.recipes.mysql;

import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The indexes of a column, once more for its copy, so that queries on it are as fast. They are not
 * unique: the column's own keep duplicates out of both.
 */
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

  void build(Sketch sketch) {
    for (Index index : copied(sketch.schema(Phase.PRE_DEPLOY), false)) {
      sketch.add(
          sketch
              .ddl(Phase.PRE_DEPLOY, new CreateIndex(index, false, false, false))
              .titled("create index " + index.name().orElseThrow().name() + " on " + table)
              .because("queries of the new version on " + copy + " need it as those on " + column));
    }
  }

  /** Before the copy goes: a column in an index is not dropped in the catalog alone. */
  void drop(Sketch sketch, QualifiedName after) {
    List<Change> drops =
        copied(at.pre(), false).stream()
            .<Change>map(
                i ->
                    new DropIndex(
                        after.withName(i.name().orElseThrow().name()),
                        Optional.of(after),
                        false,
                        false,
                        false))
            .toList();
    if (!drops.isEmpty()) {
      sketch.add(
          sketch
              .together(Phase.POST_DEPLOY, drops)
              .titled("drop the indexes of the copy " + copy)
              .because("they served the new version while it named the copy")
              .forGood());
    }
  }

  /**
   * @param unique whether those that are unique are to be so again
   */
  List<Index> copied(Schema schema, boolean unique) {
    return of(schema).stream().map(i -> onCopy(i, schema, unique)).toList();
  }

  /** Those that name the column as it is, in the order of their names. */
  List<Index> of(Schema schema) {
    return schema.allIndexesOn(table).stream()
        .filter(
            i -> i.columns().stream().anyMatch(c -> c.column().map(column::equals).orElse(false)))
        .sorted(Comparator.comparing(i -> schema.nameOf(i).toString()))
        .toList();
  }

  private Index onCopy(Index index, Schema schema, boolean unique) {
    List<IndexColumn> keys =
        index.columns().stream()
            .map(
                c ->
                    c.column().map(column::equals).orElse(false)
                        ? new IndexColumn(
                            Optional.of(copy),
                            Fragment.literal(at.writer().quote(copy)),
                            c.modifiers())
                        : c)
            .toList();
    return new Index(
        Optional.of(new QualifiedName(table.schema(), name(schema.nameOf(index).name()))),
        table,
        unique && index.unique(),
        index.method(),
        keys,
        index.include(),
        index.predicate(),
        index.nullsDistinct(),
        index.storage(),
        true,
        index.hidden());
  }

  /** The name of an index's copy. */
  Name name(Name index) {
    return Name.ignoringCase(Names.ours(at, index.text(), copy.text()).text());
  }
}
