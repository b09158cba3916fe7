package dev.sluice.database;

import dev.sluice.dialect.Failure;

/**
 * A statement that the server refused, or a connection that was lost. The message is the server's
 * own, on one line, without the statement, which may hold a secret.
 */
public final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final String sqlState;
  private final String said;

  SqlFailure(Failure failure, String sqlState, String message) {
    super(message);
    this.failure = failure;
    this.sqlState = sqlState;
    this.said = message;
  }

  public Failure failure() {
    return failure;
  }

  /** The server's own words, on one line. */
  public String said() {
    return said;
  }

  /** Five characters; empty where the driver gave none. */
  public String sqlState() {
    return sqlState;
  }
}
