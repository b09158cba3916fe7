package dev.sluice.dialect;

import dev.sluice.schema.Change;
import java.util.List;

/**
 * What a statement says.
 *
 * @param changes in order of its clauses; never empty. The server runs those of one statement as
 *     one
 * @param stated how it is to be run, by its own words
 */
public record Reading(List<Change> changes, ParsedBy parsedBy, Stated stated) {
  public Reading {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a reading has no change; what means nothing is NoEffect");
    }
  }

  public Reading(List<Change> changes, ParsedBy parsedBy) {
    this(changes, parsedBy, Stated.NOTHING);
  }

  /** Which reader understood it. */
  public enum ParsedBy {
    GRAMMAR,
    JSQLPARSER,
    NONE
  }
}
