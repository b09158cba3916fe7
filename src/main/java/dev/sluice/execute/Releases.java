package dev.sluice.execute;

import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.JournaledRelease.State;
import dev.sluice.journal.Ledger;
import dev.sluice.plan.Debt;
import dev.sluice.plan.Plan;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.Optional;

/** Which release a run goes on with, or that a new one begins. One is open at a time. */
final class Releases {

  private final Run run;
  private final String who;

  Releases(Run run, String who) {
    this.run = run;
    this.who = who;
  }

  /**
   * The release that is open, else the one that was begun last; empty where none ever was.
   *
   * @throws Problem where the database does not answer
   */
  static Optional<JournaledRelease> last(Environment environment) {
    Journal journal = environment.journal();
    try (Session session = environment.database().session()) {
      return journal.exists(session)
          ? journal.open(session).or(() -> journal.latest(session))
          : Optional.empty();
    } catch (SqlFailure e) {
      throw refused(environment, e);
    }
  }

  /** That none is open. */
  static Problem noneOpen(Environment environment, String but, String fix) {
    return new Problem(
        Reason.PLAN,
        "no release is open on " + environment.database().shown() + but + "\n  fix: " + fix);
  }

  /** A statement of our own that the server refused, outside any step. */
  static Problem refused(Environment environment, SqlFailure e) {
    return new Problem(
        Reason.DATABASE,
        environment.database().shown()
            + ": "
            + e.said()
            + "\n  fix: put that right, then run the same command again",
        e);
  }

  /**
   * What the journal knows of this plan; empty where it was never begun, or was aborted.
   *
   * @throws Problem where another release is open that this plan does not take over
   */
  Optional<JournaledRelease> known() {
    Journal journal = run.journal();
    Session session = run.work();
    if (!journal.exists(session)) {
      return Optional.empty();
    }
    Optional<JournaledRelease> open = journal.open(session);
    Plan plan = run.plan();
    if (open.isPresent() && !open.get().plan().fingerprint().equals(plan.fingerprint())) {
      refuseHalfAborted(open.get().plan(), journal.ledger(session, open.get().id()));
      if (plan.debt().contains(open.get().plan().release())) {
        refuseUnlessOwed(open.get(), journal.ledger(session, open.get().id()));
      } else {
        throw new Problem(
            Reason.PLAN,
            "release "
                + open.get().plan().release()
                + " is open since "
                + open.get().started()
                + ", begun by "
                + open.get().who()
                + "; one release at a time\n"
                + "  fix: end it (`sluice apply` or `sluice abort`); where it is rolled out, make this plan"
                + " again with --connect: it then begins with what the other one owes");
      }
      return Optional.empty();
    }
    refusePaidDebt(open);
    Optional<JournaledRelease> known = journal.of(session, plan);
    if (known.filter(r -> r.state() == State.SUPERSEDED).isPresent()) {
      throw new Problem(
          Reason.PLAN,
          "a later release took over what release "
              + plan.release()
              + " still owed; nothing was changed\n  fix: `sluice status` shows that release");
    }
    return known.filter(r -> r.state() != State.ABORTED);
  }

  /** Where the older release came to its end by itself, the plan begins with what is done. */
  private void refusePaidDebt(Optional<JournaledRelease> open) {
    if (open.isEmpty()
        && !run.plan().debt().isEmpty()
        && run.journal().of(run.work(), run.plan()).isEmpty()) {
      throw new Problem(
          Reason.PLAN,
          "what release "
              + String.join(", ", run.plan().debt())
              + " owed is paid since the plan was made; nothing was changed\n  fix: make the plan"
              + " again with `sluice plan`");
    }
  }

  /** What an older release owes is gated by its own roll-out, and is what the plan begins with. */
  private void refuseUnlessOwed(JournaledRelease older, Ledger ledger) {
    Optional<Debt> owed = Debt.of(older.plan(), ledger::done);
    if (owed.isEmpty() || !owed.equals(Debt.in(run.plan()))) {
      throw new Problem(
          Reason.PLAN,
          "release "
              + older.plan().release()
              + (owed.isEmpty()
                  ? " is open, and not every node runs its new version: nobody takes over what it"
                      + " owes; nothing was changed\n  fix: end it, or take it back (`sluice"
                      + " status` says how far it is)"
                  : " owes something else by now than when the plan was made; nothing was"
                      + " changed\n  fix: make the plan again with `sluice plan`"));
    }
  }

  /**
   * What an abort took back, the lines of the steps still call done, or the other way round where
   * it was cut off: nothing but an abort is safe on that.
   *
   * @throws Problem where an abort of the open release was begun
   */
  static void refuseHalfAborted(Plan plan, Ledger ledger) {
    if (ledger.abort().isPresent()) {
      throw new Problem(
          Reason.PLAN,
          "release "
              + plan.release()
              + " is half taken back: its abort was begun and did not come to its end; nothing was"
              + " changed\n  fix: `"
              + Abort.command(plan, ledger)
              + "` goes on with that (`sluice status` says what stopped it); then the release can be"
              + " begun anew");
    }
  }

  /** Goes on with the open release of this plan, or begins one. */
  long begin() {
    Journal journal = run.journal();
    Session session = run.work();
    if (!journal.exists(session)) {
      run.ports().history().create();
      journal.create(session);
    }
    Optional<JournaledRelease> open = journal.open(session);
    if (open.isPresent() && open.get().plan().fingerprint().equals(run.plan().fingerprint())) {
      return open.get().id();
    }
    return session.transaction(
        () -> {
          open.ifPresent(old -> journal.end(session, old.id(), State.SUPERSEDED));
          long begun = journal.begin(session, run.plan(), who);
          open.ifPresent(old -> handOver(old.id(), begun));
          return begun;
        });
  }

  private void handOver(long from, long to) {
    Debt.in(run.plan())
        .ifPresent(
            debt ->
                debt.steps().forEach(s -> run.journal().handOver(run.work(), s.id(), from, to)));
  }

  /**
   * Ends a release that was taken back. What an older one owed is that one's again, with what was
   * done of it.
   */
  void aborted() {
    Session session = run.work();
    Optional<JournaledRelease> older =
        Debt.in(run.plan())
            .flatMap(
                debt ->
                    run.journal()
                        .before(session, run.release())
                        .filter(r -> r.state() == State.SUPERSEDED)
                        .filter(r -> r.plan().release().equals(debt.release()))
                        .findFirst());
    session.transaction(
        () -> {
          run.journal().end(session, run.release(), State.ABORTED);
          older.ifPresent(this::giveBack);
          return older;
        });
  }

  private void giveBack(JournaledRelease older) {
    Session session = run.work();
    handOver(run.release(), older.id());
    run.journal().reopen(session, older.id());
    Ledger ledger = run.journal().ledger(session, older.id());
    if (older.plan().steps().stream().allMatch(s -> ledger.done(s.id()))) {
      run.journal().end(session, older.id(), State.DONE);
    }
  }
}
