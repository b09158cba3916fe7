package dev.sluice.plan;

import dev.sluice.release.Phase;
import java.util.ArrayList;
import java.util.List;

/** What a recipe makes of a change. */
public sealed interface Proposal {

  /**
   * Steps.
   *
   * @param steps in the order of their running, those of a later phase behind those of an earlier
   *     one; empty where nothing is left to do
   * @param there from which phase on later changes find what this one makes
   * @param stand what stands in for it until then
   * @param notes what a person should know before it runs
   */
  record Steps(List<Draft> steps, Phase there, StandIn stand, List<String> notes)
      implements Proposal {
    public Steps {
      steps = List.copyOf(steps);
      notes = List.copyOf(notes);
    }

    /** With a further note. */
    public Steps noting(String note) {
      List<String> more = new ArrayList<>(notes);
      more.add(note);
      return new Steps(steps, there, stand, more);
    }
  }

  /**
   * Only a person can decide.
   *
   * @param why what is not known, or what no form avoids
   * @param choices what they can write or do, one each
   */
  record Undecided(String why, List<String> choices) implements Proposal {
    public Undecided {
      choices = List.copyOf(choices);
    }
  }
}
