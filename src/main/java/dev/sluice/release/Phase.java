package dev.sluice.release;

import java.util.Locale;

/** When a step runs, in this order. */
public enum Phase {
  /** What an earlier release still owes. */
  DEBT,
  PRE_DEPLOY,
  ROLLING,
  POST_DEPLOY;

  /** As in formats: {@code pre-deploy}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
