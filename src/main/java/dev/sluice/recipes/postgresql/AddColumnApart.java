package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A column whose default or constraints would make the server write or read every row under ACCESS
 * EXCLUSIVE: the bare column first, then what it brings along, one by one, each in the form that
 * does not block.
 */
public final class AddColumnApart implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddColumn change)
        || at.made(change.table())
        || change.ifNotExists()
        || change.column().generated().isPresent()) {
      return Optional.empty();
    }
    Column column = change.column();
    if (column.identity().isPresent()) {
      return Optional.of(new AddNumberedColumn(at, change).plan());
    }
    if (!column.nullable() && column.defaultValue().isEmpty()) {
      return Optional.of(withoutDefault(at, change));
    }
    if (at.impact(change, at.schema()).work() == Work.INSTANT) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    if (isVolatile(at, column.defaultValue())) {
      inBatches(sketch, at, change, column.defaultValue().orElseThrow());
    } else {
      bare(sketch, at, change.table(), column);
    }
    constraints(sketch, at, change);
    return Optional.of(sketch.done());
  }

  /** NOT NULL and no default: rows that are there, and the old version's, need a value. */
  private static Proposal withoutDefault(Situation at, AddColumn change) {
    ColumnName name = new ColumnName(change.table(), change.column().name());
    Optional<String> fill = at.decisions().fill(change.column().name());
    if (fill.isEmpty()) {
      return new Proposal.Undecided(
          name
              + " is NOT NULL without a default: rows that are there have no value for it, and"
              + " INSERTs of the old version would be refused",
          List.of(
              "-- sluice: fill \"<expression>\", for the rows of the old version",
              "give it a DEFAULT, or leave out NOT NULL"));
    }
    Sketch sketch = at.sketch();
    Fragment value = at.dialect().expression(fill.get());
    if (isVolatile(at, Optional.of(value))) {
      inBatches(sketch, at, change, value);
    } else {
      bare(sketch, at, change.table(), change.column().withDefault(Optional.of(value)));
    }
    constraints(sketch, at, change);
    sketch.add(
        sketch
            .ddl(
                Phase.POST_DEPLOY,
                new Change.DropDefault(at.afterwards(change.table()), change.column().name()))
            .titled("drop default of " + name)
            .because("it was there for the old version only"));
    return sketch.done();
  }

  static boolean isVolatile(Situation at, Optional<Fragment> value) {
    return value.map(v -> at.dialect().isVolatile(v, at.schema())).orElse(false);
  }

  static void bare(Sketch sketch, Situation at, QualifiedName table, Column column) {
    sketch.add(
        sketch
            .ddl(at.phase(), new AddColumn(table, column, List.of(), false))
            .titled("add column " + new ColumnName(table, column.name()))
            .because("the catalog only: no row is read or written"));
  }

  /** New rows take the default at once, rows that are there in batches. */
  static void inBatches(Sketch sketch, Situation at, AddColumn change, Fragment value) {
    QualifiedName table = change.table();
    Column column = change.column();
    bare(sketch, at, table, column.withNullable(true).withDefault(Optional.empty()));
    sketch.add(
        sketch
            .ddl(at.phase(), new Change.SetDefault(table, column.name(), value))
            .titled("set default of " + new ColumnName(table, column.name()))
            .because("set apart from the column, it counts for new rows only"));
    fill(sketch, at, table, column.name(), value.sql());
    if (!column.nullable()) {
      SetNotNull.forbidNulls(sketch, at, at.phase(), table, column.name());
    }
  }

  static void fill(Sketch sketch, Situation at, QualifiedName table, Name column, String value) {
    String quoted = at.writer().quote(column);
    sketch.add(
        sketch
            .backfill(at.phase(), table, Optional.of(quoted + " = " + value), quoted + " IS NULL")
            .titled("backfill " + new ColumnName(table, column))
            .because("rows that were there before, in batches that lock few rows for a moment")
            .goneWithAnother());
  }

  static void constraints(Sketch sketch, Situation at, AddColumn change) {
    for (Constraint constraint : change.constraints()) {
      AddConstraint apart = new AddConstraint(change.table(), constraint);
      Constraint named = Names.given(apart, sketch.schema(at.phase()));
      QualifiedName table = change.table();
      switch (named) {
        case Constraint.PrimaryKey key -> AddPrimaryKey.add(sketch, at, at.phase(), table, key);
        case Constraint.Unique key -> AddUnique.add(sketch, at, at.phase(), table, key);
        case Constraint.ForeignKey key -> AddForeignKey.add(sketch, at, at.phase(), table, key);
        case Constraint.Check check -> AddCheck.add(sketch, at, at.phase(), table, check);
        case Constraint.Exclude exclude ->
            sketch.add(sketch.ddl(at.phase(), new AddConstraint(table, exclude)));
        // Said by the column itself.
        case Constraint.NotNull notNull -> {}
      }
    }
  }
}
