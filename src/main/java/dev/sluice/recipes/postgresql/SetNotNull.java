package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.NotNullCheck;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.ValidateConstraint;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * SET NOT NULL reads the whole table while everybody waits, unless a validated CHECK has proved it
 * before (manual, "ALTER TABLE", from version 12). The CHECK reads it while everybody works. The
 * three are statements of their own: in one ALTER TABLE the server reads the table again.
 */
public final class SetNotNull implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.SetNotNull change)
        || at.impact(change, at.schema()).work() == Work.INSTANT) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    forbidNulls(sketch, at, at.phase(), change.table(), change.column());
    return Optional.of(sketch.done());
  }

  /** Adds the steps that make a column NOT NULL. */
  static void forbidNulls(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Name column) {
    proveFilled(sketch, at, phase, table, column);
    ColumnName name = new ColumnName(table, column);
    sketch.add(
        sketch
            .ddl(phase, new Change.SetNotNull(table, column))
            .titled("set NOT NULL on " + name)
            .because("the validated CHECK proves it, so that no row is read"));
    sketch.add(
        sketch
            .ddl(
                phase,
                new DropConstraint(table, NotNullCheck.name(at, table, column), false, false))
            .titled("drop the helper check on " + name)
            .because("NOT NULL says it now")
            .goneWithAnother());
  }

  /**
   * Adds the steps that leave a validated CHECK, under {@link NotNullCheck#name}, which proves it.
   */
  static void proveFilled(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Name column) {
    ColumnName name = new ColumnName(table, column);
    String isNull = at.writer().quote(column) + " IS NULL";
    Rows rows = new Rows(at, sketch.schema(phase));
    sketch.add(
        sketch
            .verify(phase, table, rows.none(table, isNull), rows.samples(table, isNull))
            .titled("verify that no row lacks " + name)
            // Measured: while it is not validated, the CHECK refuses every UPDATE of such a row.
            .because("a row without it could no longer be changed, in any column"));
    Name check = NotNullCheck.name(at, table, column);
    sketch.add(
        sketch
            .ddl(phase, new AddConstraint(table, NotNullCheck.of(at, check, column)))
            .titled("add NOT VALID check that " + name + " is not null")
            .because("NOT VALID: rows that are there are not read yet"));
    sketch.add(
        sketch
            .ddl(phase, new ValidateConstraint(table, check))
            .titled("validate the check on " + name)
            .because("reads every row while reads and writes go on")
            .goneWithAnother());
  }
}
