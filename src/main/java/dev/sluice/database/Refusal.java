package dev.sluice.database;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Server;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Why a connection was not made, in words that say what to put right. */
final class Refusal {

  private static final Pattern NO_TLS =
      Pattern.compile("(?i)ssl (?:is )?not enabled|does not support ssl");

  private static final Pattern UNTRUSTED =
      Pattern.compile(
          "(?i)self[- ]signed certificate|PKIX path|unable to find valid certification");

  private Refusal() {}

  static Problem explain(Address address, Server server, SQLException thrown) {
    SQLException e = innermost(thrown);
    SqlFailure failure = Session.failure(server, e);
    String said = address.isIn(failure.said()) ? "" : "\n  said: " + failure.said();
    String text =
        address.shown()
            + ": "
            + what(failure, address)
            + said
            + "\n  fix: "
            + fix(failure, server.engine());
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

  /** MariaDB's driver asks for TLS unless it is told not to. */
  private static boolean isWithoutTls(SqlFailure failure) {
    return NO_TLS.matcher(failure.said()).find();
  }

  private static boolean isUntrusted(SqlFailure failure) {
    return UNTRUSTED.matcher(failure.said()).find();
  }

  private static String what(SqlFailure failure, Address address) {
    String user = address.user().map(u -> " for user " + u).orElse("");
    if (isPooler(failure)) {
      return "a connection pooler (PgBouncer) answers, not the server";
    }
    if (isWithoutTls(failure)) {
      return "the server is there and speaks no TLS, and the driver was to speak nothing else";
    }
    if (isUntrusted(failure)) {
      return "the server is there, and nothing says that its certificate is its own";
    }
    return switch (failure.failure()) {
      case LOGIN_REFUSED -> "the login" + user + " is refused";
      case UNKNOWN_DATABASE -> "the server has no such database";
      case PRIVILEGE -> "the login" + user + " lacks a privilege";
      case UNREACHABLE, CONNECTION_LOST -> "no server takes connections there";
      case LOCK_TIMEOUT,
          DEADLOCK,
          SERIALIZATION,
          OVERTAKEN,
          CANCELLED,
          NOT_AS_STATED,
          EXISTS,
          ABSENT,
          OTHER ->
          "the connection" + user + " is refused";
    };
  }

  private static String fix(SqlFailure failure, Engine engine) {
    if (isPooler(failure)) {
      return "the url of the server itself; session settings and locks do not survive a pooler";
    }
    String mode = engine == Engine.POSTGRESQL ? "sslmode" : "sslMode";
    if (isWithoutTls(failure)) {
      return mode
          + "=disable in the url, where nobody listens on the way (passwords and rows go"
          + " unencrypted), or switch TLS on at the server";
    }
    if (isUntrusted(failure)) {
      return engine == Engine.POSTGRESQL
          ? "sslrootcert=FILE in the url with the certificate of who signed it, or sslmode=require,"
              + " which encrypts and checks nothing"
          : "serverSslCert=FILE in the url with the server's certificate or that of who signed it,"
              + " or sslMode=trust, which encrypts and checks nothing";
    }
    return switch (failure.failure()) {
      case LOGIN_REFUSED -> "correct user and password (FLYWAY_USER, FLYWAY_PASSWORD)";
      case UNKNOWN_DATABASE -> "correct the name at the end of the url, or create the database";
      case PRIVILEGE -> "grant it, or use another login";
      case UNREACHABLE, CONNECTION_LOST ->
          "start the server, or correct host and port; look for free connections where it says"
              + " too many";
      case LOCK_TIMEOUT,
          DEADLOCK,
          SERIALIZATION,
          OVERTAKEN,
          CANCELLED,
          NOT_AS_STATED,
          EXISTS,
          ABSENT,
          OTHER ->
          "read what the server said";
    };
  }
}
