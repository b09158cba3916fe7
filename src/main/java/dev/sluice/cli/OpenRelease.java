package dev.sluice.cli;

import dev.sluice.database.Session;
import dev.sluice.execute.Abort;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.journal.Ledger;
import dev.sluice.migration.Remark;
import dev.sluice.plan.Debt;
import java.util.Optional;

/** A release between its first step and its last one. */
record OpenRelease(JournaledRelease release, Ledger ledger) {

  /** Empty where none is. */
  static Optional<OpenRelease> in(Journal journal, Session session) {
    return journal.exists(session)
        ? journal.open(session).map(r -> new OpenRelease(r, journal.ledger(session, r.id())))
        : Optional.empty();
  }

  /** What a next release can take over; empty where this one must be ended or taken back first. */
  Optional<Debt> debt() {
    return isHalfAborted() ? Optional.empty() : Debt.of(release.plan(), ledger::done);
  }

  private boolean isHalfAborted() {
    return ledger.abort().isPresent();
  }

  /**
   * What is to be said of it.
   *
   * @param where the database
   */
  Remark remark(String where) {
    String name = "release " + release.plan().release();
    return new Remark(
        Remark.Kind.OPEN_RELEASE,
        where,
        Optional.empty(),
        isHalfAborted()
            ? name + " is half taken back: its abort was begun and did not come to its end"
            : name
                + " is open since "
                + release.started()
                + ", begun by "
                + release.who()
                + "; its phase is "
                + release.phase().id(),
        debt().isPresent()
            ? "a plan that is made now begins with what it owes; drift cannot be told"
            : "sluice apply refuses another plan until it has ended, and drift cannot be told",
        isHalfAborted()
            ? "`" + Abort.command(release.plan(), ledger) + "` goes on with that"
            : "`sluice status` shows how far it is; `sluice apply` goes on with it, `sluice abort`"
                + " takes it back",
        false);
  }
}
