package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer;
import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
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

  /**
   * The name of a trigger that carries each of two columns over to the other. Triggers fire in the
   * order of their names, by bytes, in which each further z comes later (manual, "Overview of
   * Trigger Behavior"): these behind the users' own.
   */
  static Name twoWay(Situation at, QualifiedName table, Name column) {
    return name(at, table, column, ours(at, table).filter(ColumnCopy::isTwoWay).count());
  }

  /** The name of a trigger that computes one column: it fires behind those that give the others. */
  static Name oneWay(Situation at, QualifiedName table, Name column) {
    return name(at, table, column, 1 + ours(at, table).count());
  }

  private static Stream<Trigger> ours(Situation at, QualifiedName table) {
    return at.pre().triggersOn(table).stream()
        .filter(t -> t.name().text().matches("zz+_sluice_.*"));
  }

  private static Name name(Situation at, QualifiedName table, Name column, long before) {
    return at.writer()
        .fit("zz" + "z".repeat((int) before) + "_sluice_" + table.name() + "_" + column);
  }

  /** The trigger that fills the column already; empty where none does. */
  static Optional<Trigger> keeping(Situation at, QualifiedName table, Name column) {
    List<Trigger> ours = ours(at, table).toList();
    return Stream.iterate(0, n -> n + 1)
        .limit(ours.size() + 1L)
        .map(n -> name(at, table, column, n))
        .flatMap(name -> ours.stream().filter(t -> t.name().equals(name)))
        .findFirst();
  }

  /** Whether it carries over what is written to the new column, too. */
  static boolean isTwoWay(Trigger keeping) {
    return !keeping.definition().sql().isEmpty();
  }

  /** From here on every write keeps the column in step. */
  ColumnCopy keepInStep(String why) {
    sketch.add(
        sketch
            .sql(phase, at.writer().createSync(sync), lock(phase, LockMode.SHARE_ROW_EXCLUSIVE))
            .making(theTrigger())
            .titled("create sync trigger for " + sync.target())
            .because(why)
            .doneWhen(at.probes().done(theTrigger()).map(Condition::isDone))
            .undoneBy(at.writer().dropSync(sync), Reversible.YES));
    waitForOlder(at, sketch, phase, sync.table(), sync.name());
    return this;
  }

  /** Adds the wait for transactions that began before the trigger. */
  static void waitForOlder(
      Situation at, Sketch sketch, Phase phase, QualifiedName table, Name trigger) {
    at.probes()
        .olderThan(table, trigger)
        .ifPresent(
            query ->
                sketch.add(
                    sketch
                        .verify(phase, table, new Condition(query, "0"), Optional.empty(), PATIENCE)
                        .titled("wait for transactions older than the sync trigger")
                        .because("what they wrote, the trigger did not see")
                        .costing(Impact.NONE)));
  }

  private Change.CreateTrigger theTrigger() {
    return at.writer().syncTriggers(sync).getFirst();
  }

  Change.DropTrigger theEnd(Phase when) {
    return new Change.DropTrigger(sync.name(), Optional.of(in(when).table()), true, false);
  }

  /** With the table as it is called in that phase. */
  private Sync in(Phase when) {
    return when == Phase.PRE_DEPLOY || phase != Phase.PRE_DEPLOY
        ? sync
        : sync.on(at.afterwards(sync.table()));
  }

  /** Fills the rows that are there, and looks whether all are. */
  ColumnCopy fill() {
    Writer writer = at.writer();
    String column = writer.quote(sync.newColumn());
    sketch.add(
        sketch
            .backfill(phase, sync.table(), Optional.of(column + " = " + sync.up()), outOfStep())
            .titled("backfill " + sync.target())
            .because("rows that are there, in small batches; a row in step is not touched")
            .goneWithAnother());
    return parity(phase, "what follows relies on it");
  }

  /** Adds the question whether all rows are in step. */
  ColumnCopy parity(Phase when, String why) {
    Rows rows = new Rows(at, sketch.schema(when));
    sketch.add(
        sketch
            .verify(
                when,
                in(when).table(),
                rows.none(in(when).table(), apart()),
                rows.samples(in(when).table(), apart()))
            .titled("verify that every row is in step in " + sync.target())
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
    String quoted = at.writer().quote(column);
    if (alike || type.isEmpty()) {
      return at.writer().differ(quoted, value);
    }
    String differ = at.writer().differ(quoted, "CAST(" + value + " AS " + type.get().text() + ")");
    // What the cast would cut off was never assigned: such a row is no more in step than another.
    return AssignmentLimits.cut(value, type.get(), schema)
        .map(cut -> "(" + differ + " OR " + cut + ")")
        .orElse(differ);
  }

  /** The step that ends it. */
  Draft release(Phase when) {
    return sketch
        .sql(when, dropStatements(when), lock(when, LockMode.ACCESS_EXCLUSIVE))
        .making(theEnd(when))
        .titled("drop sync trigger of " + in(when).target())
        .doneWhen(at.probes().done(theEnd(when)).map(Condition::isDone))
        .undoneBy(at.writer().createSync(in(when)), Reversible.YES);
  }

  List<String> dropStatements(Phase when) {
    return at.writer().dropSync(in(when));
  }

  ColumnName target() {
    return sync.target();
  }

  private Impact lock(Phase when, LockMode mode) {
    if (at.made(sync.table())) {
      return Impact.NONE;
    }
    Impact impact = Impact.of(in(when).table(), mode, Work.INSTANT);
    List<Table> partitions = new ArrayList<>(at.pre().childrenOf(sync.table()));
    while (!partitions.isEmpty()) {
      Table partition = partitions.removeFirst();
      impact = impact.alsoLocking(partition.name(), mode);
      partitions.addAll(at.pre().childrenOf(partition.name()));
    }
    return impact;
  }
}
