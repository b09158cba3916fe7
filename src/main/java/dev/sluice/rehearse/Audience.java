package dev.sluice.rehearse;

import dev.sluice.execute.Progress;
import dev.sluice.plan.Plan;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.release.Phase;
import java.time.Duration;

/** Told what a demo is at; one call at a time. */
public interface Audience {

  void hear(Scene scene);

  /** What happens. */
  sealed interface Scene {}

  /** Something that takes a while begins. */
  record Begun(String what) implements Scene {}

  /** It is done. */
  record Ended(String what, Duration time) implements Scene {}

  /** What is going to happen. */
  record Planned(Plan plan) implements Scene {}

  record PhaseBegun(Phase phase) implements Scene {}

  /** Of a step of the plan. */
  record OfStep(Progress.Event event) implements Scene {}

  record Checked(Check check) implements Scene {}
}
