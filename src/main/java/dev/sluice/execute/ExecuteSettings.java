package dev.sluice.execute;

/** What a run of a plan can be told. */
public record ExecuteSettings(
    LockSettings lock, BackfillSettings backfill, ThrottleSettings throttle) {

  public static final ExecuteSettings DEFAULTS =
      new ExecuteSettings(
          LockSettings.DEFAULTS, BackfillSettings.DEFAULTS, ThrottleSettings.DEFAULTS);
}
