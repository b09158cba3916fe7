package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.ValidateConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * A foreign key: first for new rows, then checked for those that are there, in a transaction of its
 * own, so that the strong lock on both tables is held for the catalog only.
 */
public final class AddForeignKey implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof Constraint.ForeignKey key)
        || !key.validated()
        || at.made(change.table())
        || at.schema().table(change.table()).flatMap(Table::partitionKey).isPresent()) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    add(
        sketch,
        at,
        at.phase(),
        change.table(),
        (Constraint.ForeignKey) Names.given(change, at.schema()));
    return Optional.of(sketch.done());
  }

  /** Adds the steps; {@code key} has a name. */
  static void add(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Constraint.ForeignKey key) {
    Name name = key.name().orElseThrow();
    if (!key.enforced()) {
      sketch.add(
          sketch
              .ddl(phase, new AddConstraint(table, key))
              .titled("add foreign key " + name + " as NOT ENFORCED")
              .because("NOT ENFORCED: no row is read"));
      return;
    }
    Rows rows = new Rows(at, sketch.schema(phase));
    rows.orphans(key, table)
        .ifPresent(
            orphans ->
                sketch.add(
                    sketch
                        .verify(
                            phase, table, rows.none(table, orphans), rows.samples(table, orphans))
                        .titled(
                            "verify that every row of " + table + " has its row in " + key.parent())
                        .because("one such row would fail the check after the key is there")));
    sketch.add(
        sketch
            .ddl(phase, new AddConstraint(table, key.validated(false)))
            .titled("add foreign key " + name + " as NOT VALID")
            .because("NOT VALID: rows that are there are not read yet"));
    sketch.add(
        sketch
            .ddl(phase, new ValidateConstraint(table, name))
            .titled("validate foreign key " + name)
            .because("reads every row while reads and writes go on")
            .goneWithAnother());
  }
}
