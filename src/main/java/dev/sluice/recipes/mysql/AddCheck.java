package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Rows;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * A CHECK copies the table while nobody writes, on both engines and whatever is set. Rows that
 * break it are looked for first, so that nobody waits for a statement that fails.
 */
public final class AddCheck implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof Constraint.Check check)
        || !check.enforced()
        || at.made(change.table())) {
      return Optional.empty();
    }
    QualifiedName table = change.table();
    // A CHECK is kept where its answer is not false: NULL passes.
    String broken = "NOT (" + check.expression().sql() + ")";
    Sketch sketch = at.sketch();
    Rows rows = new Rows(at, at.schema());
    sketch.add(
        sketch
            .verify(at.phase(), table, rows.none(table, broken), rows.samples(table, broken))
            .titled("verify that every row of " + table + " satisfies " + at.subject().object())
            .because("one such row fails the statement after it has kept writers waiting"));
    return Optional.of(sketch.add(sketch.asWritten()).done());
  }
}
