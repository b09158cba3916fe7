package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Kind;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * MODIFY under the same name. What the catalog alone or a rebuild beside the writers does runs as
 * it is written; what would copy the table while nobody writes takes the way of {@link ChangeType}.
 */
public final class RedefineColumn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.RedefineColumn change)
        || change.renames()
        || at.made(change.table())
        || at.subject().kind() == Kind.REPLACE) {
      return Optional.empty();
    }
    if (InStep.keeps(at, change.table(), change.column())) {
      return Optional.of(underTrigger(change));
    }
    Sketch sketch = at.sketch();
    Optional<Column> before = at.column(change.table(), change.column());
    if (before.map(Column::nullable).orElse(true) && !change.definition().nullable()) {
      noNulls(sketch, at, change);
    }
    boolean copies = at.impact(change, at.schema()).blocksWritesForLong();
    if (!copies || before.isEmpty()) {
      return Optional.of(sketch.add(sketch.asWritten()).done());
    }
    Optional<String> why = ChangeType.refusal(at, change, before.get());
    if (why.isEmpty()) {
      return Optional.of(new ChangeType(at, change, before.get()).plan(sketch));
    }
    Proposal asWritten = sketch.add(sketch.asWritten()).done();
    return Optional.of(
        asWritten instanceof Undecided undecided
            ? new Undecided(
                new ColumnName(change.table(), change.column())
                    + " cannot change its type while it is used: "
                    + why.get()
                    + ". As it is written: "
                    + undecided.why(),
                undecided.choices())
            : asWritten);
  }

  private static Undecided underTrigger(Change.RedefineColumn change) {
    return new Undecided(
        new ColumnName(change.table(), change.column())
            + " is filled by a trigger until post-deploy, and defined anew in the same release",
        List.of("two releases: define it anew in the next one"));
  }

  private static void noNulls(Sketch sketch, Situation at, Change.RedefineColumn change) {
    QualifiedName table = change.table();
    String isNull = at.writer().quote(change.column()) + " IS NULL";
    Rows rows = new Rows(at, at.schema());
    sketch.add(
        sketch
            .verify(at.phase(), table, rows.none(table, isNull), rows.samples(table, isNull))
            .titled("verify that no row lacks " + new ColumnName(table, change.column()))
            .because("one such row fails the statement, or is changed by it without strict mode"));
  }
}
