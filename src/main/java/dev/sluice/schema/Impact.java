package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a change costs those who use the database meanwhile.
 *
 * @param locks per relation that existed before; empty where nobody waits
 * @param work how long the locks are held
 * @param algorithm the best that MySQL or MariaDB accepts; empty on PostgreSQL and where none
 *     applies
 * @param transactional whether it can run inside a transaction, and be rolled back with it
 */
public record Impact(
    List<Lock> locks, Work work, Optional<Algorithm> algorithm, boolean transactional) {

  /** Nothing locked, nothing done to rows. */
  public static final Impact NONE = new Impact(List.of(), Work.INSTANT, Optional.empty(), true);

  /** The worst that can be: for what cannot be read. */
  public static final Impact UNKNOWN = new Impact(List.of(), Work.REWRITE, Optional.empty(), true);

  /** One lock. */
  public record Lock(QualifiedName relation, LockMode mode) {}

  public Impact {
    locks = List.copyOf(locks);
  }

  /** One lock on one relation, on PostgreSQL, inside a transaction. */
  public static Impact of(QualifiedName relation, LockMode mode, Work work) {
    return new Impact(List.of(new Lock(relation, mode)), work, Optional.empty(), true);
  }

  public Impact alsoLocking(QualifiedName relation, LockMode mode) {
    List<Lock> more = new ArrayList<>(locks);
    more.add(new Lock(relation, mode));
    return new Impact(more, work, algorithm, transactional);
  }

  public Impact withWork(Work other) {
    return new Impact(locks, other, algorithm, transactional);
  }

  /** The same with the locked relations under other names. */
  public Impact naming(UnaryOperator<QualifiedName> names) {
    return new Impact(
        locks.stream().map(l -> new Lock(names.apply(l.relation()), l.mode())).toList(),
        work,
        algorithm,
        transactional);
  }

  public Impact outsideTransaction() {
    return new Impact(locks, work, algorithm, false);
  }

  public boolean blocksReads() {
    return locks.stream().anyMatch(l -> l.mode().blocksReads());
  }

  public boolean blocksWrites() {
    return locks.stream().anyMatch(l -> l.mode().blocksWrites());
  }

  /** Whether reads wait for longer than a catalog change takes. */
  public boolean blocksReadsForLong() {
    return work != Work.INSTANT && blocksReads();
  }

  /** Whether writes wait for longer than a catalog change takes. */
  public boolean blocksWritesForLong() {
    return work != Work.INSTANT && blocksWrites();
  }

  /**
   * This, and then the other, in one transaction: the locks add up, and what is locked first stays
   * locked through the other's work. Work that was done before anybody had to wait costs nobody.
   */
  public Impact and(Impact other) {
    List<Lock> both = new ArrayList<>(locks);
    for (Lock lock : other.locks) {
      if (!both.contains(lock)) {
        both.add(lock);
      }
    }
    boolean nobodyWaitedYet = !blocksWrites() && other.blocksWrites();
    return new Impact(
        both,
        nobodyWaitedYet ? other.work : work.max(other.work),
        algorithm.isPresent() ? algorithm : other.algorithm,
        transactional && other.transactional);
  }
}
