package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.EarlyLook;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A UNIQUE constraint adopts an index that was built beside the traffic. A partitioned table has no
 * such form, and a key WITHOUT OVERLAPS has none either (manual, "ALTER TABLE": ADD
 * table_constraint_using_index).
 */
public final class AddUnique implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof Constraint.Unique)
        || !adopts(at, change.table(), change.constraint())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    Constraint.Unique unique = (Constraint.Unique) Names.given(change, at.schema());
    EarlyLook.forDuplicates(
        sketch,
        at,
        KeyIndex.of(
            at.writer(),
            change.table(),
            unique.name().orElseThrow(),
            unique.columns(),
            unique.nullsDistinct(),
            unique.storage()));
    add(sketch, at, at.phase(), change.table(), unique);
    return Optional.of(sketch.done());
  }

  /** Whether the constraint builds an index on a table in use, and could adopt one instead. */
  static boolean adopts(Situation at, QualifiedName table, Constraint constraint) {
    boolean could =
        switch (constraint) {
          case Constraint.PrimaryKey key -> key.usingIndex().isEmpty() && !key.withoutOverlaps();
          case Constraint.Unique key -> key.usingIndex().isEmpty() && !key.withoutOverlaps();
          case Constraint.ForeignKey key -> true;
          case Constraint.Check check -> true;
          case Constraint.Exclude exclude -> true;
          case Constraint.NotNull notNull -> true;
        };
    return could
        && !at.made(table)
        && at.schema().table(table).flatMap(Table::partitionKey).isEmpty();
  }

  /** Adds the steps; {@code constraint} has a name. */
  static void add(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Constraint.Unique constraint) {
    Name name = constraint.name().orElseThrow();
    CreateIndexConcurrently.build(
        sketch,
        at,
        phase,
        KeyIndex.of(
            at.writer(),
            table,
            name,
            constraint.columns(),
            constraint.nullsDistinct(),
            constraint.storage()),
        false);
    Constraint adopting =
        new Constraint.Unique(
            Optional.of(name), List.of(), true, Optional.of(name), constraint.timing(), "");
    sketch.add(
        sketch
            .ddl(phase, new AddConstraint(table, adopting))
            .titled("add unique constraint " + name + " using its index")
            .because("it adopts the index, so that nothing is built under a lock"));
  }
}
