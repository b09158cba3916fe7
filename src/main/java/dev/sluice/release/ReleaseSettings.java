package dev.sluice.release;

/**
 * What a team decides once about its releases.
 *
 * @param dataChanges where statements go that change rows in place
 */
public record ReleaseSettings(DataChanges dataChanges) {

  /** What holds where nobody says otherwise. */
  public static final ReleaseSettings DEFAULTS = new ReleaseSettings(DataChanges.ASK);
}
