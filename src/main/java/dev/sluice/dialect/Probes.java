package dev.sluice.dialect;

import dev.sluice.schema.Change;
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
}
