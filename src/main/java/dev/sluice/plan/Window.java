package dev.sluice.plan;

import java.util.Locale;

/** What users are asked to bear while a step runs. */
public enum Window {
  NONE,
  /** Reads go on, writes wait or are refused. */
  READ_ONLY,
  /** Requests are held and let through when the step is done. */
  QUEUE_REQUESTS,
  /** Both versions cannot share one schema: held, changed, switched, let go. */
  CUT_OVER;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
