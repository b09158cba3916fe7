package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Flyway's settings as text, each with where it was read; the later source wins. */
final class Keys {

  /** Value and origin, such as {@code flyway.toml} or {@code FLYWAY_MIXED}. */
  private record Entry(String value, String origin) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  void put(String key, String value, String origin) {
    entries.put(key, new Entry(value, origin));
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** As {@link #text}, but an empty value counts as none. */
  Optional<String> filled(String key) {
    return text(key).filter(v -> !v.isBlank());
  }

  /** Where the key was set, for messages; the key itself where it was not. */
  String origin(String key) {
    return Optional.ofNullable(entries.get(key)).map(e -> e.origin() + ": " + key).orElse(key);
  }

  /** Parts between commas, trimmed; empty ones are dropped, as Flyway does. */
  List<String> list(String key, String whenAbsent) {
    return Arrays.stream(text(key).orElse(whenAbsent).split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  boolean flag(String key, boolean whenAbsent) {
    return text(key)
        .map(
            value ->
                switch (value.trim().toLowerCase(Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      throw new Problem(
                          Reason.SETTINGS,
                          origin(key)
                              + " is \""
                              + value
                              + "\"; it is either on or off\n  fix: write true or false");
                })
        .orElse(whenAbsent);
  }

  /** What stands under {@code prefix}, without it, in the order of first appearance. */
  Map<String, String> under(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), entry.value());
          }
        });
    return found;
  }
}
