package dev.sluice.execute;

import dev.sluice.plan.PlaceholderHash;
import dev.sluice.plan.Plan;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts values in the place of placeholders, right before a text is sent, and nowhere else. */
final class Placeholders {

  // One or two characters are in every text; no secret is that short.
  private static final int SHORTEST_HIDDEN = 3;

  private final Map<String, String> values;

  private Placeholders(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Values that are those that the plan was made with.
   *
   * @param values by placeholder as written, {@code ${owner}}
   * @throws Problem where one is missing, or is another than then
   */
  static Placeholders of(Plan plan, Map<String, String> values) {
    List<String> missing =
        plan.placeholders().keySet().stream().filter(p -> !values.containsKey(p)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new Problem(
          Reason.SETTINGS,
          "the plan needs a value for "
              + String.join(", ", missing)
              + "; nothing was changed\n  fix: set it in Flyway's settings, as when the plan was"
              + " made");
    }
    plan.placeholders()
        .forEach(
            (placeholder, hash) -> {
              if (!PlaceholderHash.matches(hash, values.getOrDefault(placeholder, ""))) {
                throw new Problem(
                    Reason.PLAN,
                    placeholder
                        + " has another value than when the plan was made; nothing was changed\n"
                        + "  fix: set the old value, or make the plan again with `sluice plan`");
              }
            });
    return new Placeholders(values);
  }

  /** The text as it is sent. A value is not read again for placeholders. */
  String in(String text) {
    if (values.isEmpty()) {
      return text;
    }
    Pattern any =
        Pattern.compile(
            values.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    return any.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), "")));
  }

  /** The text as it may be shown: a server likes to quote what it does not understand. */
  String hide(String text) {
    String hidden = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (value.getValue().length() >= SHORTEST_HIDDEN) {
        hidden = hidden.replace(value.getValue(), value.getKey());
      }
    }
    return hidden;
  }
}
