package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;

/**
 * A function or procedure.
 *
 * @param signature the argument types, as written between the parentheses of a DROP; may be empty
 * @param language lower case: {@code sql}, {@code plpgsql}, …
 * @param definition the whole statement from the arguments' parenthesis on, as written, with what
 *     its body reads and writes
 */
public record Routine(
    ObjectKind kind,
    QualifiedName name,
    String signature,
    String language,
    Volatility volatility,
    Fragment definition) {

  /** What an engine may assume of its result. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }
}
