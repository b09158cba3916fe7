package dev.sluice.dialect;

import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import java.util.Optional;

/**
 * What a statement says of how it is to be run. It holds for all of its changes together: the
 * server runs them as one; on MySQL and MariaDB by one algorithm, and it refuses the whole where
 * one of them cannot be done so.
 *
 * @param algorithm ALGORITHM =; empty where none is given, and for DEFAULT
 * @param lock LOCK =; empty where none is given, and for DEFAULT
 * @param waitSeconds WAIT n, 0 for NOWAIT (MariaDB); empty where none is given
 * @param only ALTER TABLE ONLY: not the partitions, nor the tables that inherit (PostgreSQL)
 */
public record Stated(
    Optional<Algorithm> algorithm,
    Optional<LockMode> lock,
    Optional<Integer> waitSeconds,
    boolean only) {

  /** Nothing: most statements. */
  public static final Stated NOTHING =
      new Stated(Optional.empty(), Optional.empty(), Optional.empty());

  /** ALTER TABLE ONLY, and nothing else. */
  public static final Stated ONLY =
      new Stated(Optional.empty(), Optional.empty(), Optional.empty(), true);

  /** Of MySQL and MariaDB. */
  public Stated(
      Optional<Algorithm> algorithm, Optional<LockMode> lock, Optional<Integer> waitSeconds) {
    this(algorithm, lock, waitSeconds, false);
  }
}
