package dev.sluice.dialect.postgresql.server;

import dev.sluice.dialect.Definitions;
import dev.sluice.dialect.Dependents;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.JournalTables;
import dev.sluice.dialect.Limits;
import dev.sluice.dialect.Locking;
import dev.sluice.dialect.Monitoring;
import dev.sluice.dialect.Server;
import dev.sluice.dialect.Sizes;
import dev.sluice.dialect.Walking;
import dev.sluice.dialect.postgresql.writing.Quoting;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PostgreSQL server, 12 to 18. Error codes: manual, appendix A. */
public final class PostgresqlServer implements Server {

  /** As Sluice writes it. */
  private static final Pattern VALIDATES =
      Pattern.compile("(?s)ALTER TABLE (.+) VALIDATE CONSTRAINT (.+)");

  private final Locking locking = new PostgresqlLocking();
  private final PostgresqlMonitoring monitoring = new PostgresqlMonitoring();
  private final Definitions definitions = new PostgresqlDefinitions();
  private final Walking walking = new PostgresqlWalking();
  private final JournalTables journal = new PostgresqlJournalTables();

  @Override
  public Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  public Failure failure(String sqlState, int code) {
    return switch (sqlState) {
      case "55P03" -> Failure.LOCK_TIMEOUT;
      case "40P01" -> Failure.DEADLOCK;
      case "40001" -> Failure.SERIALIZATION;
      case "57014" -> Failure.CANCELLED;
      // Shut down, crashed, and the time-outs that end a session rather than a statement.
      case "57P01", "57P02", "57P05", "25P03", "25P04", "08003", "08006", "08007" ->
          Failure.CONNECTION_LOST;
      case "08000", "08001", "08004", "57P03", "53300" -> Failure.UNREACHABLE;
      case "28000", "28P01" -> Failure.LOGIN_REFUSED;
      case "3D000" -> Failure.UNKNOWN_DATABASE;
      case "42501" -> Failure.PRIVILEGE;
      case "42P07", "42710", "42701", "42P06", "42723" -> Failure.EXISTS;
      case "42704", "42P01", "42703", "3F000", "42883" -> Failure.ABSENT;
      default -> Failure.OTHER;
    };
  }

  @Override
  public Optional<String> withdrawal(String statement) {
    Matcher validates = VALIDATES.matcher(statement);
    return validates.matches()
        ? Optional.of(
            "ALTER TABLE "
                + validates.group(1)
                + " DROP CONSTRAINT IF EXISTS "
                + validates.group(2))
        : Optional.empty();
  }

  @Override
  public Failure failure(String code) {
    return failure(code, 0);
  }

  @Override
  public boolean parametersAreUntyped() {
    return true;
  }

  // What CREATE INDEX CONCURRENTLY leaves is an INVALID index.
  @Override
  public boolean definitionsAreAtomic() {
    return false;
  }

  @Override
  public String hidden() {
    return "<insufficient privilege>";
  }

  @Override
  public String quote(Name name) {
    return Quoting.quote(name);
  }

  @Override
  public String quote(QualifiedName name) {
    return Quoting.quote(name);
  }

  @Override
  public String version() {
    return "SELECT pg_catalog.current_setting('server_version')";
  }

  @Override
  public String backend() {
    return "SELECT pg_catalog.pg_backend_pid()";
  }

  @Override
  public String readOnly() {
    return "SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 1 ELSE 0 END";
  }

  @Override
  public Map<String, String> driver(Duration patience) {
    return Map.of("tcpKeepAlive", "true", "connectTimeout", String.valueOf(patience.toSeconds()));
  }

  @Override
  public String introduce() {
    return "SET application_name = 'sluice'";
  }

  // The parameter exists from 14 on, and only where the platform can tell.
  @Override
  public String noticeLostClient() {
    return "SELECT pg_catalog.set_config(name, '250ms', false) FROM pg_catalog.pg_settings"
        + " WHERE name = 'client_connection_check_interval'";
  }

  @Override
  public List<String> limits(Limits limits, boolean inTransaction) {
    String set = inTransaction ? "SET LOCAL " : "SET ";
    return List.of(
        set + "lock_timeout = " + millis(limits.lock()),
        set + "statement_timeout = " + millis(limits.statement()),
        set + "idle_in_transaction_session_timeout = " + millis(limits.idle()));
  }

  // Rounded up: a limit below a millisecond must not become none.
  private static long millis(Duration limit) {
    return limit.plusNanos(999_999).toMillis();
  }

  @Override
  public String enter(Name schema) {
    return "SELECT pg_catalog.set_config('search_path', concat_ws(', ', "
        + Quoting.literal(Quoting.quote(schema))
        + ", nullif(pg_catalog.current_setting('search_path'), '')), false)";
  }

  @Override
  public String searchPath(String path, boolean inTransaction) {
    return (inTransaction ? "SET LOCAL" : "SET") + " search_path TO " + path;
  }

  @Override
  public String currentRole() {
    return "SELECT CASE pg_catalog.current_setting('role') WHEN 'none' THEN 'NONE'"
        + " ELSE pg_catalog.quote_ident(pg_catalog.current_setting('role')) END";
  }

  @Override
  public String role(String role, boolean inTransaction) {
    return (inTransaction ? "SET LOCAL" : "SET") + " ROLE " + role;
  }

  @Override
  public Locking locking() {
    return locking;
  }

  @Override
  public Monitoring monitoring() {
    return monitoring;
  }

  @Override
  public Dependents dependents() {
    return new PostgresqlDependents();
  }

  @Override
  public Sizes sizes() {
    return monitoring;
  }

  @Override
  public Definitions definitions() {
    return definitions;
  }

  @Override
  public Walking walking() {
    return walking;
  }

  @Override
  public JournalTables journal() {
    return journal;
  }
}
