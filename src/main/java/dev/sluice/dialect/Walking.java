package dev.sluice.dialect;

import java.util.List;
import java.util.Optional;

/**
 * A walk over all rows of a table in pieces, as SQL text. Names come in quoted already; values of
 * keys come in as text and are written as literals.
 */
public interface Walking {

  /**
   * A column of the key that is walked by.
   *
   * @param name quoted
   * @param kind what {@link #kinds} said of it; empty where nothing is asked
   */
  record Column(String name, String kind) {}

  /**
   * What the texts of a key's values depend on: one row for each column that is there, in the key's
   * order, of {@code kind, why it cannot be walked by}, the latter empty where it can. Empty where
   * they depend on nothing.
   */
  Optional<String> kinds(String table, List<String> key);

  /**
   * The last key of the next piece: no row where nothing is left, else one row of the key's columns
   * as text, then the number of rows in the piece.
   *
   * @param from the key walked to so far; empty at the beginning
   * @param rows at most, in the piece
   */
  String pieceEnd(String table, List<Column> key, List<String> from, int rows);

  /**
   * Which rows are in the piece, as a condition.
   *
   * @param from the key walked to so far, not in it; empty at the beginning
   * @param to the piece's last key, in it
   */
  String inPiece(List<Column> key, List<String> from, List<String> to);

  /** For what holds rows and has no key to walk by; empty where the engine has no places. */
  Optional<ByPlace> byPlace();

  /** A walk by the physical place of rows. */
  interface ByPlace {

    /**
     * The tables that hold the rows of the table that the parameter names: itself, or its
     * partitions. Rows of {@code name, pages}, names quoted and qualified, in a fixed order.
     */
    String relations();

    /** One value: a short name, quoted, that the table of the parameter goes by in expressions. */
    String alias();

    /**
     * Which rows stand in pages {@code from} (in) to {@code to} (out), as a condition.
     *
     * @param version of the server: whether it finds pages by range depends on it
     */
    String inPages(long from, long to, EngineVersion version);

    /** The relation alone, without what inherits from it, as UPDATE and DELETE FROM name it. */
    String only(String relation, String alias);
  }
}
