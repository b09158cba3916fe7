package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;

/**
 * A function or procedure.
 *
 * @param signature the argument types, as written between the parentheses of a DROP; may be empty
 * @param language lower case: {@code sql}, {@code plpgsql}, …
 * @param body with what it reads and writes
 */
public record Routine(
    ObjectKind kind,
    QualifiedName name,
    String signature,
    String language,
    Volatility volatility,
    Fragment body) {

  /** What an engine may assume of its result. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }
}
