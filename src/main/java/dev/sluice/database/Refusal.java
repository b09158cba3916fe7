package dev.sluice.database;

import dev.sluice.dialect.Server;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.sql.SQLException;

/** Why a connection was not made, in words that say what to put right. */
final class Refusal {

  private Refusal() {}

  static Problem explain(Address address, Server server, SQLException thrown) {
    SQLException e = innermost(thrown);
    SqlFailure failure = Session.failure(server, e);
    String said = address.isIn(failure.said()) ? "" : "\n  said: " + failure.said();
    String text =
        address.shown() + ": " + what(failure, address) + said + "\n  fix: " + fix(failure);
    return address.isIn(String.valueOf(e.getMessage()))
        ? new Problem(Reason.DATABASE, text)
        : new Problem(Reason.DATABASE, text, e);
  }

  // The pool wraps what the driver threw.
  private static SQLException innermost(SQLException thrown) {
    SQLException e = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException inner) {
        e = inner;
      }
    }
    return e;
  }

  private static boolean isPooler(SqlFailure failure) {
    return failure.said().contains("unsupported startup parameter");
  }

  private static String what(SqlFailure failure, Address address) {
    String user = address.user().map(u -> " for user " + u).orElse("");
    if (isPooler(failure)) {
      return "a connection pooler (PgBouncer) answers, not the server";
    }
    return switch (failure.failure()) {
      case LOGIN_REFUSED -> "the login" + user + " is refused";
      case UNKNOWN_DATABASE -> "the server has no such database";
      case PRIVILEGE -> "the login" + user + " lacks a privilege";
      case UNREACHABLE, CONNECTION_LOST -> "no server takes connections there";
      case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION, CANCELLED, EXISTS, ABSENT, OTHER ->
          "the connection" + user + " is refused";
    };
  }

  private static String fix(SqlFailure failure) {
    if (isPooler(failure)) {
      return "the url of the server itself; session settings and locks do not survive a pooler";
    }
    return switch (failure.failure()) {
      case LOGIN_REFUSED -> "correct user and password (FLYWAY_USER, FLYWAY_PASSWORD)";
      case UNKNOWN_DATABASE -> "correct the name at the end of the url, or create the database";
      case PRIVILEGE -> "grant it, or use another login";
      case UNREACHABLE, CONNECTION_LOST ->
          "start the server, or correct host and port; look for free connections where it says"
              + " too many";
      case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION, CANCELLED, EXISTS, ABSENT, OTHER ->
          "read what the server said";
    };
  }
}
