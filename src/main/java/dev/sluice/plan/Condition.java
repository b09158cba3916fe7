package dev.sluice.plan;

/**
 * A question to the database and the answer that is wanted.
 *
 * @param sql one SELECT of one value
 * @param expect that value as text
 */
public record Condition(String sql, String expect) {
  /** Done is 1, not done is 0: as {@code Probes} answer. */
  public static Condition isDone(String sql) {
    return new Condition(sql, "1");
  }
}
