package dev.sluice.dialect;

import dev.sluice.schema.Impact;
import java.util.Optional;

/** What a server knows about itself, as SQL text. */
public interface Monitoring {

  /**
   * One value: estimated rows of a table, negative where there is no estimate.
   *
   * @param table as statements name it, in quotes where needed
   */
  String estimatedRows(String table);

  /** One value: estimated bytes of one row, not above 0 where there is no estimate. */
  String estimatedRowBytes(String table);

  /**
   * How far replicas are behind: rows of {@code name, bytes, milliseconds}. An empty value in a row
   * means that it cannot be read.
   */
  String replicas();

  /** Why the lag of a replica cannot be read, and what helps, for messages. */
  String replicasUnread();

  /** What is kept for replicas and consumers that have not read it: rows of {@code slot, bytes}. */
  String backlog();

  /**
   * How many other sessions are at work in this database: one value, empty where it cannot be read.
   */
  String activeSessions();

  /** What lets a login count other sessions, for messages. */
  String sessionsUnread();

  /**
   * Refreshes the statistics of a table; empty where the server does so by itself in time, or it
   * would block who reads or writes.
   *
   * @param table quoted already
   */
  Optional<String> analyze(String table);

  /** Whether a step with this impact leaves statistics behind that should be refreshed. */
  default boolean worthAnalyzing(Impact impact) {
    return switch (impact.work()) {
      case BUILD, REWRITE -> !impact.locks().isEmpty();
      case INSTANT, SCAN -> false;
    };
  }
}
