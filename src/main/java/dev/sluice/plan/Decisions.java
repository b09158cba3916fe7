package dev.sluice.plan;

import java.util.Optional;

/**
 * What a person has decided about one statement, in its directives.
 *
 * @param fill what rows of the old version get in a new NOT NULL column
 * @param defaultValue what rows of the new version get in a NOT NULL column that goes
 * @param mapping how an old and a new column map
 * @param allowed the reason why it may block as it is written
 */
public record Decisions(
    Optional<String> fill,
    Optional<String> defaultValue,
    Optional<Mapping> mapping,
    Optional<String> allowed) {

  /** Nobody said anything. */
  public static final Decisions NONE =
      new Decisions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @param up the new value over the old column
   * @param down the old value over the new column
   */
  public record Mapping(String up, String down) {}
}
