package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer;
import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A column kept in step with others of its row: a trigger first, then every row that is there, in
 * batches. In this order no write falls between the two.
 */
final class ColumnCopy {

  /** How long transactions that began before the trigger are waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Situation at;
  private final Sketch sketch;
  private final Phase phase;
  private final Sync sync;

  /**
   * @param phase where it is filled
   */
  ColumnCopy(Situation at, Sketch sketch, Phase phase, Sync sync) {
    this.at = at;
    this.sketch = sketch;
    this.phase = phase;
    this.sync = sync;
  }

  /** The name of the trigger of a column: the last of its table's, in the order of names. */
  static Name trigger(Situation at, QualifiedName table, Name column) {
    return at.writer().fit("zz_sluice_" + table.name() + "_" + column);
  }

  /** From here on every write keeps the column in step. */
  ColumnCopy keepInStep(String why) {
    sketch.add(
        sketch
            .sql(phase, at.writer().createSync(sync), lock(LockMode.SHARE_ROW_EXCLUSIVE))
            .titled("keep " + sync.target() + " in step")
            .because(why)
            .doneWhen(at.probes().done(theTrigger()).map(Condition::isDone))
            .undoneBy(at.writer().dropSync(sync), Reversible.YES));
    at.probes()
        .olderThan(sync.table(), sync.name())
        .ifPresent(
            query ->
                sketch.add(
                    sketch
                        .verify(
                            phase,
                            sync.table(),
                            new Condition(query, "0"),
                            Optional.empty(),
                            PATIENCE)
                        .titled("wait for transactions older than the trigger")
                        .because("what they wrote, the trigger did not see")
                        .costing(Impact.NONE)));
    return this;
  }

  private Change.CreateTrigger theTrigger() {
    return new Change.CreateTrigger(
        new Trigger(
            sync.name(),
            sync.table(),
            "BEFORE INSERT OR UPDATE",
            Optional.of(new QualifiedName(sync.table().schema(), sync.name())),
            Fragment.literal(""),
            false),
        false);
  }

  /** Fills the rows that are there, and looks whether all are. */
  ColumnCopy fill() {
    Writer writer = at.writer();
    String column = writer.quote(sync.newColumn());
    sketch.add(
        sketch
            .backfill(phase, sync.table(), Optional.of(column + " = " + sync.up()), outOfStep())
            .titled("fill " + sync.target())
            .because("rows that are there, in small batches; a row in step is not touched"));
    return parity(phase, "what follows relies on it");
  }

  /** Adds the question whether all rows are in step. */
  ColumnCopy parity(Phase when, String why) {
    Rows rows = new Rows(at, sketch.schema(when));
    sketch.add(
        sketch
            .verify(
                when,
                sync.table(),
                rows.none(sync.table(), apart()),
                rows.samples(sync.table(), apart()))
            .titled("look whether " + sync.target() + " is in step")
            .because(why));
    return this;
  }

  private String outOfStep() {
    return differs(sync.newColumn(), sync.up());
  }

  /** A way back that loses something is no difference: one of both must hold. */
  private String apart() {
    return sync.down().isEmpty()
        ? outOfStep()
        : outOfStep() + " AND " + differs(sync.oldColumns().getFirst(), sync.down());
  }

  /** As an assignment would store it: an image is compared with one of the same type only. */
  private String differs(Name column, String value) {
    Schema schema = sketch.schema(phase);
    Optional<DataType> type =
        schema.column(sync.table(), column).map(c -> ColumnTypes.stored(c.type()));
    boolean alike =
        Stream.concat(sync.oldColumns().stream(), Stream.of(sync.newColumn()))
            .filter(c -> at.writer().quote(c).equals(value))
            .flatMap(c -> schema.column(sync.table(), c).stream())
            .anyMatch(c -> type.map(ColumnTypes.stored(c.type())::sameAs).orElse(true));
    return at.writer()
        .differ(
            at.writer().quote(column),
            alike || type.isEmpty() ? value : "CAST(" + value + " AS " + type.get().text() + ")");
  }

  /** The step that ends it. */
  Draft release(Phase when) {
    return sketch
        .sql(when, at.writer().dropSync(sync), lock(LockMode.ACCESS_EXCLUSIVE))
        .titled("let go of " + sync.target())
        .doneWhen(
            at.probes()
                .done(new Change.DropTrigger(sync.name(), Optional.of(sync.table()), true, false))
                .map(Condition::isDone))
        .undoneBy(at.writer().createSync(sync), Reversible.YES);
  }

  List<String> dropStatements() {
    return at.writer().dropSync(sync);
  }

  ColumnName target() {
    return sync.target();
  }

  private Impact lock(LockMode mode) {
    return at.made(sync.table()) ? Impact.NONE : Impact.of(sync.table(), mode, Work.INSTANT);
  }
}
