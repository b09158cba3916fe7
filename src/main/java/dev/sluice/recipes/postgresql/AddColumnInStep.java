package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.migration.Directive.Mapping;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.MappedColumns;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A new column in the place of an old one: a directive says how both map. Each version writes the
 * one that it knows, and a trigger writes the other. What would say for itself that the column was
 * written (its default, NOT NULL) comes when the old version is gone.
 */
public final class AddColumnInStep implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddColumn change)
        || at.phase() != Phase.PRE_DEPLOY
        || at.made(change.table())
        || change.column().generated().isPresent()
        || change.column().identity().isPresent()) {
      return Optional.empty();
    }
    return at.decisions().mapping(change.column().name()).map(m -> inStep(at, change, m));
  }

  private static Proposal inStep(Situation at, AddColumn change, Mapping mapping) {
    QualifiedName table = change.table();
    Column column = change.column();
    ColumnName name = new ColumnName(table, column.name());
    List<Name> sources = MappedColumns.named(at, table, mapping.up());
    Optional<Undecided> unfit =
        MappedColumns.unfit(name, mapping.place().toString(), !mapping.down().isEmpty(), sources);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Sketch sketch = at.sketch();
    AddColumnApart.bare(sketch, at, table, column.withNullable(true).withDefault(Optional.empty()));
    Sync sync =
        new Sync(
            mapping.down().isEmpty()
                ? ColumnCopy.oneWay(at, table, column.name())
                : ColumnCopy.twoWay(at, table, column.name()),
            table,
            sources,
            column.name(),
            mapping.up(),
            mapping.down());
    ColumnCopy copy =
        new ColumnCopy(at, sketch, Phase.PRE_DEPLOY, sync)
            .keepInStep("each version writes the column that it knows; the other one follows");
    copy.fill();
    AddColumnApart.constraints(sketch, at, change);
    copy.parity(Phase.POST_DEPLOY, "what the old column holds must not be lost with it");
    if (!column.nullable()) {
      SetNotNull.forbidNulls(sketch, at, Phase.POST_DEPLOY, at.afterwards(table), column.name());
    }
    column
        .defaultValue()
        .ifPresent(
            value ->
                sketch.add(
                    sketch
                        .ddl(
                            Phase.POST_DEPLOY,
                            new Change.SetDefault(at.afterwards(table), column.name(), value))
                        .titled("set default of " + name)
                        .because("before, it would have hidden what the old version wrote")));
    sketch.add(copy.release(Phase.POST_DEPLOY).because("only the new version writes now"));
    return sketch.there(Phase.PRE_DEPLOY).done();
  }
}
