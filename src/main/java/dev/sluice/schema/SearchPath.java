package dev.sluice.schema;

import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What unqualified names mean after SET search_path. */
final class SearchPath {

  private static final Name USER = new Name("$user");

  private SearchPath() {}

  static void set(Draft draft, Change.SetParameter change) {
    String parameter = change.parameter().toLowerCase(Locale.ROOT);
    draft.settings =
        change.values().isEmpty()
            ? draft.settings.minus(parameter)
            : draft.settings.plus(parameter, String.join(", ", change.values()));
    switch (parameter) {
      case "search_path", "schema" -> set(draft, change.values());
      case "all" -> { // RESET ALL
        draft.path = draft.startPath;
        draft.settings = draft.settings.minusAll(draft.settings.keySet());
      }
      default -> {}
    }
  }

  static void use(Draft draft, Change.UseSchema change) {
    draft.path = List.of(change.schema());
  }

  private static void set(Draft draft, List<String> values) {
    List<Name> path = new ArrayList<>();
    for (String value : values) {
      name(value.strip()).ifPresent(path::add);
    }
    path.remove(USER);
    // An empty path means that every name is qualified from here on; one that is not still means
    // something to whoever wrote it, and the start path is the best guess at it.
    draft.path = path.isEmpty() ? draft.startPath : List.copyOf(path);
  }

  private static Optional<Name> name(String value) {
    if (value.isEmpty() || value.equalsIgnoreCase("default")) {
      return Optional.empty();
    }
    char quote = value.charAt(0);
    if (value.length() > 2 && (quote == '"' || quote == '\'') && value.endsWith("" + quote)) {
      String inner = value.substring(1, value.length() - 1).replace("" + quote + quote, "" + quote);
      return Optional.of(new Name(inner));
    }
    return quote == '"' || quote == '\''
        ? Optional.empty()
        : Optional.of(new Name(value.toLowerCase(Locale.ROOT)));
  }
}
