package dev.sluice.release;

import java.util.Locale;

/** What a change is to two versions of an application that run side by side. */
public enum Kind {
  /** The old version works on: before the deployment. */
  EXPAND,
  /** The old version breaks, the new one does not need it: after the deployment. */
  CONTRACT,
  /** The old version breaks, the new one needs it: a name changes. */
  RENAME,
  /** The old version breaks, the new one needs it: a type or meaning changes. */
  REPLACE,
  /** Fills what this release adds, from rows that are there. */
  BACKFILL,
  /** No effect on schema or rows. */
  NONE,
  /** Cannot tell. */
  UNKNOWN,
  /** A statement or migration that holds several of the above. */
  MIXED;

  /** As in formats: {@code expand}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
