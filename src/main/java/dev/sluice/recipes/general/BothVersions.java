package dev.sluice.recipes.general;

import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Situation;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import java.util.List;
import java.util.Optional;

/**
 * What one version needs and the other one breaks by, and no recipe splits: as it is written it is
 * in nobody's phase.
 */
public final class BothVersions {

  private BothVersions() {}

  /** What is asked where the change is of that sort; empty elsewhere. */
  public static Optional<Undecided> undecided(Situation at, Subject subject) {
    boolean split = subject.kind() == Kind.RENAME || subject.kind() == Kind.REPLACE;
    if (!split || at.phase() != Phase.PRE_DEPLOY || at.decisions().placed()) {
      return Optional.empty();
    }
    return Optional.of(
        new Undecided(
            subject.object() + ": " + subject.reasons().getFirst(),
            List.of(
                "two releases: what is new under another name now, what is old dropped later",
                "-- sluice: phase pre-deploy: <reason>, where the old version works on after it",
                "-- sluice: phase post-deploy: <reason>, where the new version starts without it")));
  }
}
