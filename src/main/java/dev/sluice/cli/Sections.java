package dev.sluice.cli;

import dev.sluice.settings.Section;
import java.util.List;

/** Every section of {@code sluice.toml}. Each is read where it is needed; nobody sees them all. */
final class Sections {
  static final Section<LoginSettings> LOGIN = new Section<>("login", LoginSettings.DEFAULTS);

  private Sections() {}

  static List<Section<?>> all() {
    return List.of(LOGIN);
  }
}
