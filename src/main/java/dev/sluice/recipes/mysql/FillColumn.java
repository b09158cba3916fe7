package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Fills;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An UPDATE that fills what this release adds, from the same row. Run once it would miss every row
 * that the old version writes afterwards: triggers fill those too, until they are gone.
 */
public final class FillColumn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Update written)
        || at.subject().kind() != Kind.BACKFILL
        || at.phase() != Phase.PRE_DEPLOY
        || at.made(written.table())
        || !written.assignments().stream().allMatch(a -> at.made(written.table(), a.column()))) {
      return Optional.empty();
    }
    if (!Fills.ofOwnRow(written)) {
      return Fills.elsewhere(at, written);
    }
    Update update = Fills.onTable(at, written);
    Optional<Undecided> keyless = InStep.withoutKey(at, update.table());
    return Optional.of(keyless.<Proposal>map(u -> u).orElseGet(() -> fill(at, update)));
  }

  private static Proposal fill(Situation at, Update update) {
    QualifiedName table = update.table();
    Sketch sketch = at.sketch();
    List<Sync> syncs = new ArrayList<>();
    List<InStep> kept = new ArrayList<>();
    for (Assignment assignment : update.assignments()) {
      Name column = assignment.column();
      if (Fills.hasDefault(at, table, column)) {
        sketch.note(
            "rows that the old version inserts meanwhile keep the default of "
                + new ColumnName(table, column)
                + ", and no trigger fills them: without a default in ADD COLUMN one would");
      } else if (!InStep.keeps(at, table, column)) {
        Sync sync = new Fills(at, table, column).sync(update, InStep.name(at, table, column));
        syncs.add(sync);
        kept.add(
            new InStep(at, sketch, sync)
                .keep("rows of the old version, which does not know it, are filled as well"));
      }
    }
    String set =
        update.assignments().stream()
            .map(a -> at.writer().quote(a.column()) + " = " + a.value().sql())
            .collect(Collectors.joining(", "));
    sketch.add(
        sketch
            .backfill(Phase.PRE_DEPLOY, table, Optional.of(set), pending(at, update))
            .titled("backfill " + Fills.columns(update))
            .because("rows that are there, in small batches")
            .goneWithAnother());
    for (Phase phase : List.of(Phase.PRE_DEPLOY, Phase.POST_DEPLOY)) {
      QualifiedName there = phase == Phase.PRE_DEPLOY ? table : at.afterwards(table);
      for (Sync sync : syncs) {
        verify(sketch, at, phase, there, sync);
      }
    }
    kept.forEach(
        k ->
            k.release(Phase.POST_DEPLOY, at.afterwards(table), "the new version writes it itself"));
    return sketch.there(Phase.PRE_DEPLOY).done();
  }

  /** False for a row that is filled, so that a second run changes nothing. */
  private static String pending(Situation at, Update update) {
    String open =
        update.assignments().stream()
            .map(a -> "(" + pending(at, update.table(), a) + ")")
            .collect(Collectors.joining(" OR "));
    return update.where().map(w -> "(" + w.sql() + ") AND (" + open + ")").orElse(open);
  }

  private static String pending(Situation at, QualifiedName table, Assignment assignment) {
    String quoted = at.writer().quote(assignment.column());
    Optional<Column> column = at.schema().column(table, assignment.column());
    if (at.dialect().isVolatile(assignment.value(), at.schema())) {
      return column
          .flatMap(Column::defaultValue)
          .map(d -> quoted + " <=> (" + d.sql() + ")")
          .orElse(quoted + " IS NULL");
    }
    return at.writer().wouldChange(quoted, assignment.value().sql(), column.map(Column::type));
  }

  /** The new version may write what it likes; only what nobody wrote is missing. */
  private static void verify(
      Sketch sketch, Situation at, Phase phase, QualifiedName table, Sync sync) {
    String missing =
        at.writer().quote(sync.newColumn()) + " IS NULL AND (" + sync.up() + ") IS NOT NULL";
    Rows rows = new Rows(at, sketch.schema(phase));
    sketch.add(
        sketch
            .verify(phase, table, rows.none(table, missing), rows.samples(table, missing))
            .titled("verify that no row lacks " + sync.target())
            .because("the triggers must not go while a row is missing its value"));
  }
}
