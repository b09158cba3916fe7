package dev.sluice.database;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;

/** Finds out whether a connection is a connection. */
final class Poolers {

  private Poolers() {}

  /**
   * PgBouncer in transaction mode gives each transaction whatever server connection is free:
   * session settings and session locks end up with somebody else.
   *
   * @throws Problem where one stands between
   */
  static void refuse(Database database) {
    try (Session one = database.session();
        Session other = database.session()) {
      long before = one.backend();
      // While the other holds a transaction open, a pooler has to show its hand: either it lent
      // out the server connection that the first one spoke to, or the first one gets another.
      boolean shared =
          other.transaction(() -> other.backend() == before || one.backend() != before);
      if (shared) {
        throw new Problem(
            Reason.DATABASE,
            database.shown()
                + ": a pooler in transaction mode (PgBouncer) stands between: the server process"
                + " behind one connection changes. Session settings and locks would be lost\n"
                + "  fix: the url of the server itself, or of a pool in session mode");
      }
    }
  }
}
