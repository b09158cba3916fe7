package dev.sluice.dialect;

/** What a trigger or a rule makes of the writes that it meets. */
public enum Interception {
  /** They happen as they were sent: it adds something, or changes values. */
  PASSES,
  /** Some happen and some do not, by its code. */
  DECIDES,
  /** None happens: each fails. */
  REFUSES,
  /** None happens, and nobody is told. */
  DROPS,
  /** Something else happens instead of each. */
  REDIRECTS,
  /** What it does was never seen, or is not read. */
  UNKNOWN;

  /** Whether no write that it meets happens as it was sent. */
  public boolean stopsAll() {
    return switch (this) {
      case REFUSES, DROPS, REDIRECTS -> true;
      case PASSES, DECIDES, UNKNOWN -> false;
    };
  }
}
