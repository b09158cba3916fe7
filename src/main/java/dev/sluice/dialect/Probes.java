package dev.sluice.dialect;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * Questions to a server as SQL text. Each is one SELECT of one value, cheap, and answers whatever
 * the state of the catalog: a table that is not there is an answer, not an error.
 */
public interface Probes {

  /**
   * A query whose answer is {@code 1} once the change is done and {@code 0} while it is not,
   * whatever was there before. Empty where the catalog cannot tell (rows, comments).
   */
  Optional<String> done(Change change);

  /**
   * A query for the number of objects that keep the column from being dropped without CASCADE:
   * views, foreign keys of others, generated columns. Empty where the engine's DROP asks for none.
   */
  Optional<String> dependents(ColumnName column);

  /** As {@link #dependents(ColumnName)}, for a table or view with all its columns. */
  Optional<String> dependents(QualifiedName relation);

  /**
   * A query for the number of running transactions that have written and are older than the
   * trigger: what they wrote may be unseen by it. Empty where making a trigger waits for them.
   */
  Optional<String> olderThan(QualifiedName table, Name trigger);

  /**
   * A query whose answer is {@code 1} where the column is there and bears exactly that comment,
   * else {@code 0}. Empty on an engine where plans do not mark columns.
   */
  default Optional<String> commented(QualifiedName table, Name column, String comment) {
    return Optional.empty();
  }
}
