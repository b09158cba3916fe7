package dev.sluice.release;

import dev.sluice.dialect.Engine;

/** What statements that insert or update rely on, in the words of each engine. */
final class Upserts {
  private Upserts() {}

  /** How they are written. */
  static String written(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "ON CONFLICT";
      case MYSQL, MARIADB -> "ON DUPLICATE KEY UPDATE, REPLACE";
    };
  }

  /** What becomes of those of the old version without the key that they rely on. */
  static String without(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "an ON CONFLICT of the old version that relies on it fails";
      case MYSQL, MARIADB ->
          "an ON DUPLICATE KEY UPDATE or REPLACE of the old version that relies on it inserts"
              + " duplicates";
    };
  }

  /** What those do not find in a view. */
  static String inView(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "a view takes no TRUNCATE, COPY or ON CONFLICT ON CONSTRAINT";
      case MYSQL, MARIADB -> "a view takes no TRUNCATE, and no foreign key points at it";
    };
  }
}
