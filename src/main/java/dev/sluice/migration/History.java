package dev.sluice.migration;

import dev.sluice.sql.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Flyway's history table in one database. Rows are written by Flyway's own code, under its own
 * lock.
 */
public interface History {

  /** The rows, in order of application; empty where there is no table yet. */
  List<Applied> applied();

  /** What Flyway's {@code migrate} would run now, what it ran, and what is amiss. */
  Standing standing();

  /** What {@link #standing} says is pending. */
  default List<String> pending() {
    return standing().pending();
  }

  /**
   * Makes the table where there is none, exactly as Flyway's {@code migrate} would on this
   * database: with a baseline row where its settings ask for one. Nothing of ours may exist before:
   * Flyway takes a schema that is not empty for one that it has never seen.
   *
   * @throws HistoryMismatch where Flyway would refuse: a schema that is not empty, and no baseline
   */
  void create();

  /**
   * Writes the row of {@code migration}, exactly as Flyway would. A row that is there already, with
   * the same checksum, is left alone: recording twice changes nothing.
   *
   * @throws HistoryMismatch where an earlier version is still pending, or the row or file differs
   */
  void record(Migration migration);

  /**
   * Takes back the row of {@code migration}, which this tool wrote.
   *
   * @throws HistoryMismatch where it is not the newest row, or differs
   */
  void remove(Migration migration);

  /**
   * One row.
   *
   * @param version empty for a repeatable migration
   * @param checksum empty where Flyway stores none (baseline markers, Java migrations)
   */
  record Applied(
      int rank,
      Optional<Version> version,
      String description,
      String type,
      String script,
      Optional<Integer> checksum,
      boolean success) {}

  /** What stands in the history is not what the plan was made for. */
  final class HistoryMismatch extends Problem {
    private static final long serialVersionUID = 1L;

    public HistoryMismatch(String message) {
      super(Reason.HISTORY, message);
    }
  }
}
