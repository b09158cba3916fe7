package dev.sluice.plan;

import dev.sluice.schema.Change.SetParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The settings of the session that a file's statements run under, as its own SETs leave them. */
final class Sessions {

  /** Sluice sets these for each step, and a file's own would undo its promise about waiting. */
  private static final Set<String> OURS =
      Set.of(
          "lock_timeout",
          "statement_timeout",
          "transaction_timeout",
          "idle_in_transaction_session_timeout",
          "lock_wait_timeout",
          "innodb_lock_wait_timeout",
          "max_statement_time");

  private Sessions() {}

  /** Whether a SET of it is left out of the plan. */
  static boolean isOurs(SetParameter change) {
    return OURS.contains(change.parameter().toLowerCase(Locale.ROOT));
  }

  /**
   * @param shown the statement, placeholders as written
   */
  static Step.Session after(Step.Session session, SetParameter change, String shown) {
    String parameter = change.parameter().toLowerCase(Locale.ROOT);
    Optional<String> value =
        change.values().isEmpty()
            ? Optional.empty()
            : Optional.of(String.join(", ", change.values()));
    return switch (parameter) {
      case "search_path", "schema" -> new Step.Session(value, session.role(), session.parameters());
      case "role" -> new Step.Session(session.searchPath(), value, session.parameters());
      case "all" -> new Step.Session(Optional.empty(), session.role(), List.of());
      default -> {
        List<String> parameters = new ArrayList<>(session.parameters());
        if (value.isEmpty()) {
          // RESET: what was set before no longer holds, and a fresh session has the default.
          parameters.removeIf(p -> p.toLowerCase(Locale.ROOT).contains(parameter));
        } else {
          parameters.add(shown);
        }
        yield new Step.Session(session.searchPath(), session.role(), parameters);
      }
    };
  }
}
