package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Fills;
import dev.sluice.recipes.general.Rows;
import dev.sluice.recipes.general.WithoutAlias;
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
 * that the old version writes afterwards: a trigger fills those too, until it is gone.
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
    Update update = WithoutAlias.of(written, at.dialect());
    if (Fills.ofOwnRow(update)) {
      return Optional.of(fill(at, Fills.onTable(at, update)));
    }
    return Fills.elsewhere(at, update);
  }

  private static Proposal fill(Situation at, Update update) {
    Sketch sketch = at.sketch();
    List<Sync> syncs = new ArrayList<>();
    List<ColumnCopy> copies = new ArrayList<>();
    for (Assignment assignment : update.assignments()) {
      ColumnName name = new ColumnName(update.table(), assignment.column());
      if (Fills.hasDefault(at, update.table(), assignment.column())) {
        sketch.note(
            "rows that the old version inserts meanwhile keep the default of "
                + name
                + ", and no trigger fills them: without a default in ADD COLUMN one would");
      } else if (ColumnCopy.keeping(at, update.table(), assignment.column()).isEmpty()) {
        Sync sync =
            new Fills(at, update.table(), assignment.column())
                .sync(update, ColumnCopy.oneWay(at, update.table(), assignment.column()));
        syncs.add(sync);
        copies.add(
            new ColumnCopy(at, sketch, Phase.PRE_DEPLOY, sync)
                .keepInStep("rows of the old version, which does not know it, are filled as well"));
      }
    }
    String set =
        update.assignments().stream()
            .map(a -> at.writer().quote(a.column()) + " = " + a.value().sql())
            .collect(Collectors.joining(", "));
    sketch.add(
        sketch
            .backfill(Phase.PRE_DEPLOY, update.table(), Optional.of(set), pending(at, update))
            .titled("backfill " + Fills.columns(update))
            .because("rows that are there, in small batches")
            .goneWithAnother());
    String missing = missing(at, update);
    if (!missing.isEmpty()) {
      filled(sketch, at, update.table(), Phase.PRE_DEPLOY, Fills.columns(update), missing);
    }
    for (Sync sync : syncs) {
      filled(
          sketch,
          at,
          at.afterwards(update.table()),
          Phase.POST_DEPLOY,
          sync.target().toString(),
          isMissing(at, sync.newColumn(), sync.up()));
    }
    copies.forEach(
        c -> sketch.add(c.release(Phase.POST_DEPLOY).because("the new version writes it itself")));
    return sketch.there(Phase.PRE_DEPLOY).done();
  }

  /** False for a row that is filled, so that a second run changes nothing. */
  private static String pending(Situation at, Update update) {
    String open =
        update.assignments().stream()
            .map(
                a ->
                    at.dialect().isVolatile(a.value(), at.schema())
                        ? unset(at, update.table(), a.column())
                        : at.writer()
                            .differ(at.writer().quote(a.column()), typed(at, update.table(), a)))
            .collect(Collectors.joining(" OR "));
    String either = update.assignments().size() > 1 ? "(" + open + ")" : open;
    return update.where().map(w -> "(" + w.sql() + ") AND " + either).orElse(open);
  }

  private static String unset(Situation at, QualifiedName table, Name column) {
    String quoted = at.writer().quote(column);
    return at.schema()
        .column(table, column)
        .flatMap(Column::defaultValue)
        .map(d -> quoted + " IS NOT DISTINCT FROM (" + d.sql() + ")")
        .orElse(quoted + " IS NULL");
  }

  private static String typed(Situation at, QualifiedName table, Assignment assignment) {
    return at.schema()
        .column(table, assignment.column())
        .map(
            c ->
                "CAST("
                    + assignment.value().sql()
                    + " AS "
                    + ColumnTypes.stored(c.type()).text()
                    + ")")
        .orElse(assignment.value().sql());
  }

  /** The new version may write what it likes; only what nobody wrote is missing. */
  private static String missing(Situation at, Update update) {
    String any =
        update.assignments().stream()
            .filter(a -> !Fills.hasDefault(at, update.table(), a.column()))
            .map(a -> isMissing(at, a.column(), a.value().sql()))
            .collect(Collectors.joining(" OR "));
    return any.isEmpty()
        ? ""
        : update.where().map(w -> "(" + w.sql() + ") AND (" + any + ")").orElse(any);
  }

  private static String isMissing(Situation at, Name column, String value) {
    return "(" + at.writer().quote(column) + " IS NULL AND (" + value + ") IS NOT NULL)";
  }

  private static void filled(
      Sketch sketch, Situation at, QualifiedName table, Phase phase, String columns, String where) {
    Rows rows = new Rows(at, sketch.schema(phase));
    sketch.add(
        sketch
            .verify(phase, table, rows.none(table, where), rows.samples(table, where))
            .titled("verify that no row lacks " + columns)
            .because("the trigger must not go while a row is missing its value"));
  }
}
