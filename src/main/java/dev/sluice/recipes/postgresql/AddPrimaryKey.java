package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** A primary key: its columns NOT NULL first, its index built beside the traffic, then adopted. */
public final class AddPrimaryKey implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof Constraint.PrimaryKey)
        || !AddUnique.adopts(at, change.table(), change.constraint())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    add(
        sketch,
        at,
        at.phase(),
        change.table(),
        (Constraint.PrimaryKey) Names.given(change, at.schema()));
    return Optional.of(sketch.done());
  }

  /** Adds the steps; {@code key} has a name. */
  static void add(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Constraint.PrimaryKey key) {
    Name name = key.name().orElseThrow();
    prepare(sketch, at, phase, table, key, name);
    Constraint adopting =
        new Constraint.PrimaryKey(
            Optional.of(name), List.of(), Optional.of(name), key.timing(), "");
    sketch.add(
        sketch
            .ddl(phase, new AddConstraint(table, adopting))
            .titled("add primary key " + name + " using its index")
            .because("it adopts the index, and its columns are NOT NULL already"));
  }

  /** What a primary key adopts: columns that are NOT NULL, and an index of that name. */
  static void prepare(
      Sketch sketch,
      Situation at,
      Phase phase,
      QualifiedName table,
      Constraint.PrimaryKey key,
      Name index) {
    for (Name column : key.columns()) {
      if (sketch.schema(phase).column(table, column).map(Column::nullable).orElse(true)) {
        SetNotNull.forbidNulls(sketch, at, phase, table, column);
      }
    }
    CreateIndexConcurrently.build(
        sketch,
        at,
        phase,
        KeyIndex.of(at.writer(), table, index, key.columns(), true, key.storage()),
        false);
  }
}
