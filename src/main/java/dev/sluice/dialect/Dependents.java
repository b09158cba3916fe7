package dev.sluice.dialect;

import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * What hangs on what a statement speaks of, as SQL text. Knows the forms that plans are made of.
 */
public interface Dependents {

  /**
   * What would keep a statement from dropping something: rows of {@code description, name,
   * container}. The container is the table of a column, a trigger or a constraint, and is empty for
   * everything else.
   *
   * @return empty where the statement drops nothing, or what it drops cannot be read off it
   */
  Optional<String> of(String statement);

  /** The table that a statement drops; empty where it drops none. */
  Optional<QualifiedName> droppedTable(String statement);

  /**
   * One value: 1 where what a statement made or changed is there, else 0.
   *
   * @return empty where what it speaks of cannot be read off it
   */
  Optional<String> subjectOf(String statement);
}
