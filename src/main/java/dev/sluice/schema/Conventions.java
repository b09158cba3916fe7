package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/** How an engine keeps its catalog, where engines differ: each dialect has its own. */
public interface Conventions {

  /**
   * A name for a constraint that the statement gives none.
   *
   * @param table that it stands in, with the columns it has by then
   */
  Name constraint(Table table, Constraint constraint, Taken taken);

  /** A name for an index that the statement gives none. */
  Name index(Index index, Taken taken);

  /** A name for the sequence behind a serial or identity column. */
  Name sequence(QualifiedName table, Name column, Taken taken);

  /** Whether two tables of a schema may each have an index of the same name. */
  boolean indexNamesArePerTable();

  /**
   * Whether an index of several columns stays, without the column, when one of them is dropped;
   * else it goes with the column.
   */
  boolean indexOutlivesItsColumn();

  /** Whether a foreign key makes an index on its columns where none begins with them. */
  boolean foreignKeysAreIndexed();

  /**
   * Whether a foreign key stands by itself: it stays when the key or the table that it points at
   * goes, if that may go at all; else it goes with it.
   */
  boolean foreignKeyOutlivesItsParent();

  /**
   * Whether a view keeps what it reads from being dropped; else it stays behind, and fails when it
   * is read.
   */
  boolean viewsHoldWhatTheyRead();

  /**
   * Whether DROP DEFAULT takes from a nullable column the NULL too that it has without any default:
   * INSERTs must name it from then on.
   */
  default boolean dropDefaultTakesNull() {
    return false;
  }

  /** Whether a key that one statement says twice is made twice. */
  default boolean keepsRepeatedKeys() {
    return true;
  }

  /** Whether routines of one name stand beside each other if their arguments differ in type. */
  default boolean routinesAreToldByTypes() {
    return false;
  }

  /** Whether an unqualified function is one of the engine's own; false where nobody can tell. */
  default boolean isBuiltIn(QualifiedName function) {
    return false;
  }

  /** What is in use in the schema where the name is to stand. */
  interface Taken {
    /** By a table, view, sequence or index; where index names are the table's, by one of its. */
    boolean byRelation(Name name);

    /** By a constraint of any table there. */
    boolean byConstraint(Name name);
  }
}
