package dev.sluice.execute;

import dev.sluice.database.Session;
import dev.sluice.execute.Watermark.Position;
import java.util.Optional;

/** A way over all rows of a table. */
interface Walk {

  /**
   * The next piece; empty where nothing is left.
   *
   * @param from where the last one ended; empty at the beginning
   * @param rows that it should have, at most or about
   */
  Optional<Piece> next(Session session, Optional<Position> from, int rows);

  /**
   * Whether one pass meets every row that was there when it began, wherever rows move meanwhile.
   */
  boolean meetsEveryRow();

  /**
   * Rows in a row.
   *
   * @param target as UPDATE and DELETE FROM name it
   * @param condition which of its rows
   * @param rows in it, or about
   * @param end where the next piece begins
   */
  record Piece(String target, String condition, long rows, Position end) {}
}
