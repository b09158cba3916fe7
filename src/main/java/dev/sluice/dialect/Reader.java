package dev.sluice.dialect;

import dev.sluice.cache.Cache;
import dev.sluice.sql.Statement;
import java.util.Optional;

/**
 * Reads statements, and knows those that earlier runs have read. Safe for several threads.
 *
 * @param cache of earlier runs
 */
public record Reader(Dialect dialect, Cache cache) {

  /** One that reads everything itself. */
  public static Reader of(Dialect dialect) {
    return new Reader(dialect, Cache.none());
  }

  /** As {@link Dialect#read}. */
  public Reading read(Statement statement) {
    // A placeholder's value may be a secret, and is written nowhere. And a run that may be the only
    // one, as in a pipeline, is not to pay for a next one.
    Optional<String> circumstances =
        statement.asWritten() && !cache.isNew()
            ? dialect.circumstances(statement)
            : Optional.empty();
    return circumstances.isEmpty()
        ? dialect.read(statement)
        : cache.get(
            Reading.class, () -> dialect.read(statement), circumstances.get(), statement.sql());
  }
}
