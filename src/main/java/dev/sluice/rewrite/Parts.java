package dev.sluice.rewrite;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.rewrite.Piece.Manner;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pieces share a file. On MySQL and MariaDB those of one phase do: each definition commits by
 * itself. On PostgreSQL a file is one transaction or none at all, and whatever it has locked stays
 * locked to its end: so nothing that takes long stands behind a lock that others wait for, and no
 * two tables in use are locked in one file.
 */
final class Parts {

  private final boolean byPhase;
  private final List<Part> done = new ArrayList<>();

  private final List<Piece> pieces = new ArrayList<>();
  private final Set<QualifiedName> locked = new HashSet<>();
  private Optional<Boolean> transactional = Optional.empty();
  private boolean slow;
  private boolean closed;

  private Parts(boolean byPhase) {
    this.byPhase = byPhase;
  }

  static List<Part> of(Engine engine, List<Piece> pieces) {
    Parts parts = new Parts(engine != Engine.POSTGRESQL);
    pieces.forEach(parts::add);
    parts.end();
    return parts.done;
  }

  private void add(Piece piece) {
    if (!pieces.isEmpty() && !fits(piece)) {
      end();
    }
    pieces.add(piece);
    Impact impact = piece.step().impact();
    switch (piece.manner()) {
      case TOGETHER -> {
        transactional = Optional.of(true);
        locked.addAll(waitedFor(impact));
        slow |= impact.work() != Work.INSTANT;
        closed |= standsAlone(piece);
      }
      case REPEATABLE -> transactional = Optional.of(false);
      case ALONE -> {
        transactional = Optional.of(false);
        closed = true;
      }
      case LOOK -> {}
    }
  }

  private boolean fits(Piece piece) {
    Step last = pieces.getLast().step();
    if (last.phase() != piece.step().phase() || !follows(piece.step(), last)) {
      return false;
    }
    if (byPhase) {
      return true;
    }
    if (closed) {
      return false;
    }
    return switch (piece.manner()) {
      case TOGETHER -> transactional.orElse(true) && fitsLocks(piece);
      case REPEATABLE -> !transactional.orElse(false);
      // Flyway's older versions want nothing else in the file; a look they do not mind.
      case ALONE -> transactional.isEmpty();
      case LOOK -> locked.isEmpty() && !(transactional.orElse(false) && slow);
    };
  }

  private boolean fitsLocks(Piece piece) {
    if (standsAlone(piece) && transactional.isPresent()) {
      return false;
    }
    Impact impact = piece.step().impact();
    Set<QualifiedName> more = waitedFor(impact);
    if (impact.equals(Impact.UNKNOWN) || (impact.work() != Work.INSTANT && !locked.isEmpty())) {
      return false;
    }
    return more.isEmpty() || (!slow && (locked.isEmpty() || locked.containsAll(more)));
  }

  /** A new value of an enum cannot be used in the transaction that adds it. */
  private static boolean standsAlone(Piece piece) {
    return piece.step().impact().equals(Impact.UNKNOWN)
        || piece.statements().stream().anyMatch(s -> s.matches("(?is)ALTER TYPE .* ADD VALUE .*"));
  }

  private static Set<QualifiedName> waitedFor(Impact impact) {
    return impact.locks().stream()
        .filter(l -> l.mode().blocksReads() || l.mode().blocksWrites())
        .map(Impact.Lock::relation)
        .collect(Collectors.toSet());
  }

  /** Settings of a session are added to within a file; what was never set is a file of its own. */
  private static boolean follows(Step step, Step last) {
    List<String> before = last.session().statements();
    List<String> now = step.session().statements();
    return now.size() >= before.size() && now.subList(0, before.size()).equals(before);
  }

  private void end() {
    if (pieces.isEmpty()) {
      return;
    }
    Phase phase = pieces.getFirst().step().phase();
    boolean limited =
        byPhase
            ? pieces.stream().anyMatch(p -> p.manner() != Manner.LOOK)
            : pieces.stream()
                .anyMatch(
                    p ->
                        p.manner() == Manner.TOGETHER
                            && (!waitedFor(p.step().impact()).isEmpty()
                                || p.step().impact().equals(Impact.UNKNOWN)));
    done.add(new Part(phase, byPhase || transactional.orElse(false), limited, pieces));
    pieces.clear();
    locked.clear();
    transactional = Optional.empty();
    slow = false;
    closed = false;
  }
}
