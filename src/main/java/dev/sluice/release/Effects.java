package dev.sluice.release;

import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Ordered;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to objects, by resolved name: what dependence is decided on.
 *
 * @param creates brings into being (a rename creates the new name)
 * @param reads needs to be there, as it is
 * @param checks rows that must be in order when it runs: it depends on what changed them before,
 *     and what changes them later does not depend on it, because a row that it would refuse is
 *     refused either way
 * @param changes alters
 * @param drops takes away (a rename drops the old name)
 * @param complete false where it may touch more than is listed
 */
public record Effects(
    Set<Item> creates,
    Set<Item> reads,
    Set<Item> checks,
    Set<Item> changes,
    Set<Item> drops,
    boolean complete) {

  /** Touches nothing. */
  public static final Effects NONE =
      new Effects(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), true);

  public Effects {
    creates = Ordered.copyOf(creates);
    reads = Ordered.copyOf(reads);
    checks = Ordered.copyOf(checks);
    changes = Ordered.copyOf(changes);
    drops = Ordered.copyOf(drops);
  }

  /** What it makes different: created, changed or dropped. */
  public Set<Item> writes() {
    Set<Item> writes = new LinkedHashSet<>(creates);
    writes.addAll(changes);
    writes.addAll(drops);
    return writes;
  }

  /**
   * One object, or the rows of one.
   *
   * @param kind of what
   * @param owner the relation for what lives in one, else the object itself
   * @param part the column, constraint or trigger in it; of rows the column whose values are meant;
   *     empty for the object itself, for all triggers, and for whole rows
   */
  public record Item(Kind kind, QualifiedName owner, Optional<Name> part) {
    /** Kinds as far as dependence tells them apart. */
    public enum Kind {
      /** A table, view or sequence. */
      RELATION,
      COLUMN,
      /** What an INSERT that leaves the column out gets: nobody else depends on it. */
      DEFAULT,
      /** Whether the column may be NULL: only who writes rows depends on it. */
      NULLABILITY,
      CONSTRAINT,
      INDEX,
      TRIGGER,
      TYPE,
      ROUTINE,
      /** The rows of a relation. */
      ROWS,
      /** {@code part} is the kind of object, or the aspect of a table (its owner, its storage). */
      OTHER
    }

    // As for QualifiedName: asked for too often to be bound at run time.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Item that
              && kind == that.kind
              && owner.equals(that.owner)
              && part.equals(that.part));
    }

    @Override
    public int hashCode() {
      return 31 * (31 * kind.hashCode() + owner.hashCode()) + part.hashCode();
    }

    /** The object itself. */
    static Item of(Kind kind, QualifiedName name) {
      return new Item(kind, name, Optional.empty());
    }

    /** What lives in a relation. */
    static Item in(Kind kind, QualifiedName relation, Name part) {
      return new Item(kind, relation, Optional.of(part));
    }

    /**
     * An index, by its table too where two tables have indexes of one name (MySQL, MariaDB).
     *
     * @param table empty where nobody knows it
     */
    static Item index(Schema schema, QualifiedName name, Optional<QualifiedName> table) {
      return schema
          .indexOwner(table)
          .map(owner -> in(Kind.INDEX, owner, name.name()))
          .orElseGet(() -> of(Kind.INDEX, name));
    }

    /** Whether both mean the same, or one is a part of the other. */
    public boolean overlaps(Item other) {
      return kind == other.kind
          && owner.equals(other.owner)
          && (part.isEmpty() || other.part.isEmpty() || part.equals(other.part));
    }

    @Override
    public String toString() {
      return part.map(p -> owner + "." + p).orElse(owner.toString());
    }
  }
}
