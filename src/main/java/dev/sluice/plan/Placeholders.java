package dev.sluice.plan;

import dev.sluice.migration.Migration;
import dev.sluice.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values behind the placeholders of a release: known here so that no text of a plan holds one.
 *
 * @param values by placeholder as written, prefix and suffix included
 */
public record Placeholders(Map<String, String> values) {

  static final Placeholders NONE = new Placeholders(Map.of());

  /** Differs with each run of Flyway, so nobody can hold a plan against it. */
  private static final List<String> FLEETING =
      List.of("flyway:timestamp", "flyway:workingdirectory");

  public Placeholders {
    values = Map.copyOf(values);
  }

  /** All that the statements of the migration use. */
  public static Placeholders of(Migration migration, PlanSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Statement statement : migration.statements()) {
      values.putAll(valuesIn(statement, migration.placeholders(), settings));
    }
    return new Placeholders(values);
  }

  Placeholders and(Placeholders others) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(others.values);
    return new Placeholders(all);
  }

  /** Reads the values off the statement's two texts: the one shown and the one sent. */
  private static Map<String, String> valuesIn(
      Statement statement, List<String> names, PlanSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    if (names.isEmpty() || statement.shown().equals(statement.sql())) {
      return values;
    }
    Pattern placeholder =
        Pattern.compile(
            names.stream()
                .map(n -> settings.placeholderPrefix() + n + settings.placeholderSuffix())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    StringBuilder shape = new StringBuilder();
    Map<String, Integer> groups = new LinkedHashMap<>();
    Matcher found = placeholder.matcher(statement.shown());
    int at = 0;
    while (found.find()) {
      shape.append(Pattern.quote(statement.shown().substring(at, found.start())));
      Integer group = groups.get(found.group());
      if (group == null) {
        groups.put(found.group(), groups.size() + 1);
        shape.append("(.*?)");
      } else {
        shape.append('\\').append(group).append("(?:)");
      }
      at = found.end();
    }
    shape.append(Pattern.quote(statement.shown().substring(at)));
    Matcher sent = Pattern.compile(shape.toString(), Pattern.DOTALL).matcher(statement.sql());
    if (!sent.matches()) {
      throw new IllegalArgumentException(
          statement.place() + ": the statement is not its own text with placeholders resolved");
    }
    groups.forEach((text, group) -> values.put(text, sent.group(group)));
    return values;
  }

  /**
   * The text with each value put back to its placeholder: what is resolved when it runs is the same
   * text again. The longest value first, and what was put back is not looked at again.
   */
  String hide(String text) {
    List<Map.Entry<String, String>> byLength =
        new TreeMap<>(values)
            .entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .sorted(
                    Comparator.comparingInt(
                        (Map.Entry<String, String> e) -> -e.getValue().length()))
                .toList();
    if (byLength.isEmpty()) {
      return text;
    }
    StringBuilder hidden = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      String rest = text.substring(at);
      Optional<Map.Entry<String, String>> match =
          byLength.stream().filter(e -> rest.startsWith(e.getValue())).findFirst();
      hidden.append(match.map(Map.Entry::getKey).orElse(rest.substring(0, 1)));
      at += match.map(e -> e.getValue().length()).orElse(1);
    }
    return hidden.toString();
  }

  /** Hashes of the values that the texts need, by placeholder. */
  Map<String, String> hashes(List<String> texts, String context) {
    Map<String, String> hashes = new TreeMap<>();
    new TreeMap<>(values)
        .forEach(
            (placeholder, value) -> {
              if (FLEETING.stream().noneMatch(placeholder.toLowerCase(Locale.ROOT)::contains)
                  && texts.stream().anyMatch(t -> t.contains(placeholder))) {
                hashes.put(placeholder, PlaceholderHash.of(value, placeholder + "\n" + context));
              }
            });
    return hashes;
  }
}
