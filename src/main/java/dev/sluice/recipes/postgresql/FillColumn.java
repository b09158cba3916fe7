package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An UPDATE that fills what this release adds, from the same row. Run once it would miss every row
 * that the old version writes afterwards: a trigger fills those too, until it is gone.
 */
public final class FillColumn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Update update)
        || at.subject().kind() != Kind.BACKFILL
        || at.phase() != Phase.PRE_DEPLOY
        || at.made(update.table())
        || at.decisions().placed()
        || !update.assignments().stream().allMatch(a -> at.made(update.table(), a.column()))) {
      return Optional.empty();
    }
    return Optional.of(ownRowOnly(at, update) ? fill(at, update) : elsewhere(update));
  }

  private static boolean ownRowOnly(Situation at, Update update) {
    QualifiedName own = at.schema().resolve(update.table());
    References all = update.references();
    return update.alias().isEmpty()
        && update.from().isEmpty()
        && all.complete()
        && all.relations().stream().allMatch(r -> at.schema().resolve(r).equals(own));
  }

  private static Undecided elsewhere(Update update) {
    return new Undecided(
        update.table()
            + " is filled from other tables, which the old version goes on writing: run once, it"
            + " would miss all that comes later",
        List.of(
            "-- sluice: phase pre-deploy: <reason>, where those tables do not change any more",
            "-- sluice: phase post-deploy: <reason>, where the new version starts without the"
                + " values"));
  }

  private static Proposal fill(Situation at, Update update) {
    Sketch sketch = at.sketch();
    List<ColumnCopy> copies = new ArrayList<>();
    for (Assignment assignment : update.assignments()) {
      if (hasDefault(at, update.table(), assignment.column())) {
        sketch.note(
            "rows that the old version inserts keep the default of "
                + new ColumnName(update.table(), assignment.column())
                + ": without a default in ADD COLUMN they would be filled too");
      } else {
        copies.add(
            new ColumnCopy(at, sketch, Phase.PRE_DEPLOY, sync(at, update, assignment))
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
            .titled("fill " + columns(update))
            .because("rows that are there, in small batches"));
    if (!copies.isEmpty()) {
      nothingMissing(sketch, at, update, Phase.PRE_DEPLOY);
      nothingMissing(sketch, at, update, Phase.POST_DEPLOY);
      copies.forEach(
          c ->
              sketch.add(c.release(Phase.POST_DEPLOY).because("the new version writes it itself")));
    }
    return sketch.there(Phase.PRE_DEPLOY).done();
  }

  private static boolean hasDefault(Situation at, QualifiedName table, Name column) {
    return at.schema().column(table, column).flatMap(Column::defaultValue).isPresent();
  }

  private static Sync sync(Situation at, Update update, Assignment assignment) {
    Name column = assignment.column();
    Set<Name> sources = new LinkedHashSet<>(named(at, update.table(), assignment.value()));
    String up = assignment.value().sql();
    Optional<Fragment> where =
        update.where().filter(w -> !named(at, update.table(), w).equals(Set.of(column)));
    if (where.isPresent()) {
      sources.addAll(named(at, update.table(), where.get()));
      up =
          "CASE WHEN "
              + where.get().sql()
              + " THEN "
              + up
              + " ELSE "
              + at.writer().quote(column)
              + " END";
    }
    sources.remove(column);
    return new Sync(
        ColumnCopy.trigger(at, update.table(), column),
        update.table(),
        sources.stream().sorted().toList(),
        column,
        up,
        "");
  }

  /** The columns of the table that the expression names. */
  private static Set<Name> named(Situation at, QualifiedName table, Fragment expression) {
    List<Column> columns = at.schema().table(table).map(Table::columns).orElse(List.of());
    return columns.stream()
        .map(Column::name)
        .filter(
            n ->
                expression.references().columns().stream()
                    .anyMatch(c -> c.name().map(n::equals).orElse(true)))
        .collect(Collectors.toSet());
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
  private static void nothingMissing(Sketch sketch, Situation at, Update update, Phase phase) {
    String missing =
        update.assignments().stream()
            .filter(a -> !hasDefault(at, update.table(), a.column()))
            .map(
                a ->
                    "("
                        + at.writer().quote(a.column())
                        + " IS NULL AND ("
                        + a.value().sql()
                        + ") IS NOT NULL)")
            .collect(Collectors.joining(" OR "));
    String where =
        update.where().map(w -> "(" + w.sql() + ") AND (" + missing + ")").orElse(missing);
    Rows rows = new Rows(at, sketch.schema(phase));
    sketch.add(
        sketch
            .verify(
                phase,
                update.table(),
                rows.none(update.table(), where),
                rows.samples(update.table(), where))
            .titled("look whether " + columns(update) + " is filled")
            .because("the trigger must not go while a row is missing its value"));
  }

  private static String columns(Update update) {
    return update.assignments().stream()
        .map(a -> new ColumnName(update.table(), a.column()).toString())
        .collect(Collectors.joining(", "));
  }
}
