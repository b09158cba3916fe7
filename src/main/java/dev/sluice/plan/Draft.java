package dev.sluice.plan;

import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step that has no number yet. Recipes start from what {@link Sketch} makes of a change and say
 * what is different.
 *
 * @param changes what it does to the schema; empty where it does nothing to it
 * @param asWritten whether its SQL is the statement of the file, or a clause of it, unchanged
 * @param settings SET statements that hold for this step alone, in order; mostly empty
 */
public record Draft(
    Phase phase,
    Kind kind,
    String title,
    String why,
    Action action,
    List<Change> changes,
    Cost cost,
    Care care,
    boolean asWritten,
    List<String> settings) {

  /** What it costs those who use the database meanwhile. */
  public record Cost(Impact impact, Window window, Optional<Step.Estimate> estimate) {}

  /** What makes it safe to run, to run again, and to take back. */
  public record Care(
      List<Condition> conditions,
      Optional<Condition> doneWhen,
      List<String> undo,
      Reversible reversible) {

    /** Nothing asked, nothing to take back. */
    static final Care NONE = new Care(List.of(), Optional.empty(), List.of(), Reversible.YES);

    /** What stays when the release is aborted, and harms nobody. */
    Care undone() {
      return new Care(conditions, doneWhen, List.of(), Reversible.UNTIL_WRITTEN);
    }

    public Care {
      conditions = List.copyOf(conditions);
      undo = List.copyOf(undo);
    }
  }

  public Draft {
    changes = List.copyOf(changes);
    settings = List.copyOf(settings);
  }

  /** Under the settings of its file alone. */
  Draft(
      Phase phase,
      Kind kind,
      String title,
      String why,
      Action action,
      List<Change> changes,
      Cost cost,
      Care care,
      boolean asWritten) {
    this(phase, kind, title, why, action, changes, cost, care, asWritten, List.of());
  }

  /** For statements that do to the schema what no change of theirs says. */
  public Draft making(Change... made) {
    return new Draft(
        phase, kind, title, why, action, List.of(made), cost, care, asWritten, settings);
  }

  public Draft titled(String other) {
    return new Draft(phase, kind, other, why, action, changes, cost, care, asWritten, settings);
  }

  public Draft because(String other) {
    return new Draft(phase, kind, title, other, action, changes, cost, care, asWritten, settings);
  }

  public Draft as(Kind other) {
    return new Draft(phase, other, title, why, action, changes, cost, care, asWritten, settings);
  }

  /** For what needs a setting of its own: other steps do not run under it. */
  public Draft under(String... sets) {
    return new Draft(
        phase, kind, title, why, action, changes, cost, care, asWritten, List.of(sets));
  }

  Draft running(Action other) {
    return new Draft(phase, kind, title, why, other, changes, cost, care, asWritten, settings);
  }

  Draft with(Cost other) {
    return new Draft(phase, kind, title, why, action, changes, other, care, asWritten, settings);
  }

  Draft with(Care other) {
    return new Draft(phase, kind, title, why, action, changes, cost, other, asWritten, settings);
  }

  /** Where the change alone does not say what it costs. */
  public Draft costing(Impact impact) {
    return with(new Cost(impact, cost.window(), cost.estimate()));
  }

  /** With a further condition, asked right before it. */
  public Draft onlyIf(Condition condition) {
    List<Condition> more = new ArrayList<>(care.conditions());
    more.add(condition);
    return with(new Care(more, care.doneWhen(), care.undo(), care.reversible()));
  }

  public Draft doneWhen(Optional<Condition> probe) {
    return with(new Care(care.conditions(), probe, care.undo(), care.reversible()));
  }

  public Draft undoneBy(List<String> statements, Reversible how) {
    return with(new Care(care.conditions(), care.doneWhen(), statements, how));
  }

  /** For what goes with what an earlier step made. */
  public Draft goneWithAnother() {
    return undoneBy(List.of(), Reversible.YES);
  }

  /** For what stays when the release is aborted, and harms nobody. */
  public Draft staying() {
    return undoneBy(List.of(), Reversible.UNTIL_WRITTEN);
  }

  /** For what cannot be taken back. */
  public Draft forGood() {
    return undoneBy(List.of(), Reversible.NO);
  }
}
