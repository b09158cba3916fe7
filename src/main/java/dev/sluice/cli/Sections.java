package dev.sluice.cli;

import dev.sluice.execute.BackfillSettings;
import dev.sluice.execute.LockSettings;
import dev.sluice.execute.ThrottleSettings;
import dev.sluice.journal.JournalSettings;
import dev.sluice.plan.KnownRates;
import dev.sluice.settings.Section;
import java.util.List;

/** Every section of {@code sluice.toml}. Each is read where it is needed; nobody sees them all. */
final class Sections {
  static final Section<LoginSettings> LOGIN = new Section<>("login", LoginSettings.DEFAULTS);
  static final Section<PlanningSettings> PLAN = new Section<>("plan", PlanningSettings.DEFAULTS);
  static final Section<WindowSettings> WINDOW = new Section<>("window", WindowSettings.DEFAULTS);
  static final Section<KnownRates> RATE = new Section<>("rate", KnownRates.NONE);
  static final Section<JournalSettings> JOURNAL =
      new Section<>("journal", JournalSettings.DEFAULTS);
  static final Section<LockSettings> LOCK = new Section<>("lock", LockSettings.DEFAULTS);
  static final Section<BackfillSettings> BACKFILL =
      new Section<>("backfill", BackfillSettings.DEFAULTS);
  static final Section<ThrottleSettings> THROTTLE =
      new Section<>("throttle", ThrottleSettings.DEFAULTS);
  static final Section<CacheSettings> CACHE = new Section<>("cache", CacheSettings.DEFAULTS);

  private Sections() {}

  static List<Section<?>> all() {
    return List.of(LOGIN, PLAN, WINDOW, RATE, JOURNAL, LOCK, BACKFILL, THROTTLE, CACHE);
  }
}
