package dev.sluice.plan;

import java.util.Locale;

/** Whether a step can be taken back. */
public enum Reversible {
  YES,
  /**
   * Until the new version has written what the old form forbids; what stays is harmless to the old
   * version.
   */
  UNTIL_WRITTEN,
  NO;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
