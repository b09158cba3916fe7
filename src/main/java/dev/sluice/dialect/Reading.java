package dev.sluice.dialect;

import dev.sluice.schema.Change;
import java.util.List;

/**
 * What a statement says.
 *
 * @param changes in order of its clauses; never empty
 */
public record Reading(List<Change> changes, ParsedBy parsedBy) {
  public Reading {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a reading has no change; what means nothing is NoEffect");
    }
  }

  /** Which reader understood it. */
  public enum ParsedBy {
    GRAMMAR,
    JSQLPARSER,
    NONE
  }
}
