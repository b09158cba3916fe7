package dev.sluice.execute;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;

/** Who replaces the application's nodes: Sluice itself, or somebody who says when it is done. */
public interface Rollout {

  /**
   * Replaces the nodes, or says what a person does about it. Called again by each run until done.
   */
  Answer deploy(Plan plan, Step step);

  /** What came of it. */
  sealed interface Answer {
    /**
     * Every node runs the new version.
     *
     * @param evidence who says so, or what was seen; goes into the journal
     */
    record Deployed(String evidence) implements Answer {}

    /**
     * Not yet: the plan stops here.
     *
     * @param whatToDo for a person, ending in the command that goes on
     */
    record Awaited(String whatToDo) implements Answer {}

    /** It failed; what was rolled back is said in {@code why}. */
    record Failed(String why) implements Answer {}
  }

  /**
   * Somebody else rolls.
   *
   * @param deployedBy who declares it done; where nobody does, the plan stops and says what to do
   */
  static Rollout declared(java.util.Optional<String> deployedBy) {
    return (plan, step) ->
        deployedBy
            .<Answer>map(by -> new Answer.Deployed("declared by " + by))
            .orElseGet(
                () ->
                    new Answer.Awaited(
                        "replace every node of the application by the new version, then run"
                            + " `sluice apply --phase rolling --deployed`"));
  }
}
