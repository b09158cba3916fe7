package dev.sluice.execute;

import java.util.Optional;

/** A step ended without being done. The message says what, what is left of it, and the fix. */
final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String code;

  /**
   * @param code the server's; the empty text where it gave none
   */
  StepFailed(String why, String code) {
    super(why);
    this.why = why;
    this.code = code;
  }

  StepFailed(String why) {
    this(why, "");
  }

  String why() {
    return why;
  }

  Optional<String> code() {
    return Optional.of(code).filter(c -> !c.isEmpty());
  }
}
