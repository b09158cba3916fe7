package dev.sluice.recipes.general;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.DropDefault;
import dev.sluice.schema.Change.DropNotNull;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Change.SetDefault;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A column goes after the deployment. Until then the new version runs beside it and never names it,
 * so before the deployment it must accept rows that leave it out, and no constraint on it may hold
 * what the new version does elsewhere.
 */
public final class DropColumn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.DropColumn change)
        || at.phase() != Phase.POST_DEPLOY
        || at.made(change.table(), change.column())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    Optional<Proposal> refused = free(sketch, at, at.beforehand(change.table()), change.column());
    if (refused.isPresent()) {
      return refused;
    }
    List<String> readers =
        sketch.schema(Phase.POST_DEPLOY).viewsReading(change.table()).stream()
            .filter(v -> reads(v, change, at.schema()))
            .map(v -> shown(at, v))
            .sorted()
            .toList();
    if (!readers.isEmpty()) {
      return Optional.of(
          new Proposal.Undecided(
              new ColumnName(change.table(), change.column())
                  + " is read by "
                  + String.join(", ", readers)
                  + (at.dialect().engine() == Engine.POSTGRESQL
                      ? ", so the server does not drop it; Sluice never drops by CASCADE"
                      : ", which would fail from then on"),
              List.of(
                  "drop or replace " + String.join(", ", readers) + " in an earlier statement")));
    }
    sketch.add(
        sketch
            .ddl(
                Phase.POST_DEPLOY,
                new Change.DropColumn(change.table(), change.column(), change.ifExists(), false))
            .titled("drop column " + new ColumnName(change.table(), change.column()))
            .because("nobody names it any more; its values go with it")
            .forGood());
    return Optional.of(sketch.done());
  }

  private static String shown(Situation at, View view) {
    boolean postgresql = at.dialect().engine() == Engine.POSTGRESQL;
    return (postgresql ? view.name() : at.spoken(view.name())).toString();
  }

  private static boolean reads(View view, Change.DropColumn change, Schema schema) {
    return view.query().references().names(schema.resolve(change.table()), change.column());
  }

  /**
   * Adds the steps that let the new version leave the column out; what is asked of a person where
   * there are none.
   */
  static Optional<Proposal> free(Sketch sketch, Situation at, QualifiedName table, Name name) {
    Optional<Column> known = sketch.schema(Phase.PRE_DEPLOY).column(table, name);
    ColumnName column = new ColumnName(table, name);
    if (known.isEmpty()) {
      sketch.note(
          column
              + " was never seen in the migrations: if it is NOT NULL without a default, INSERTs of"
              + " the new version are refused until it is gone");
    } else if (refuses(at, known.get(), table) && isKey(at.pre(), table, name)) {
      return Optional.of(
          new Proposal.Undecided(
              column
                  + " is part of the primary key: INSERTs of the new version leave it out and would"
                  + " be refused until it is gone, and no default helps",
              List.of(
                  "move the primary key to other columns in a release before this one",
                  "-- sluice: phase pre-deploy: <reason>, where no old version writes the table")));
    } else if (refuses(at, known.get(), table)) {
      accept(sketch, at, table, known.get());
    }
    release(sketch, table, name);
    return Optional.empty();
  }

  /** Whether it refuses rows that leave it out, the first or the second of them. */
  private static boolean refuses(Situation at, Column column, QualifiedName table) {
    return !column.mayBeOmitted() || repeats(at, column, table);
  }

  private static boolean isKey(Schema schema, QualifiedName table, Name column) {
    return schema.table(table).map(t -> t.primaryKey().contains(column)).orElse(false);
  }

  /** A constant default on a unique column: the second row of the new version would be refused. */
  private static boolean repeats(Situation at, Column column, QualifiedName table) {
    return column.defaultValue().isPresent()
        && column.identity().isEmpty()
        && !at.dialect().isVolatile(column.defaultValue().get(), at.pre())
        && isUnique(at.pre(), table, column.name());
  }

  private static boolean isUnique(Schema schema, QualifiedName table, Name column) {
    return schema.allIndexesOn(table).stream().anyMatch(i -> i.unique() && i.names(column));
  }

  private static void accept(Sketch sketch, Situation at, QualifiedName table, Column column) {
    ColumnName name = new ColumnName(table, column.name());
    Optional<String> value = at.decisions().defaultOf(column.name());
    if (value.isPresent()) {
      Fragment fragment = at.dialect().expression(value.get());
      sketch.add(
          sketch
              .ddl(Phase.PRE_DEPLOY, new SetDefault(table, column.name(), fragment))
              .titled("set default of " + name)
              .because("the new version leaves it out while it is still there"));
      return;
    }
    if (at.dialect().engine() == Engine.POSTGRESQL) {
      freed(sketch, at, table, column);
    } else {
      // In one statement: without its default and not yet nullable it would refuse both versions.
      sketch.add(
          sketch
              .ddl(Phase.PRE_DEPLOY, nullable(table, column))
              .titled("drop NOT NULL on " + name)
              .because("the new version leaves it out while it is still there"));
    }
    sketch.note(
        "rows of the new version have no "
            + name
            + ": the old version meets NULL there; `-- sluice: default \"<expression>\"` gives them a"
            + " value");
  }

  private static void freed(Sketch sketch, Situation at, QualifiedName table, Column column) {
    ColumnName name = new ColumnName(table, column.name());
    if (column.defaultValue().isPresent()) {
      sketch.add(
          sketch
              .ddl(Phase.PRE_DEPLOY, new DropDefault(table, column.name()))
              .titled("drop default of " + name)
              .because("it is unique: the same default would refuse the new version's second row"));
    }
    if (!column.nullable()) {
      sketch.add(
          sketch
              .ddl(Phase.PRE_DEPLOY, new DropNotNull(table, column.name()))
              .undoneBy(NotNullCheck.putBack(at, table, column.name()), Reversible.UNTIL_WRITTEN)
              .titled("drop NOT NULL on " + name)
              .because("the new version leaves it out while it is still there"));
    }
  }

  private static Change nullable(QualifiedName table, Column column) {
    return new RedefineColumn(
        table,
        column.name(),
        column.withNullable(true).withDefault(Optional.empty()),
        List.of(),
        Optional.empty(),
        false);
  }

  /** A CHECK or foreign key on the column holds what the new version does without it. */
  private static void release(Sketch sketch, QualifiedName table, Name column) {
    for (Constraint constraint :
        sketch.schema(Phase.PRE_DEPLOY).table(table).map(Table::constraints).orElse(List.of())) {
      boolean holds =
          switch (constraint) {
            case Constraint.ForeignKey key -> key.columns().contains(column);
            case Constraint.Check check -> names(check.expression().references(), column);
            case Constraint.Exclude exclude -> names(exclude.definition().references(), column);
            // A row that leaves the column out has NULL there, which is never a duplicate.
            case Constraint.Unique key -> !key.nullsDistinct() && key.columns().contains(column);
            case Constraint.PrimaryKey key -> false;
            case Constraint.NotNull notNull -> false;
          };
      if (holds) {
        Name name = sketch.schema(Phase.PRE_DEPLOY).nameOf(table, constraint);
        sketch.add(
            sketch
                .ddl(Phase.PRE_DEPLOY, new DropConstraint(table, name, false, false))
                .titled("drop constraint " + name + " on " + table)
                .because(
                    "it would hold what the new version writes, which knows nothing of " + column));
        if (constraint instanceof Constraint.ForeignKey key
            && key.onDelete() != Constraint.Action.NO_ACTION
            && key.onDelete() != Constraint.Action.RESTRICT) {
          sketch.note(
              name
                  + " acts when a row of "
                  + key.parent()
                  + " goes: from now on nobody does that, while the old version still runs");
        }
      }
    }
  }

  private static boolean names(References references, Name column) {
    return references.columns().stream().anyMatch(c -> c.name().map(column::equals).orElse(true));
  }
}
