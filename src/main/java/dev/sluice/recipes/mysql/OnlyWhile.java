package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Writer;
import java.util.List;

/**
 * A statement that runs only while a query answers 1, for what is taken back: MySQL and MariaDB
 * have no IF outside of routines, but choose what they prepare.
 */
final class OnlyWhile {

  private OnlyWhile() {}

  /** Statements of one session, in order. */
  static List<String> holds(String query, String statement, Writer writer) {
    return List.of(
        "SET @sluice_undo = IF(("
            + query
            + ") = 1, "
            + writer.literal(statement)
            + ", "
            + writer.literal("DO 0")
            + ")",
        "PREPARE sluice_undo FROM @sluice_undo",
        "EXECUTE sluice_undo",
        "DEALLOCATE PREPARE sluice_undo");
  }
}
