package dev.sluice.plan;

import java.util.Optional;

/** One safe way of doing one kind of change. Pure: the same situation gives the same proposal. */
public interface Recipe {

  /** The way, or empty where this recipe is not for that change. */
  Optional<Proposal> plan(Situation at);
}
