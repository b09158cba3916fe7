package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Condition;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Stale;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.AlterColumnType;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A type that the catalog alone changes, were it not for a CHECK on the column: ALTER TYPE proves
 * it again for every row under its lock ({@code ATPostAlterTypeCleanup} in tablecmds.c makes the
 * constraint anew). So the CHECK steps aside, and is proved while reads and writes go on.
 */
final class CheckedType {

  private final Situation at;
  private final AlterColumnType change;
  private final QualifiedName table;
  private final Schema before;

  CheckedType(Situation at, AlterColumnType change) {
    this.at = at;
    this.change = change;
    this.table = change.table();
    this.before = at.schema();
  }

  /** Empty where the rows are written anew, or something else than a CHECK is in the way. */
  Optional<Proposal> plan() {
    List<Constraint.Check> checks = checks();
    if (checks.isEmpty() || !isPlain()) {
      return Optional.empty();
    }
    Schema without = before;
    for (Constraint.Check check : checks) {
      without = without.after(drop(check));
    }
    return at.impact(change, without).work() == Work.INSTANT
        ? Optional.of(around(checks))
        : Optional.empty();
  }

  private Proposal around(List<Constraint.Check> checks) {
    Phase phase = at.phase();
    Sketch sketch = at.sketch();
    List<Change> changes = new ArrayList<>();
    checks.forEach(c -> changes.add(drop(c)));
    changes.add(change);
    checks.forEach(c -> changes.add(new AddConstraint(table, c.named(nameOf(c)).validated(false))));
    sketch.add(
        sketch
            .ddl(phase, changes, changes.stream().map(at.writer()::write).toList())
            .titled(
                "change type of " + new ColumnName(table, change.column()) + " to " + change.type())
            .because(
                "the catalog only: the CHECK on the column steps aside, and holds for what is"
                    + " written from then on")
            .doneWhen(at.probes().done(change).map(Condition::isDone))
            .undoneBy(
                List.of(), phase == Phase.PRE_DEPLOY ? Reversible.UNTIL_WRITTEN : Reversible.NO)
            .costing(Impact.of(table, LockMode.ACCESS_EXCLUSIVE, Work.INSTANT)));
    checks.forEach(
        c ->
            sketch.add(
                sketch
                    .ddl(phase, new Change.ValidateConstraint(table, nameOf(c)))
                    .titled("validate check constraint " + nameOf(c))
                    .because("reads every row while reads and writes go on")));
    return sketch.done();
  }

  private DropConstraint drop(Constraint.Check check) {
    return new DropConstraint(table, nameOf(check), false, false);
  }

  private Name nameOf(Constraint constraint) {
    return before.nameOf(table, constraint);
  }

  private boolean isPlain() {
    return before
        .table(table)
        .map(
            t ->
                t.partitionKey().isEmpty()
                    && t.parents().isEmpty()
                    && before.childrenOf(t.name()).isEmpty()
                    && before.isCertain(t.name()))
        .orElse(false);
  }

  /** Those that name the column; none where one of them cannot be written again. */
  private List<Constraint.Check> checks() {
    List<Constraint.Check> checks =
        before.table(table).map(Table::constraints).orElse(List.of()).stream()
            .filter(Constraint.Check.class::isInstance)
            .map(Constraint.Check.class::cast)
            .filter(
                c ->
                    c.expression().references().columns().stream()
                        .anyMatch(n -> n.name().map(change.column()::equals).orElse(true)))
            .toList();
    return checks.stream()
            .allMatch(
                c ->
                    c.enforced()
                        && c.validated()
                        && c.expression().references().complete()
                        && !Stale.is(at.dialect(), c.expression()))
        ? checks
        : List.of();
  }
}
