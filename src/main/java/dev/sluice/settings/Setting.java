package dev.sluice.settings;

import java.util.List;
import java.util.stream.Stream;

/**
 * One value as it was written.
 *
 * @param parts one, or the elements of an array
 * @param origin where, for messages: {@code sluice.toml: lock.timeout} or {@code
 *     SLUICE_LOCK_TIMEOUT}
 */
record Setting(List<String> parts, String origin) {
  Setting {
    parts = List.copyOf(parts);
  }

  static Setting of(String value, String origin) {
    return new Setting(List.of(value), origin);
  }

  Setting and(Setting next) {
    return new Setting(Stream.concat(parts.stream(), next.parts.stream()).toList(), origin);
  }

  /** The elements of an array joined by commas. */
  String value() {
    return String.join(",", parts);
  }
}
