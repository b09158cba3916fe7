package dev.sluice.schema;

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

  @Override
  public String toString() {
    return sql;
  }
}
