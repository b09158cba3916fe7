package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.RowCopy;
import dev.sluice.dialect.RowCopy.Value;
import dev.sluice.dialect.Writer.Carry;
import dev.sluice.plan.Action.Backfill;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.References;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An INSERT that fills a table of this release with the rows of one that the old version goes on
 * writing. Run once it would miss all that is written afterwards: triggers on the source carry it
 * over, row by row and by key, until the old version is gone.
 */
public final class CopyRows implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.Insert insert)
        || insert.query().isEmpty()
        || at.subject().kind() != Kind.BACKFILL
        || at.phase() != Phase.PRE_DEPLOY
        || at.reworded()
        || at.decisions().placed()) {
      return Optional.empty();
    }
    return at.dialect()
        .rowCopy(at.subject().statement(), at.schema())
        .flatMap(copy -> CopiedKey.of(at, copy).map(key -> new Steps(at, copy, key).proposal()));
  }

  /** The steps of one INSERT. */
  private static final class Steps {

    private final Situation at;
    private final RowCopy copy;
    private final List<Name> key;
    private final Carry carry;
    private final Sketch sketch;

    Steps(Situation at, RowCopy copy, List<Name> key) {
      this.at = at;
      this.copy = copy;
      this.key = key;
      this.sketch = at.sketch();
      String name = "zz_sluice_" + copy.source().name() + "_to_" + copy.target().name();
      this.carry =
          new Carry(
              at.writer().fit(name),
              at.writer().fit(name + "_gone"),
              copy,
              key,
              followed(),
              types());
    }

    Proposal proposal() {
      Change.CreateTrigger made =
          new Change.CreateTrigger(trigger(carry.name(), "AFTER INSERT OR UPDATE"), false);
      Change.CreateTrigger gone =
          new Change.CreateTrigger(trigger(carry.gone(), "BEFORE DELETE"), false);
      sketch.add(
          sketch
              .sql(
                  Phase.PRE_DEPLOY,
                  at.writer().createCarry(carry),
                  Impact.of(copy.source(), LockMode.SHARE_ROW_EXCLUSIVE, Work.INSTANT))
              .making(made, gone)
              .titled("create sync triggers from " + copy.source() + " to " + copy.target())
              .because("what the old version writes there belongs here, too")
              .doneWhen(at.probes().done(gone).map(Condition::isDone))
              .undoneBy(at.writer().dropCarry(carry), Reversible.YES));
      ColumnCopy.waitForOlder(at, sketch, Phase.PRE_DEPLOY, copy.source(), carry.name());
      String missing = missing();
      sketch.add(
          sketch
              .copy(Phase.PRE_DEPLOY, copy.source(), batches(), missing)
              .titled("copy rows of " + copy.source() + " to " + copy.target())
              .because(
                  "rows that are there, in small batches; nobody changes a row while it is copied")
              .goneWithAnother());
      Rows rows = new Rows(at, sketch.schema(Phase.PRE_DEPLOY));
      sketch.add(
          sketch
              .verify(
                  Phase.PRE_DEPLOY,
                  copy.source(),
                  rows.none(copy.source(), copy.row(), missing),
                  rows.samples(copy.source(), copy.row(), missing))
              .titled("verify that every row of " + copy.source() + " is in " + copy.target())
              .because("the new version finds all of them when it starts"));
      sketch.note(
          "a TRUNCATE of "
              + copy.source()
              + " by the old version is not carried over to "
              + copy.target());
      end(made, gone);
      return sketch.there(Phase.PRE_DEPLOY).done();
    }

    private void end(Change.CreateTrigger made, Change.CreateTrigger gone) {
      Change.DropTrigger first = drop(made);
      Change.DropTrigger second = drop(gone);
      sketch.add(
          sketch
              .sql(
                  Phase.POST_DEPLOY,
                  at.writer().dropCarry(carry),
                  Impact.of(copy.source(), LockMode.ACCESS_EXCLUSIVE, Work.INSTANT))
              .making(first, second)
              .titled("drop sync triggers from " + copy.source() + " to " + copy.target())
              .because("the new version writes there itself")
              .doneWhen(at.probes().done(second).map(Condition::isDone))
              .undoneBy(at.writer().createCarry(carry), Reversible.YES));
    }

    private static Change.DropTrigger drop(Change.CreateTrigger made) {
      return new Change.DropTrigger(
          made.trigger().name(), Optional.of(made.trigger().table()), true, false);
    }

    private Trigger trigger(Name name, String when) {
      return new Trigger(
          name,
          copy.source(),
          when,
          Optional.of(new QualifiedName(copy.source().schema(), carry.name())),
          new Fragment("", References.NONE),
          false);
    }

    private Backfill.Copy batches() {
      String columns =
          copy.values().stream()
              .map(v -> at.writer().quote(v.column()))
              .collect(Collectors.joining(", "));
      String values = copy.values().stream().map(Value::sql).collect(Collectors.joining(", "));
      return new Backfill.Copy(
          "INSERT INTO " + at.writer().quote(copy.target()) + " (" + columns + ") SELECT " + values,
          at.writer().quote(copy.row()),
          "FOR SHARE\nON CONFLICT ("
              + key.stream().map(at.writer()::quote).collect(Collectors.joining(", "))
              + ") DO NOTHING");
    }

    /** A row of the source that has none in the target yet. */
    private String missing() {
      String found =
          "NOT EXISTS (SELECT 1 FROM "
              + at.writer().quote(copy.target())
              + " AS sluice_target WHERE "
              + key.stream()
                  .map(
                      k ->
                          "sluice_target."
                              + at.writer().quote(k)
                              + " = "
                              + at.writer().quote(copy.row())
                              + "."
                              + at.writer().quote(plain(k)))
                  .collect(Collectors.joining(" AND "))
              + ")";
      return copy.where().map(w -> "(" + w + ") AND " + found).orElse(found);
    }

    private Name plain(Name column) {
      return copy.values().stream()
          .filter(v -> v.column().equals(column))
          .findFirst()
          .flatMap(Value::plain)
          .orElseThrow();
    }

    /** What is the same for all rows, or new each time, stays as it was when the row came. */
    private List<Name> followed() {
      return copy.values().stream()
          .filter(v -> !v.needed().isEmpty() && !isVolatile(v))
          .map(Value::column)
          .toList();
    }

    private boolean isVolatile(Value value) {
      return value.plain().isEmpty()
          && at.dialect().isVolatile(at.dialect().expression(value.sql()), at.schema());
    }

    private Map<Name, String> types() {
      Map<Name, String> types = new HashMap<>();
      for (Value value : copy.values()) {
        DataType type =
            at.schema().column(copy.target(), value.column()).map(Column::type).orElseThrow();
        types.put(value.column(), ColumnTypes.stored(type).text());
      }
      return types;
    }
  }
}
