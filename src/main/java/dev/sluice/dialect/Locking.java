package dev.sluice.dialect;

import dev.sluice.schema.LockMode;
import java.util.List;

/**
 * Locks, as SQL text. A runner's lock belongs to a session and needs no transaction: an open
 * transaction anywhere makes PostgreSQL's CREATE INDEX CONCURRENTLY wait for ever.
 */
public interface Locking {

  /** One value: 1 where this session now holds the lock of the one runner, else 0. */
  String tryRunner();

  /** Gives it back. One value, which says nothing. */
  String releaseRunner();

  /** One value: 1 while this session holds the lock of the one runner, else 0. */
  String holdsRunner();

  /**
   * Who holds the lock of the one runner: at most one row of {@code backend, user, application,
   * address, seconds since it connected}.
   */
  String runner();

  /** One value: 1 where this session now counts as one that works for the runner, else 0. */
  String tryWork();

  /** One value: 1 where no session works for a runner, this one included, else 0. */
  String nobodyWorks();

  /** Who works for a runner, this one or one that died: rows as of {@link #waitedFor}. */
  String workers();

  /**
   * Whom a backend waits for; the parameter is its number. Rows of {@code backend, user,
   * application, transaction age in seconds, state, query}, the oldest first.
   */
  String waitedFor();

  /**
   * Transactions that hold, or stand in line for, a lock that conflicts with {@code wanted} on one
   * relation; parameters: the relation as the catalog names it, in quotes where it needs them, and
   * the least age in seconds. Rows as of {@link #waitedFor}. Transactions of workers are left out.
   */
  String olderThan(LockMode wanted);

  /**
   * The relations outside the catalog that a backend holds locks on, and existed before its
   * transaction; the parameter is its number. Asked from another session. Rows of {@code relation,
   * mode} in the manual's words, one per relation: its strongest.
   */
  String heldBy();

  /** The modes that a lock of mode {@code wanted} waits for. */
  List<LockMode> conflicting(LockMode wanted);
}
