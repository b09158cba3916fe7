package dev.sluice.execute;

import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.journal.Ledger;
import dev.sluice.migration.History.Applied;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Standing;
import dev.sluice.migration.Version;
import dev.sluice.plan.Action.RecordHistory;
import dev.sluice.plan.Debt;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether plan, files, server and history still fit each other. Changes nothing. */
final class Preflight {

  private static final String NOTHING_DONE = "; nothing was changed\n  fix: ";
  private static final String AGAIN = "make the plan again with `sluice plan`";

  private final Plan plan;
  private final Ports ports;

  Preflight(Plan plan, Ports ports) {
    this.plan = plan;
    this.ports = ports;
  }

  /**
   * @throws Problem where the plan cannot run at all, or not on this server
   */
  void planAndServer(Database database) {
    if (!plan.runnable()) {
      throw stale("the plan is not ready: " + undecided(), "decide that, then " + AGAIN);
    }
    if (!PlanJson.fingerprint(plan).equals(plan.fingerprint())) {
      throw stale("the plan was changed after it was made", AGAIN);
    }
    String engine = database.server().engine().id();
    int made = EngineVersion.parse(plan.engineVersion()).major();
    int now = database.version().major();
    if (!engine.equals(plan.engine()) || made != now) {
      throw stale(
          "the plan was made for "
              + plan.engine()
              + " "
              + made
              + ", the server is "
              + engine
              + " "
              + now
              + ": locks and forms differ",
          AGAIN);
    }
    try (Session session = database.session()) {
      if (session.is(database.server().readOnly())) {
        throw new Problem(
            Reason.DATABASE,
            database.shown()
                + " takes no writes: it is a standby"
                + NOTHING_DONE
                + "the url of the primary");
      }
      Optional<String> unfit = database.server().unfit().flatMap(session::ask);
      if (unfit.isPresent()) {
        throw new Problem(
            Reason.DATABASE, database.shown() + ": no plan runs here: " + unfit.get());
      }
    }
  }

  private String undecided() {
    return Stream.concat(
            plan.conflicts().stream().map(conflict -> "conflict: " + conflict.why()),
            plan.directivesNeeded().stream().map(needed -> "directive needed: " + needed.why()))
        .collect(Collectors.joining("; "));
  }

  /**
   * The files that the plan was made from, where there are files.
   *
   * @throws Problem where one was edited or is gone
   */
  void files() {
    ports
        .migrations()
        .ifPresent(
            files -> {
              for (Plan.Source source : plan.migrations()) {
                Optional<Migration> file =
                    files.all().stream()
                        .filter(m -> m.script().equals(source.script()))
                        .findFirst();
                if (file.isEmpty()) {
                  throw stale(source.script() + " is gone since the plan was made", AGAIN);
                }
                if (!file.get().checksum().equals(source.checksum())) {
                  throw stale(source.script() + " was edited since the plan was made", AGAIN);
                }
              }
            });
  }

  /**
   * Flyway's history as planned: what the plan records is there where its step is done, and only
   * there; nobody else migrated meanwhile.
   *
   * @throws Problem where it differs
   */
  void history(Ledger ledger) {
    List<Applied> applied = ports.history().applied();
    for (Step step : plan.steps()) {
      if (step.action() instanceof RecordHistory action && action.version().isPresent()) {
        Version version = Version.parse(action.version().get());
        Optional<Applied> row =
            applied.stream()
                .filter(a -> a.version().filter(version::equals).isPresent())
                .findFirst();
        // An open end: the row was written, and the journal's line was not, or neither.
        if (row.isEmpty() && ledger.done(step.id())) {
          throw mismatch(
              "Flyway's history lost the row of " + action.script() + " that this release wrote");
        }
        if (row.isPresent() && ledger.last(step.id()).isEmpty()) {
          throw mismatch(
              action.script() + " stands in Flyway's history already: somebody else ran it");
        }
      }
    }
    if (ports.migrations().isPresent()) {
      pending(ledger);
    }
  }

  private void pending(Ledger ledger) {
    Set<String> planned =
        Stream.concat(
                plan.migrations().stream().map(Plan.Source::script),
                Debt.in(plan).stream().flatMap(debt -> debt.scripts().stream()))
            .collect(Collectors.toSet());
    Standing standing = ports.history().standing();
    List<String> pending = standing.pending();
    int last = -1;
    for (int i = 0; i < pending.size(); i++) {
      last = planned.contains(pending.get(i)) ? i : last;
    }
    for (String script : pending.subList(0, last + 1)) {
      if (!planned.contains(script)) {
        throw mismatch(
            script + " is pending too and not in the plan, and Flyway runs it before one that is");
      }
    }
    boolean begun = !ledger.entries().isEmpty();
    if (!begun && !standing.objections().isEmpty()) {
      throw new Problem(
          Reason.HISTORY,
          "Flyway would refuse to run here; nothing was changed\n"
              + standing.objections().stream()
                  .map(o -> "  " + o.sentence() + "\n  fix: " + o.fix())
                  .collect(Collectors.joining("\n")));
    }
  }

  private static Problem mismatch(String what) {
    return new Problem(Reason.HISTORY, what + NOTHING_DONE + AGAIN);
  }

  private static Problem stale(String what, String fix) {
    return new Problem(Reason.PLAN, what + NOTHING_DONE + fix);
  }
}
