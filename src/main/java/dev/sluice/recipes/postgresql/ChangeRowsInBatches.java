package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.Delete;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * UPDATE and DELETE of a whole table hold every row that they touch until they end. In batches each
 * row is held for a moment. Only for what may be repeated and judged row by row: an UPDATE whose
 * new values do not hang on what it changes, and neither reads another table.
 */
public final class ChangeRowsInBatches implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    return switch (at.change()) {
      case Update update when !at.made(update.table()) -> update(at, update);
      case Delete delete when !at.made(delete.table()) -> delete(at, delete);
      default -> Optional.empty();
    };
  }

  private static Optional<Proposal> update(Situation at, Update update) {
    if (update.alias().isPresent()
        || !update.from().isEmpty()
        || readsTables(update.references())
        || hangsOnItself(at, update)) {
      return Optional.empty();
    }
    String set =
        update.assignments().stream()
            .map(a -> at.writer().quote(a.column()) + " = " + a.value().sql())
            .collect(Collectors.joining(", "));
    String differs =
        update.assignments().stream()
            .map(a -> at.writer().quote(a.column()) + " IS DISTINCT FROM (" + a.value().sql() + ")")
            .collect(Collectors.joining(" OR "));
    String where =
        update.where().map(w -> "(" + w.sql() + ") AND (" + differs + ")").orElse(differs);
    return Optional.of(batches(at, update.table(), Optional.of(set), where));
  }

  private static Optional<Proposal> delete(Situation at, Delete delete) {
    if (delete.alias().isPresent()
        || !delete.using().isEmpty()
        || readsTables(delete.references())) {
      return Optional.empty();
    }
    return Optional.of(
        batches(
            at, delete.table(), Optional.empty(), delete.where().map(w -> w.sql()).orElse("TRUE")));
  }

  private static Proposal batches(
      Situation at, QualifiedName table, Optional<String> set, String where) {
    Sketch sketch = at.sketch();
    QualifiedName itself = at.phase() == Phase.PRE_DEPLOY ? at.beforehand(table) : table;
    Draft draft =
        sketch
            .backfill(at.phase(), itself, set, where)
            .titled((set.isPresent() ? "update rows of " : "delete rows of ") + table)
            .because("in batches: each row is locked for a moment, not until the last one is done");
    // What the rows held before is gone. Before the deployment that was decided to harm nobody.
    sketch.add(at.phase() == Phase.POST_DEPLOY ? draft.forGood() : draft.staying());
    return sketch.done();
  }

  /**
   * A table may change between two batches, its own by the batch before, and then they would not be
   * one statement.
   */
  private static boolean readsTables(References references) {
    return !references.complete() || !references.relations().isEmpty();
  }

  /**
   * Done twice, such an UPDATE would not give the same: {@code price = price * 2}. The same goes
   * for values that no two calls agree on.
   */
  private static boolean hangsOnItself(Situation at, Update update) {
    Set<Name> assigned =
        update.assignments().stream().map(Assignment::column).collect(Collectors.toSet());
    return update.assignments().stream()
        .map(Assignment::value)
        .anyMatch(
            value ->
                at.dialect().isVolatile(value, at.schema())
                    || value.references().columns().stream()
                        .anyMatch(c -> c.name().map(assigned::contains).orElse(true)));
  }
}
