package dev.sluice.dialect;

import dev.sluice.schema.Impact;

/** What a server knows about itself, as SQL text. */
public interface Monitoring {

  /** One value: estimated rows of the table that the parameter names, in quotes where needed. */
  String estimatedRows();

  /** One value: estimated bytes of one row of the table that the parameter names. */
  String estimatedRowBytes();

  /**
   * How far replicas are behind: rows of {@code name, bytes, milliseconds}. An empty value in a row
   * means that it cannot be read.
   */
  String replicas();

  /** What is kept for replicas and consumers that have not read it: rows of {@code slot, bytes}. */
  String backlog();

  /**
   * How many other sessions are at work in this database: one value, empty where it cannot be read.
   */
  String activeSessions();

  /**
   * Refreshes the statistics of a table. Blocks nobody who reads or writes.
   *
   * @param table quoted already
   */
  String analyze(String table);

  /** Whether a step with this impact leaves statistics behind that should be refreshed. */
  default boolean worthAnalyzing(Impact impact) {
    return switch (impact.work()) {
      case BUILD, REWRITE -> !impact.locks().isEmpty();
      case INSTANT, SCAN -> false;
    };
  }
}
