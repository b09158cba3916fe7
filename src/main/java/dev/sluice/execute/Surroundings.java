package dev.sluice.execute;

import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.dialect.Limits;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings that a step's statements run under. */
final class Surroundings {

  private final Run run;
  private final Step.Session session;
  private Optional<String> ownRole = Optional.empty();
  private Optional<String> ownPath = Optional.empty();

  Surroundings(Run run, Step step) {
    this.run = run;
    this.session = step.session();
  }

  /** Whether a session that saw them must not be used for anything else. */
  boolean stick() {
    return !session.parameters().isEmpty()
        || (run.server().settingsOutliveTransactions()
            && (session.searchPath().isPresent() || session.role().isPresent()));
  }

  /** Runs {@code work} in one transaction under them. */
  <T> T inTransaction(Session on, Limits limits, Supplier<T> work) {
    try {
      return on.transaction(
          () -> {
            apply(on, limits, true);
            return work.get();
          });
    } finally {
      rest(on);
    }
  }

  private void rest(Session on) {
    if (!on.lost()) {
      try {
        run.server().atRest().forEach(on::execute);
      } catch (SqlFailure e) {
        // The next statement meets the same, and it counts there.
        on.spoil();
      }
    }
  }

  /**
   * Applies them; our limits come last, so that none of the migration's own widens them.
   *
   * @param inTransaction until the transaction ends; else for the rest of the session
   */
  void apply(Session to, Limits limits, boolean inTransaction) {
    if (session.role().isPresent()) {
      ownRole = to.ask(run.server().currentRole());
    }
    if (session.searchPath().isPresent()) {
      ownPath = run.server().currentPath().flatMap(to::ask);
    }
    for (String set : session.parameters()) {
      to.execute(run.placeholders().in(set));
    }
    session
        .searchPath()
        .ifPresent(
            path ->
                to.execute(run.server().searchPath(run.placeholders().in(path), inTransaction)));
    session
        .role()
        .ifPresent(
            role -> to.execute(run.server().role(run.placeholders().in(role), inTransaction)));
    limit(to, limits, inTransaction);
  }

  /** Takes the login's own role and path again: the journal may be out of reach for another. */
  void leave(Session to) {
    ownPath.ifPresent(path -> to.execute(run.server().searchPath(path, true)));
    ownRole.ifPresent(role -> to.execute(run.server().role(role, true)));
  }

  void limit(Session to, Limits limits, boolean inTransaction) {
    List<String> statements = run.server().limits(limits, inTransaction);
    statements.forEach(to::execute);
  }
}
