package dev.sluice.migration;

import java.util.Locale;
import java.util.Optional;

/**
 * What is amiss with a migration besides what its statements do.
 *
 * @param where the file as messages name it, or the script where the file is gone
 * @param migration its label; empty of what is no migration
 * @param what what was found
 * @param cost what it leads to
 * @param fix how to put it right
 * @param refused whether Flyway refuses to run until then
 */
public record Remark(
    Kind kind,
    String where,
    Optional<String> migration,
    String what,
    String cost,
    String fix,
    boolean refused) {

  /** What is amiss, by a name that scripts read. */
  public enum Kind {
    /** Its text is another than the one that was applied. */
    EDITED,
    /** Its description is another than that of the one that was applied. */
    RENAMED,
    /** It is of another type than the one that was applied. */
    RETYPED,
    /** It was applied, and there is no such file. */
    REMOVED,
    /** It was applied, there is no such file, and no file has so high a version. */
    FUTURE,
    /** Flyway began it and did not come through. */
    FAILED,
    /** Not applied, and below the newest version that is. */
    OUT_OF_ORDER,
    /** A file that neither Flyway nor Sluice reads, where people would think so. */
    IGNORED,
    /** Of the database: a release is on its way through it. */
    OPEN_RELEASE;

    /** {@code out-of-order}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** In one sentence, with its place and without its fix. */
  public String sentence() {
    return where + ": " + what;
  }
}
