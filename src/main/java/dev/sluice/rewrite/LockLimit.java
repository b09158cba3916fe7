package dev.sluice.rewrite;

import dev.sluice.dialect.Engine;
import java.util.List;

/**
 * How long a file stands in line for a lock: everybody else stands behind it meanwhile, and Flyway
 * itself sets no limit.
 */
final class LockLimit {

  /** Short enough for users to take it for a slow page; MySQL counts in whole seconds. */
  static final int SECONDS = 2;

  private LockLimit() {}

  /** At the beginning of the file; empty where nobody would wait behind it. */
  static List<String> first(Engine engine, Part part) {
    if (!part.limited()) {
      return List.of();
    }
    return switch (engine) {
      case POSTGRESQL -> List.of("SET LOCAL lock_timeout = '" + SECONDS + "s'");
      case MYSQL, MARIADB -> List.of("SET SESSION lock_wait_timeout = " + SECONDS);
    };
  }

  /** At its end, where the limit would go on for what Flyway runs next in the same session. */
  static List<String> last(Engine engine, Part part) {
    return switch (engine) {
      case POSTGRESQL -> List.of();
      case MYSQL, MARIADB ->
          part.limited() ? List.of("SET SESSION lock_wait_timeout = DEFAULT") : List.of();
    };
  }
}
