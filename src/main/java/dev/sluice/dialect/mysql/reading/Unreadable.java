package dev.sluice.dialect.mysql.reading;

/**
 * Thrown where reading must stop, because going on would be guessing. Never leaves the package: it
 * becomes {@code Unrecognised}.
 */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unreadable(String reason) {
    super(reason, null, false, false);
  }

  /** Why, as a clause that begins in lower case. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
