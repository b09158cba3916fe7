package dev.sluice.release;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;

/**
 * What a change does to objects, by resolved name: what dependence is decided on.
 *
 * @param creates brings into being (a rename creates the new name)
 * @param reads needs to be there, as it is
 * @param changes alters
 * @param drops takes away (a rename drops the old name)
 * @param complete false where it may touch more than is listed
 */
public record Effects(
    Set<Item> creates, Set<Item> reads, Set<Item> changes, Set<Item> drops, boolean complete) {

  /** Touches nothing. */
  public static final Effects NONE = new Effects(Set.of(), Set.of(), Set.of(), Set.of(), true);

  public Effects {
    creates = Set.copyOf(creates);
    reads = Set.copyOf(reads);
    changes = Set.copyOf(changes);
    drops = Set.copyOf(drops);
  }

  /**
   * One object.
   *
   * @param kind of what
   * @param owner the relation for what lives in one, else the object itself
   * @param part the column, constraint or trigger in it; empty for the object itself
   */
  public record Item(Kind kind, QualifiedName owner, Optional<Name> part) {
    /** Kinds as far as dependence tells them apart. */
    public enum Kind {
      RELATION,
      COLUMN,
      CONSTRAINT,
      INDEX,
      TRIGGER,
      TYPE,
      ROUTINE,
      /** The rows of a relation. */
      ROWS,
      OTHER
    }

    @Override
    public String toString() {
      return part.map(p -> owner + "." + p).orElse(owner.toString());
    }
  }
}
