package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.migration.Directive.Mapping;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.MappedColumns;
import dev.sluice.recipes.general.Rows;
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
 * A new column in the place of old ones: a directive says how it comes from them. Each version
 * writes what it knows, and triggers write the other. What would say for itself that the column was
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
    return at.decisions()
        .mapping(change.column().name())
        .map(
            m ->
                InStep.withoutKey(at, change.table())
                    .<Proposal>map(u -> u)
                    .orElseGet(() -> inStep(at, change, m)));
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
    Column bare =
        column
            .withNullable(true)
            .withDefault(Optional.empty())
            .withAttributes(
                new Column.Attributes(
                    column.attributes().charset(),
                    Optional.empty(),
                    column.attributes().invisible(),
                    column.attributes().comment()));
    sketch.add(
        sketch
            .ddl(
                Phase.PRE_DEPLOY,
                new AddColumn(table, bare, List.of(), change.position(), change.ifNotExists()))
            .titled("add column " + name)
            .because("nullable and without default: NULL means that nobody wrote it"));
    Sync sync =
        new Sync(
                InStep.name(at, table, column.name()),
                table,
                sources,
                column.name(),
                mapping.up(),
                mapping.down())
            .typed(column.type());
    InStep step =
        new InStep(at, sketch, sync)
            .keep("each version writes the column that it knows; the other one follows")
            .fill();
    QualifiedName after = at.afterwards(table);
    if (mapping.down().isEmpty()) {
      missing(at, sketch, sync, after);
    } else {
      step.parity(Phase.POST_DEPLOY, after, "what the old column holds must not be lost with it");
    }
    if (!bare.equals(column)) {
      asWritten(at, sketch, column, after);
    }
    step.release(Phase.POST_DEPLOY, after, "only the new version writes now");
    return sketch.there(Phase.PRE_DEPLOY).done();
  }

  /** The new version may write what it likes; only what nobody wrote is missing. */
  private static void missing(Situation at, Sketch sketch, Sync sync, QualifiedName table) {
    String missing =
        at.writer().quote(sync.newColumn()) + " IS NULL AND (" + sync.up() + ") IS NOT NULL";
    Rows rows = new Rows(at, sketch.schema(Phase.POST_DEPLOY));
    sketch.add(
        sketch
            .verify(
                Phase.POST_DEPLOY, table, rows.none(table, missing), rows.samples(table, missing))
            .titled("verify that no row lacks " + sync.target())
            .because("the triggers must not go while a row is missing its value"));
  }

  /** NOT NULL and default, in one statement: none of the new version's rows is refused between. */
  private static void asWritten(Situation at, Sketch sketch, Column column, QualifiedName table) {
    ColumnName name = new ColumnName(table, column.name());
    if (!column.nullable()) {
      String isNull = at.writer().quote(column.name()) + " IS NULL";
      Rows rows = new Rows(at, sketch.schema(Phase.POST_DEPLOY));
      sketch.add(
          sketch
              .verify(
                  Phase.POST_DEPLOY, table, rows.none(table, isNull), rows.samples(table, isNull))
              .titled("verify that no row lacks " + name)
              .because(
                  "one such row fails the statement, or is changed by it without strict mode"));
    }
    sketch.add(
        sketch
            .ddl(
                Phase.POST_DEPLOY,
                new Change.RedefineColumn(
                    table, column.name(), column, List.of(), Optional.empty(), false))
            .titled("define " + name + " as it is written")
            .because("before, it would have hidden what the old version wrote")
            .staying());
  }
}
