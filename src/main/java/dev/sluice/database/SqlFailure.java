package dev.sluice.database;

import dev.sluice.dialect.Failure;

/**
 * A statement that the server refused, or a connection that was lost. The message is the server's
 * own, on one line, without the statement, which may hold a secret.
 */
public final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final String code;
  private final String said;

  SqlFailure(Failure failure, String code, String message) {
    super(message);
    this.failure = failure;
    this.code = code;
    this.said = message;
  }

  public Failure failure() {
    return failure;
  }

  /** The server's own words, on one line. */
  public String said() {
    return said;
  }

  /** The vendor's own number where it has numbers, else the state; may be empty. */
  public String code() {
    return code;
  }
}
