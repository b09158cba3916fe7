package dev.sluice.dialect;

import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

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
   * address, seconds since it connected}, the last empty where the server does not know.
   */
  String runner();

  /** One value: 1 where this session now counts as one that works for the runner, else 0. */
  String tryWork();

  /** One value: 1 where no session works for a runner, this one included, else 0. */
  String nobodyWorks();

  /** Who works for a runner, this one or one that died: rows as of {@link #waitedFor}. */
  String workers();

  /** The statement by which a person ends a session; {@code backend} is its number, or words. */
  String ending(String backend);

  /**
   * Whom a backend waits for; the parameter is its number. Where holders are not told, all that may
   * be it. Rows of {@code backend, user, application, transaction age in seconds, state, query},
   * the oldest first.
   *
   * @param told what {@link #tellsHolders} answered
   */
  String waitedFor(boolean told);

  /**
   * The locks behind which others stand in line while it is waited for them.
   *
   * @param alone whether the statements run by themselves, outside of a transaction
   */
  List<Lock> inLine(Impact impact, boolean alone);

  /**
   * Whether what runs by itself may stand in line as long as it likes: nobody waits behind it, and
   * a time-out would leave something half done.
   */
  boolean isPatient(Impact impact);

  /**
   * One value: 1 where the server tells which transaction holds which lock of a table; a login that
   * may not ask is not told. Empty where it always does.
   */
  Optional<String> tellsHolders();

  /**
   * Whether a limit of some milliseconds makes a statement fail at once, without a place in line.
   */
  boolean triesAtOnce();

  /** What lets a login see who holds the locks of tables, for messages. */
  String toTellHolders();

  /**
   * Transactions that hold, or stand in line for, a lock that conflicts with {@code wanted} on one
   * relation; where holders are not told, all that may. The parameter is the least age in seconds.
   * Rows as of {@link #waitedFor}. Transactions of workers are left out.
   *
   * @param told what {@link #tellsHolders} answered
   */
  String olderThan(QualifiedName relation, LockMode wanted, boolean told);

  /**
   * The relations outside the catalog that a backend holds locks on, and existed before its
   * transaction; the parameter is its number. Asked from another session. Rows of {@code relation,
   * mode} in the manual's words, one per relation: its strongest. None where the server does not
   * tell.
   */
  String heldBy();
}
