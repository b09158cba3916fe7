package dev.sluice.release;

import java.util.Locale;

/**
 * Where statements go that change rows in place, which no rule can tell: one decision per team (the
 * setting {@code data-changes}).
 */
public enum DataChanges {
  /** Each needs a directive; a DELETE goes to post-deploy. */
  ASK,
  PRE_DEPLOY,
  POST_DEPLOY;

  /** As in settings: {@code pre-deploy}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
