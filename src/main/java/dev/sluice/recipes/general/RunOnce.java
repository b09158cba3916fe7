package dev.sluice.recipes.general;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.release.DataChanges;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Table;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A copy from tables that the old version goes on writing, where nothing keeps it in step: run
 * once, it misses what comes later. That is the team's to decide, for one statement or for all.
 */
public final class RunOnce implements Recipe {

  /** What it costs to run once. */
  private static final String MISSES =
      "run once, it would miss all that the old version writes later";

  @Override
  public Optional<Proposal> plan(Situation at) {
    boolean copies =
        switch (at.change()) {
          case Change.Insert insert -> insert.query().isPresent();
          case Change.CreateTable create -> create.query().isPresent();
          case Change.Merge merge -> true;
          default -> false;
        };
    if (!copies
        || at.subject().kind() != Kind.BACKFILL
        || at.phase() != Phase.PRE_DEPLOY
        || at.decisions().placed()) {
      return Optional.empty();
    }
    Optional<Undecided> asked = asked(at, at.subject().object() + " gets rows of other tables");
    return asked.isPresent() ? asked.map(u -> u) : new AsWritten().plan(at).map(p -> noted(at, p));
  }

  /**
   * What is asked; empty where the setting has decided it.
   *
   * @param what it does
   */
  static Optional<Undecided> asked(Situation at, String what) {
    if (at.release().settings().dataChanges() == DataChanges.PRE_DEPLOY) {
      return bound(at);
    }
    return Optional.of(
        new Undecided(
            what + ": " + MISSES,
            List.of(
                "-- sluice: phase pre-deploy: <reason>, where what it reads does not change any more",
                "-- sluice: phase post-deploy: <reason>, where the new version starts without the"
                    + " values",
                "data-changes = pre-deploy in sluice.toml, where that is so for all of them")));
  }

  /** The same steps, with what they miss. */
  public static Proposal noted(Situation at, Proposal proposal) {
    return proposal instanceof Proposal.Steps steps
        ? steps.noting(
            at.subject().object()
                + ": it runs once, as data-changes says, and misses what the old version writes to"
                + " the tables that it reads afterwards")
        : proposal;
  }

  /** Rows that the old version does not know, and that keep it from deleting those it does. */
  private static Optional<Undecided> bound(Situation at) {
    if (!(at.change() instanceof Change.Insert insert) || !at.made(insert.table())) {
      return Optional.empty();
    }
    return at.schema().table(insert.table()).map(Table::constraints).stream()
        .flatMap(List::stream)
        .flatMap(c -> c instanceof ForeignKey key ? Stream.of(key) : Stream.empty())
        .filter(k -> k.enforced() && !at.made(k.parent()) && refuses(k.onDelete()))
        .map(ForeignKey::parent)
        .findFirst()
        .map(parent -> bound(insert.table(), parent));
  }

  private static boolean refuses(Constraint.Action onDelete) {
    return onDelete == Constraint.Action.NO_ACTION || onDelete == Constraint.Action.RESTRICT;
  }

  private static Undecided bound(QualifiedName table, QualifiedName parent) {
    return new Undecided(
        "the rows that it makes in "
            + table
            + " hold on to rows of "
            + parent
            + ": the old version, which does not know them, could not delete those any more",
        List.of(
            "-- sluice: phase pre-deploy: <reason>, where the old version deletes no row of "
                + parent,
            "-- sluice: phase post-deploy: <reason>, where the new version starts without the rows",
            "ON DELETE CASCADE or SET NULL in the foreign key, where that is meant"));
  }
}
