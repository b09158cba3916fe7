package dev.sluice.sql;

/**
 * Something that the user can put right. The message is ready to print: where, what, what it costs,
 * and {@code fix:} on a line of its own; it never holds a secret, nor does the cause's.
 */
public class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of thing is wrong: the command line turns it into an exit code. */
  public enum Reason {
    /** A command called in a way it does not know. */
    USE,
    /** Sluice's or Flyway's settings. */
    SETTINGS,
    /** Migration files: names, encoding, placeholders, directives. */
    FILES,
    /** A plan that was made for other files, or by another version of the format. */
    PLAN,
    /** A database that cannot be reached, or refuses what Sluice needs. */
    DATABASE,
    /** Flyway's history is not what the plan was made for. */
    HISTORY,
    /** A gate that stays closed. */
    GATE,
    /** A step that failed; the journal says which. */
    STEP,
    /** Somebody else is running. */
    BUSY
  }

  private final Reason reason;

  public Problem(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * @param cause for {@code --debug}: it is shown there, so it holds no secret either
   */
  public Problem(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
