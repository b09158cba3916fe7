package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.CreateTrigger;
import dev.sluice.schema.Change.DropTrigger;
import dev.sluice.schema.Column;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A column kept in step with others of its row: triggers first, then every row that is there, in
 * batches. CREATE TRIGGER waits for all who use the table, so that no write falls between the two.
 */
final class InStep {

  private final Situation at;
  private final Sketch sketch;
  private final Sync sync;

  InStep(Situation at, Sketch sketch, Sync sync) {
    this.at = at;
    this.sketch = sketch;
    this.sync = sync;
  }

  /** What the names of the triggers begin with. */
  static Name name(Situation at, QualifiedName table, Name column) {
    return at.writer().fit("zz_sluice_" + table.name() + "_" + column);
  }

  /** Whether triggers of ours fill the column already. */
  static boolean keeps(Situation at, QualifiedName table, Name column) {
    Sync any = new Sync(name(at, table, column), table, List.of(), column, "NULL", "");
    List<Name> names = at.writer().syncTriggers(any).stream().map(t -> t.trigger().name()).toList();
    return at.pre().triggersOn(table).stream().map(Trigger::name).anyMatch(names::contains);
  }

  /** What is asked where no key finds the rows one by one; empty where one does. */
  static Optional<Undecided> withoutKey(Situation at, QualifiedName table) {
    return at.rowKey(table, at.pre()).isEmpty()
        ? Optional.of(
            new Undecided(
                table + " has no key that is unique and without NULL, so no batch finds its rows",
                List.of("give it a primary key in a release before this one")))
        : Optional.empty();
  }

  /** From here on every write keeps the column in step. */
  InStep keep(String why) {
    others();
    for (CreateTrigger trigger : at.writer().syncTriggers(sync)) {
      sketch.add(
          sketch
              .ddl(Phase.PRE_DEPLOY, trigger)
              .titled("create sync trigger " + kind(trigger) + " for " + sync.target())
              .because(why));
    }
    return this;
  }

  private static String kind(CreateTrigger trigger) {
    return trigger.trigger().timing().toLowerCase(Locale.ROOT);
  }

  /** Those of the user fire before ours, on what the backfill writes as well. */
  private void others() {
    List<Trigger> others =
        at.pre().triggersOn(sync.table()).stream()
            .filter(t -> !t.name().text().startsWith("zz_sluice_"))
            .toList();
    if (!others.isEmpty()) {
      sketch.note(
          "on "
              + sync.table()
              + " fire "
              + others.stream().map(t -> t.name().text()).sorted().collect(Collectors.joining(", "))
              + ": before Sluice's triggers, and for the rows that the backfill updates as well");
    }
  }

  /** Fills the rows that are there, and looks whether all are. */
  InStep fill() {
    String column = at.writer().quote(sync.newColumn());
    sketch.add(
        sketch
            .backfill(
                Phase.PRE_DEPLOY,
                sync.table(),
                Optional.of(column + " = " + sync.up() + timesKept()),
                apart())
            .titled("backfill " + sync.target())
            .because("rows that are there, in small batches; a row in step is not touched")
            .goneWithAnother());
    return parity(Phase.PRE_DEPLOY, sync.table(), "what follows relies on it");
  }

  /** The batches are nobody's update: columns that take its time keep theirs. */
  private String timesKept() {
    return at.pre().table(sync.table()).map(Table::columns).orElse(List.of()).stream()
        .filter(c -> c.attributes().onUpdate().isPresent())
        .map(Column::name)
        .map(n -> ", " + at.writer().quote(n) + " = " + at.writer().quote(n))
        .collect(Collectors.joining());
  }

  /** Adds the question whether all rows are in step. */
  InStep parity(Phase when, QualifiedName table, String why) {
    Rows rows = new Rows(at, sketch.schema(when));
    sketch.add(
        sketch
            .verify(when, table, rows.none(table, apart()), rows.samples(table, apart()))
            .titled("verify that every row is in step in " + sync.target())
            .because(why));
    return this;
  }

  /**
   * Two columns of one type by their bytes; else by the equality of each one's type. What a lossy
   * way leads from to itself is in step.
   */
  private String apart() {
    String column = at.writer().quote(sync.newColumn());
    if (sync.down().equals(column) && sync.type().isEmpty()) {
      return at.writer().differ(column, sync.up());
    }
    String forth = wouldChange(sync.newColumn(), sync.up());
    return sync.down().isEmpty()
        ? forth
        : forth + " AND " + wouldChange(sync.oldColumns().getFirst(), sync.down());
  }

  private String wouldChange(Name column, String value) {
    return at.writer()
        .wouldChange(
            at.writer().quote(column),
            value,
            sketch.schema(Phase.PRE_DEPLOY).column(sync.table(), column).map(Column::type));
  }

  /**
   * Adds the steps that end it. Of two columns each keeps from the first of them on what is written
   * to it, so that nothing brings them together again.
   *
   * @param table as it is called then
   */
  void release(Phase when, QualifiedName table, String why) {
    for (CreateTrigger trigger : at.writer().syncTriggers(sync)) {
      Draft draft =
          sketch
              .ddl(when, new DropTrigger(trigger.trigger().name(), Optional.of(table), true, false))
              .titled("drop sync trigger " + kind(trigger) + " for " + sync.target())
              .because(why);
      sketch.add(sync.down().isEmpty() ? draft : draft.forGood());
    }
  }
}
