package dev.sluice.dialect;

import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * What a statement says.
 *
 * @param changes in order of its clauses; never empty. The server runs those of one statement as
 *     one
 * @param stated how it is to be run, by its own words
 * @param onlyIfThere the table without which nothing of it happens (ALTER TABLE IF EXISTS, RENAME
 *     TABLE IF EXISTS); mostly empty
 * @param refusal why a server of this version does not understand it, whatever it has; mostly empty
 */
public record Reading(
    List<Change> changes,
    ParsedBy parsedBy,
    Stated stated,
    Optional<QualifiedName> onlyIfThere,
    Optional<Refusal> refusal) {
  public Reading {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a reading has no change; what means nothing is NoEffect");
    }
  }

  public Reading(List<Change> changes, ParsedBy parsedBy) {
    this(changes, parsedBy, Stated.NOTHING);
  }

  /** One that does not ask whether its table is there. */
  public Reading(List<Change> changes, ParsedBy parsedBy, Stated stated) {
    this(changes, parsedBy, stated, Optional.empty(), Optional.empty());
  }

  /** One that its server understands. */
  public Reading(
      List<Change> changes, ParsedBy parsedBy, Stated stated, Optional<QualifiedName> onlyIfThere) {
    this(changes, parsedBy, stated, onlyIfThere, Optional.empty());
  }

  /** The schema once one of its changes has run: the same where the table was never seen. */
  public Schema after(Change change, Schema before) {
    return onlyIfThere.filter(t -> !before.knows(t)).isPresent() ? before : before.after(change);
  }

  /** Which reader understood it. */
  public enum ParsedBy {
    GRAMMAR,
    JSQLPARSER,
    NONE
  }
}
