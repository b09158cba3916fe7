package dev.sluice.rewrite;

import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import java.util.List;

/**
 * What one file holds.
 *
 * @param transactional whether Flyway runs it in one transaction; on MySQL and MariaDB every
 *     definition commits whatever is said
 * @param limited whether it asks for a lock that others would wait behind
 * @param pieces never empty
 */
record Part(Phase phase, boolean transactional, boolean limited, List<Piece> pieces) {
  Part {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("a part has no piece");
    }
  }

  /** Each once, in order. */
  List<Step> steps() {
    return pieces.stream().map(Piece::step).distinct().toList();
  }
}
