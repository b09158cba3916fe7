package dev.sluice.dialect;

/** What an error of a server means to who sent the statement. */
public enum Failure {
  /** A lock was not free in time: nothing was done. */
  LOCK_TIMEOUT,
  /** Chosen as the victim of a deadlock: nothing was done. */
  DEADLOCK,
  /** Cannot be serialised with what others did meanwhile: nothing was done. */
  SERIALIZATION,
  /**
   * Two rows agree in a unique key. A definition that runs beside writers says so as well where
   * what they wrote meanwhile cannot be put behind it: nothing was done.
   */
  OVERTAKEN,
  /** Cancelled, by us or by a time limit. */
  CANCELLED,
  /** The connection is gone; whether the last statement was done is open. */
  CONNECTION_LOST,
  /** No server answers there, or it takes no connection now. */
  UNREACHABLE,
  /** User or password are refused. */
  LOGIN_REFUSED,
  /** The server has no database of that name. */
  UNKNOWN_DATABASE,
  /**
   * Cannot be done by the algorithm, or under the lock, that the statement demands: nothing was
   * done.
   */
  NOT_AS_STATED,
  /** The user lacks a privilege. */
  PRIVILEGE,
  /** What was to be made is there already. */
  EXISTS,
  /** What was named is not there. */
  ABSENT,
  OTHER;

  /** Whether the same statement, sent again, can succeed, and is safe to send. */
  public boolean passes() {
    return this == LOCK_TIMEOUT || this == DEADLOCK || this == SERIALIZATION;
  }
}
