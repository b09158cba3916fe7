package dev.sluice.recipes.mysql;

import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.Rows;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.SetParameter;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key that is checked row by row copies the table while nobody writes. Where the session
 * checks none it is made in place, and holds for every row from then on (manuals, "FOREIGN KEY
 * Constraints"): rows that are there are looked at by a query, before it and after it.
 */
public final class AddForeignKey implements Recipe {

  static final SetParameter UNCHECKED = new SetParameter("foreign_key_checks", List.of("0"), false);

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AddConstraint change)
        || !(change.constraint() instanceof Constraint.ForeignKey)
        || at.made(change.table())) {
      return Optional.empty();
    }
    Constraint.ForeignKey key = (Constraint.ForeignKey) Names.given(change, at.schema());
    Sketch sketch = at.sketch();
    return verified(sketch, at, new AddConstraint(change.table(), key, change.ifNotExists()))
        .or(() -> Optional.of(sketch.done()));
  }

  /** Adds the key between two looks at the rows; what is asked where they cannot be looked at. */
  static Optional<Proposal> verified(Sketch sketch, Situation at, AddConstraint change) {
    Constraint.ForeignKey key = (Constraint.ForeignKey) change.constraint();
    QualifiedName table = change.table();
    Optional<String> orphans = new Rows(at, at.schema()).orphans(key, table);
    if (orphans.isEmpty() || !parentIsKnown(at, key)) {
      return Optional.of(unknown(at, key));
    }
    verify(sketch, at, table, orphans.get(), key)
        .add(
            unchecked(sketch, at, change)
                .because(
                    "without a check of the rows that are there, which would copy the table while"
                        + " nobody writes"));
    verify(sketch, at, table, orphans.get(), key);
    return Optional.empty();
  }

  /** The key, in place: the server looks at no row that is there. */
  static Draft unchecked(Sketch sketch, Situation at, AddConstraint change) {
    return sketch
        .under(UNCHECKED, at.phase(), change)
        .titled("add foreign key " + change.constraint().name().orElseThrow());
  }

  /** The server would take a key without its parent, unchecked as it is. */
  private static boolean parentIsKnown(Situation at, Constraint.ForeignKey key) {
    Schema schema = at.schema();
    return schema
        .table(key.parent())
        .map(t -> key.parentColumns().stream().allMatch(c -> t.column(c).isPresent()))
        .orElse(false);
  }

  private static Proposal unknown(Situation at, Constraint.ForeignKey key) {
    return new Proposal.Undecided(
        at.subject().object()
            + ": "
            + key.parent()
            + " is not as the migrations tell, so rows without a parent cannot be looked for",
        List.of("--url JDBC-URL, to read it from the database"));
  }

  private static Sketch verify(
      Sketch sketch, Situation at, QualifiedName table, String orphans, Constraint.ForeignKey key) {
    Rows rows = new Rows(at, sketch.schema(at.phase()));
    return sketch.add(
        sketch
            .verify(at.phase(), table, rows.none(table, orphans), rows.samples(table, orphans))
            .titled("verify that every row of " + table + " has its row in " + key.parent())
            .because("the server does not look at the rows that are there"));
  }
}
