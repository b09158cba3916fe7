package dev.sluice.rewrite;

import dev.sluice.plan.Step;
import java.util.List;

/**
 * A part of a step as plain SQL.
 *
 * @param statements in order, none ended
 * @param manner how they have to be run
 * @param remarks on it, for the file; each of one line, may be empty
 */
record Piece(Step step, List<String> statements, Manner manner, List<String> remarks) {

  /** How Flyway has to run it. */
  enum Manner {
    /** In one transaction, which others may share. */
    TOGETHER,
    /** Outside of transactions, and again where a run was cut off: that does no harm. */
    REPEATABLE,
    /** Outside of transactions; what it leaves where it fails is in the way of the next run. */
    ALONE,
    /** Only looks: at home in a transaction and outside. */
    LOOK
  }

  Piece {
    statements = List.copyOf(statements);
    remarks = List.copyOf(remarks);
  }

  Piece(Step step, String statement, Manner manner) {
    this(step, List.of(statement), manner, List.of());
  }
}
