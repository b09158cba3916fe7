package dev.sluice.plan;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Stated;
import dev.sluice.plan.Draft.Care;
import dev.sluice.plan.Draft.Cost;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recipe's steps in the making. It folds the schema through them, so that each is judged on what
 * the steps before it leave.
 */
public final class Sketch {

  private final Situation at;
  private final List<Draft> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Phases phases;
  private Phase there;
  private StandIn stand = new StandIn.None();

  Sketch(Situation at) {
    this.at = at;
    this.phases = at.phases();
    this.there = at.phase();
  }

  /** The schema at the end of that phase, so far. */
  public Schema schema(Phase phase) {
    return phases.in(phase);
  }

  /** Changes as one step, each in its own statement, all in one transaction where they can be. */
  public Draft ddl(Phase phase, Change... changes) {
    return ddl(phase, List.of(changes));
  }

  public Draft ddl(Phase phase, List<Change> changes) {
    return ddl(phase, changes, changes.stream().map(at.writer()::write).toList());
  }

  /** Changes as one step, with the text that makes them. */
  public Draft ddl(Phase phase, List<Change> changes, List<String> sql) {
    Schema schema = phases.in(phase);
    Impact impact = Impact.NONE;
    List<String> stated = new ArrayList<>();
    for (Change change : changes) {
      impact = impact.and(at.impact(change, schema));
      stated.add(
          sql.size() == changes.size()
              ? at.stating(sql.get(stated.size()), List.of(change), schema)
              : "");
      schema = schema.after(change);
    }
    return draft(
        phase,
        changes,
        sql.size() == changes.size() ? stated : sql,
        impact,
        changes.isEmpty() ? Optional.empty() : at.probes().done(changes.getLast()));
  }

  /** One change under a setting that holds for its step alone. */
  public Draft under(Change.SetParameter setting, Phase phase, Change change) {
    Schema there = phases.in(phase).after(setting);
    Draft draft = ddl(phase, change);
    return draft
        .running(
            new Action.Ddl(
                List.of(at.stating(at.writer().write(change), List.of(change), there)), false))
        .costing(at.impact(change, there))
        .under(at.writer().write(setting));
  }

  /** Changes of one table as one statement, which does all of them or nothing. */
  public Draft together(Phase phase, List<Change> changes) {
    return together(phase, changes, at.writer().writeTogether(changes));
  }

  /** The same with the text that makes them. */
  public Draft together(Phase phase, List<Change> changes, String sql) {
    Schema schema = phases.in(phase);
    return draft(
        phase,
        changes,
        List.of(at.stating(sql, changes, schema)),
        at.impact(changes, Stated.NOTHING, schema),
        at.probes().done(changes.getLast()));
  }

  private Draft draft(
      Phase phase, List<Change> changes, List<String> sql, Impact impact, Optional<String> done) {
    Schema schema = phases.in(phase);
    List<String> undo = new ArrayList<>();
    Reversible reversible = Reversible.YES;
    for (Change change : changes) {
      Inverse inverse = at.inverse(change, schema, phase);
      reversible = weaker(reversible, inverse.reversible());
      schema = schema.after(change);
      List<String> back = new ArrayList<>();
      Schema there = schema;
      for (Change one : inverse.changes()) {
        if (keepsWritersWaiting(one, there)) {
          // Who takes a release back must not stop everyone: it stays, and harms nobody.
          reversible = weaker(reversible, Reversible.UNTIL_WRITTEN);
          back.clear();
          break;
        }
        back.add(at.stating(undo(change, one), List.of(one), there));
        there = there.after(one);
      }
      undo.addAll(0, back);
    }
    return new Draft(
        phase,
        at.subject().kind(),
        Titles.of(at.change(), at),
        "",
        new Action.Ddl(sql, impact.transactional()),
        changes,
        new Cost(impact, Window.NONE, Optional.empty()),
        new Care(List.of(), done.map(Condition::isDone), undo, reversible),
        false);
  }

  private boolean keepsWritersWaiting(Change back, Schema there) {
    return at.dialect().engine() != Engine.POSTGRESQL
        && at.impact(back, there).blocksWritesForLong();
  }

  private String undo(Change change, Change back) {
    return change instanceof Change.CreateView && back instanceof Change.CreateView former
        ? at.writer().putBack(former)
        : at.writer().write(back);
  }

