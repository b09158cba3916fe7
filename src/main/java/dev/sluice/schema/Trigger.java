package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A trigger.
 *
 * @param timing as written between the name and ON: {@code BEFORE INSERT OR UPDATE OF a}
 * @param function what it calls; empty where the body stands in the trigger (MySQL, MariaDB)
 * @param definition what follows the table, as written, with what it reads and writes
 * @param constraint whether it is a CONSTRAINT TRIGGER
 */
public record Trigger(
    Name name,
    QualifiedName table,
    String timing,
    Optional<QualifiedName> function,
    Fragment definition,
    boolean constraint) {

  private static final Pattern EVENT =
      Pattern.compile(
          "\\b(INSERT|DELETE|TRUNCATE|UPDATE(?:\\s+OF\\b(?:(?!\\bOR\\b).)*)?)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** What it fires on, in upper case: {@code INSERT}, {@code UPDATE OF A, B}. */
  public Set<String> events() {
    Set<String> events = new TreeSet<>();
    EVENT
        .matcher(timing)
        .results()
        .forEach(
            event ->
                events.add(event.group().strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT)));
    return events;
  }

  /** Whether one statement can fire both, where they stand on one table. */
  public boolean meets(Trigger other) {
    return events().stream().map(Trigger::word).anyMatch(other.words()::contains);
  }

  /** Whether it fires on all that the other one fires on, whatever their conditions. */
  public boolean firesOnAllOf(Trigger other) {
    return other.events().stream()
        .allMatch(e -> events().contains(e) || events().contains(word(e)));
  }

  private Set<String> words() {
    return events().stream().map(Trigger::word).collect(Collectors.toSet());
  }

  private static String word(String event) {
    return event.split(" ", 2)[0];
  }
}
