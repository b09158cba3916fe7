package dev.sluice.release;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
  /**
   * Writes rows that are there, in batches: fills what this release adds, or changes them in place,
   * where a person decides the phase.
   */
  BACKFILL,
  /** No effect on schema or rows. */
  NONE,
  /** Cannot tell. */
  UNKNOWN,
  /** A statement or migration that holds several of the above. */
  MIXED;

  /**
   * The kind of a statement or migration that holds these: what has no effect does not count, and
   * several different ones are {@link #MIXED}.
   */
  public static Kind together(Stream<Kind> kinds) {
    List<Kind> different = kinds.filter(kind -> kind != NONE).distinct().toList();
    return switch (different.size()) {
      case 0 -> NONE;
      case 1 -> different.get(0);
      default -> MIXED;
    };
  }

  /** As in formats: {@code expand}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
