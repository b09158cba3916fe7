package dev.sluice.execute;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;

/** A person's answers that no database can give. */
public interface Confirmation {

  /** Says yes to passing the point of no return, and no to what a person has to do by hand. */
  Confirmation PROCEED =
      new Confirmation() {
        @Override
        public boolean proceed(Plan plan, Step first) {
          return true;
        }

        @Override
        public boolean doneByHand(Plan plan, Step step, String reason) {
          return false;
        }
      };

  /** Whether to run {@code first}, behind which nothing can be taken back without loss. */
  boolean proceed(Plan plan, Step first);

  /** Whether a person did what the step asks for. */
  boolean doneByHand(Plan plan, Step step, String reason);
}
