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
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** A CHECK: first for new rows, then for those that are there, while reads and writes go on. */
public final class AddCheck implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof Constraint.Check check)
        || !check.validated()
        || at.made(change.table())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    add(
        sketch,
        at,
        at.phase(),
        change.table(),
        (Constraint.Check) Names.given(change, at.schema()));
    return Optional.of(sketch.done());
  }

  /** Adds the steps; {@code check} has a name. */
  static void add(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Constraint.Check check) {
    Name name = check.name().orElseThrow();
    Rows rows = new Rows(at, sketch.schema(phase));
    // A CHECK is kept where its answer is not false: NULL passes.
    String broken = "NOT (" + check.expression().sql() + ")";
    sketch.add(
        sketch
            .verify(phase, table, rows.none(table, broken), rows.samples(table, broken))
            .titled("verify that every row of " + table + " satisfies " + name)
            // Measured: while it is not validated, it refuses every UPDATE of such a row.
            .because("such a row could no longer be changed, in any column"));
    sketch.add(
        sketch
            .ddl(phase, new AddConstraint(table, check.validated(false)))
            .titled("add check constraint " + name + " as NOT VALID")
            .because("NOT VALID: rows that are there are not read yet"));
    sketch.add(
        sketch
            .ddl(phase, new ValidateConstraint(table, name))
            .titled("validate check constraint " + name)
            .because("reads every row while reads and writes go on")
            .goneWithAnother());
  }
}
