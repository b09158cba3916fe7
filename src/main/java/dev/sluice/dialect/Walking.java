package dev.sluice.dialect;

import java.util.List;
import java.util.Optional;

/**
 * A walk over all rows of a table in pieces, as SQL text. Names come in quoted already. Values of
 * keys travel as text, and are parameters.
 */
public interface Walking {

  /**
   * The last key of the next piece: no row where nothing is left, else one row of the key's
   * columns, then the number of rows in the piece. Parameters: the key walked to so far, where
   * {@code started}.
   *
   * @param rows at most, in the piece
   */
  String pieceEnd(String table, List<String> key, boolean started, int rows);

  /**
   * Which rows are in the piece, as a condition. Parameters: the key walked to so far, where {@code
   * started}, then the piece's last key.
   */
  String inPiece(List<String> key, boolean started);

  /** What holds rows and has no key to walk by. */
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

    /**
     * The start of a statement over one relation alone: {@code UPDATE ONLY r AS a} or {@code DELETE
     * FROM ONLY r AS a}.
     */
    String only(String verb, String relation, String alias);
  }
}