  private static Reversible weaker(Reversible one, Reversible other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Statements that no change stands for, in one transaction where the impact says so. */
  public Draft sql(Phase phase, List<String> statements, Impact impact) {
    return new Draft(
        phase,
        at.subject().kind(),
        Titles.of(at.change(), at),
        "",
        new Action.Ddl(statements, impact.transactional()),
        List.of(),
        new Cost(impact, Window.NONE, Optional.empty()),
        Care.NONE,
        false);
  }

  /** The statement of the file itself, or the clause of it that the change is. */
  public Draft asWritten() {
    Change change = thatMayRunAgain(at.change());
    boolean asInFile = !at.reworded() && change.equals(at.change());
    boolean whole = at.alone() && asInFile;
    Draft draft =
        ddl(
            at.phase(),
            List.of(change),
            List.of(whole ? at.subject().statement().shown() : at.writer().write(change)));
    return new Draft(
        draft.phase(),
        draft.kind(),
        Titles.of(change, at),
        at.subject().reasons().stream().findFirst().orElse(""),
        draft.action(),
        draft.changes(),
        whole ? asStated(draft.cost(), change) : draft.cost(),
        draft.care(),
        asInFile);
  }

  /** The statement may ask for a worse way of being run than the engine has. */
  private Cost asStated(Cost cost, Change change) {
    Stated stated = at.dialect().read(at.subject().statement()).stated();
    return stated.equals(Stated.NOTHING)
        ? cost
        : new Cost(
            at.impact(List.of(change), stated, phases.in(at.phase())),
            cost.window(),
            cost.estimate());
  }

  /** A value stays when a release is aborted: the next run finds it. */
  private static Change thatMayRunAgain(Change change) {
    return change instanceof Change.AddEnumValue add
        ? new Change.AddEnumValue(add.type(), add.value(), add.position(), true)
        : change;
  }

  /**
   * Rows brought to a state in batches.
   *
   * @param set {@code a = b}; empty where rows are deleted
   * @param where false for every row that is done
   */
  public Draft backfill(Phase phase, QualifiedName table, Optional<String> set, String where) {
    List<String> key = at.rowKey(table, schema(phase)).stream().map(at.writer()::quote).toList();
    return new Draft(
        phase,
        Kind.BACKFILL,
        at.subject().object(),
        "",
        new Action.Backfill(at.writer().quote(table), key, set, where),
        List.of(),
        new Cost(beside(table, LockMode.ROW_EXCLUSIVE), Window.NONE, at.sizes().backfill(table)),
        Care.NONE.undone(),
        false);
  }

  /**
   * Rows changed in batches by what is not to be done twice: each row is met once, by its primary
   * key, which the table must have.
   *
   * @param set {@code a = b}
   * @param where which rows; not whether it is done
   */
  public Draft once(Phase phase, QualifiedName table, String set, String where) {
    Draft draft = backfill(phase, table, Optional.of(set), where);
    return draft.action() instanceof Action.Backfill b
        ? draft.running(
            new Action.Backfill(b.table(), b.key(), b.change(), Optional.empty(), b.where(), true))
        : draft;
  }

  /**
   * Rows of a table copied to another one in batches.
   *
   * @param copy how
   * @param where which rows; false for every row that is copied
   */
  public Draft copy(Phase phase, QualifiedName table, Action.Backfill.Copy copy, String where) {
    Draft draft = backfill(phase, table, Optional.empty(), where);
    return draft.action() instanceof Action.Backfill b
        ? draft.running(
            new Action.Backfill(
                b.table(), b.key(), Optional.empty(), Optional.of(copy), b.where(), false))
        : draft;
  }

  /**
   * The statement of the file itself, which changes rows and keeps each locked until it ends.
   *
   * @param why not in batches
   */
  public Draft inOneStatement(QualifiedName table, String why) {
    Draft draft = asWritten();
    Optional<Step.Estimate> estimate = at.sizes().backfill(table);
    return draft
        .with(new Cost(draft.cost().impact(), draft.cost().window(), estimate))
        .because(
            "one statement, and not in batches: "
                + why
                + ". Each row that it changes stays locked until it ends, and who writes that row"
                + " waits so long");
  }

  /** A question that must be answered as expected before the next step may run. */
  public Draft verify(Phase phase, QualifiedName table, Condition condition, String samples) {
    return verify(phase, table, condition, Optional.of(samples), Duration.ZERO);
  }

  public Draft verify(
      Phase phase,
      QualifiedName table,
      Condition condition,
      Optional<String> samples,
      Duration patience) {
    return new Draft(
        phase,
        at.subject().kind(),
        at.subject().object(),
        "",
        new Action.Verify(List.of(condition), samples, patience),
        List.of(),
        new Cost(beside(table, LockMode.ACCESS_SHARE), Window.NONE, Optional.empty()),
        Care.NONE,
        false);
  }

  /** Rows read or changed while everybody works; MySQL and MariaDB have one word for both. */
  private Impact beside(QualifiedName table, LockMode mode) {
    boolean postgresql = at.dialect().engine() == Engine.POSTGRESQL;
    return Impact.of(table, postgresql ? mode : LockMode.MYSQL_NONE, Work.SCAN);
  }

  public Sketch add(Draft draft) {
    steps.add(draft);
    phases = phases.after(draft.phase(), draft.changes());
    return this;
  }

  public Sketch note(String text) {
    notes.add(text);
    return this;
  }

  /** Later changes find what this one makes from that phase on, not from its own. */
  public Sketch there(Phase phase) {
    there = phase;
    return this;
  }

  /** Until then something else bears the new name. */
  public Sketch standingIn(StandIn one) {
    stand = one;
    return this;
  }

  /** The steps, each with its window; or what is asked where one would block for too long. */
  public Proposal done() {
    List<Draft> costed = new ArrayList<>();
    for (Draft step : steps) {
      Impact impact = step.cost().impact();
      Optional<Step.Estimate> estimate =
          step.cost().estimate().or(() -> at.sizes().estimate(impact));
      Optional<Window> window =
          at.decisions().mayBlock(impact.work())
              ? Optional.of(Window.NONE)
              : at.sizes().window(impact, estimate);
      if (window.isEmpty()) {
        return TooLong.undecided(at, impact, estimate);
      }
      costed.add(step.with(new Cost(impact, window.get(), estimate)));
    }
    return new Proposal.Steps(costed, there, stand, notes);
  }
}
