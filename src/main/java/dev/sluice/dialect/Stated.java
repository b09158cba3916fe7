package dev.sluice.dialect;

import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import java.util.Optional;

/**
 * What a statement of MySQL or MariaDB says of how it is to be run. It holds for all of its changes
 * together: the server runs them as one, by one algorithm, and refuses the whole where one of them
 * cannot be done so.
 *
 * @param algorithm ALGORITHM =; empty where none is given, and for DEFAULT
 * @param lock LOCK =; empty where none is given, and for DEFAULT
 * @param waitSeconds WAIT n, 0 for NOWAIT (MariaDB); empty where none is given
 */
public record Stated(
    Optional<Algorithm> algorithm, Optional<LockMode> lock, Optional<Integer> waitSeconds) {

  /** Nothing: every statement of PostgreSQL, and most of the others. */
  public static final Stated NOTHING =
      new Stated(Optional.empty(), Optional.empty(), Optional.empty());
}
