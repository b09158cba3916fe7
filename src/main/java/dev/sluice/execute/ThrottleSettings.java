package dev.sluice.execute;

import java.time.Duration;

/**
 * When a backfill waits for others. What cannot be read counts as too much.
 *
 * @param replicaLag how far a replica may be behind
 * @param replicaLagBytes the same in bytes of log
 * @param backlogBytes log that the server may keep for one replication slot
 * @param activeSessions others at work in this database; 0: not looked at
 * @param unreadReplicas what a replica means whose lag cannot be read
 * @param patience how long a backfill waits in one go before it fails, to be resumed
 */
public record ThrottleSettings(
    Duration replicaLag,
    long replicaLagBytes,
    long backlogBytes,
    int activeSessions,
    UnreadReplicas unreadReplicas,
    Duration patience) {

  /** What a replica means whose lag cannot be read. */
  public enum UnreadReplicas {
    /** It may be far behind: a backfill waits. */
    WAIT,
    /** Somebody else watches it: a backfill goes on. */
    PASS
  }

  public static final ThrottleSettings DEFAULTS =
      new ThrottleSettings(
          Duration.ofSeconds(5), 64L << 20, 4L << 30, 0, UnreadReplicas.WAIT, Duration.ofHours(1));
}
