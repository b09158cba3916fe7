package dev.sluice.schema;

import java.util.function.UnaryOperator;

/**
 * A piece of SQL kept as text, with the names in it: an expression, a query, a body.
 *
 * @param sql as written, comments included
 */
public record Fragment(String sql, References references) {
  /** A literal, which names nothing. */
  public static Fragment literal(String sql) {
    return new Fragment(sql, References.NONE);
  }

  /** The same text, its references changed: the names in it may then differ from what it says. */
  Fragment referring(UnaryOperator<References> how) {
    return new Fragment(sql, how.apply(references));
  }

  @Override
  public String toString() {
    return sql;
  }
}
