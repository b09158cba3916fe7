package dev.sluice.execute;

import dev.sluice.database.Session;
import dev.sluice.dialect.Limits;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;

/** The settings that a step's statements run under. */
final class Surroundings {

  private final Run run;
  private final Step.Session session;
  private Optional<String> ownRole = Optional.empty();

  Surroundings(Run run, Step step) {
    this.run = run;
    this.session = step.session();
  }

  /** Whether a session that saw them must not be used for anything else. */
  boolean stick() {
    return !session.parameters().isEmpty();
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

  /** Takes the login's own role again: the journal may be out of reach for another one. */
  void leaveRole(Session to) {
    ownRole.ifPresent(role -> to.execute(run.server().role(role, true)));
  }

  void limit(Session to, Limits limits, boolean inTransaction) {
    List<String> statements = run.server().limits(limits, inTransaction);
    statements.forEach(to::execute);
  }
}
