package dev.sluice.dialect.postgresql.server;

import static dev.sluice.schema.LockMode.ACCESS_EXCLUSIVE;
import static dev.sluice.schema.LockMode.ACCESS_SHARE;
import static dev.sluice.schema.LockMode.EXCLUSIVE;
import static dev.sluice.schema.LockMode.ROW_EXCLUSIVE;
import static dev.sluice.schema.LockMode.ROW_SHARE;
import static dev.sluice.schema.LockMode.SHARE;
import static dev.sluice.schema.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.sluice.schema.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.sluice.dialect.Locking;
import dev.sluice.dialect.postgresql.writing.Quoting;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** PostgreSQL's locks (manual, "Explicit Locking" and "pg_locks"). */
final class PostgresqlLocking implements Locking {

  // "sluice" as bytes, and its neighbour; Flyway's keys begin with "Flyway".
  private static final long RUNNER = 0x736C75696365L;
  private static final long WORK = RUNNER + 1;

  private static final String ACTIVITY =
      "a.pid, coalesce(a.usename::text, ''),"
          + " coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend'), ''),"
          + " coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::numeric(20,3),"
          + " coalesce(a.state, ''), left(coalesce(a.query, ''), 500)";

  private static String one(String condition) {
    return "SELECT CASE WHEN " + condition + " THEN 1 ELSE 0 END";
  }

  // A bigint key stands in two columns, and objsubid 1 says so.
  private static String isHeld(long key) {
    return "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = "
        + (key >>> 32)
        + " AND l.objid = "
        + (key & 0xFFFFFFFFL)
        + " AND l.database ="
        + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";
  }

  @Override
  public String tryRunner() {
    return one("pg_catalog.pg_try_advisory_lock(" + RUNNER + ")");
  }

  @Override
  public String releaseRunner() {
    return one("pg_catalog.pg_advisory_unlock(" + RUNNER + ")");
  }

  @Override
  public String holdsRunner() {
    return one(
        "EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE "
            + isHeld(RUNNER)
            + " AND l.pid = pg_catalog.pg_backend_pid())");
  }

  @Override
  public String runner() {
    return "SELECT a.pid, coalesce(a.usename::text, ''), coalesce(a.application_name, ''),"
        + " coalesce(host(a.client_addr), 'local'),"
        + " coalesce(extract(epoch FROM clock_timestamp() - a.backend_start), 0)::bigint"
        + " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE "
        + isHeld(RUNNER);
  }

  @Override
  public String tryWork() {
    return one("pg_catalog.pg_try_advisory_lock_shared(" + WORK + ")");
  }

  // pg_locks also shows sessions whose client is gone, as long as their statement runs.
  @Override
  public String nobodyWorks() {
    return one("NOT EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE " + isHeld(WORK) + ")");
  }

  @Override
  public String workers() {
    return "SELECT "
        + ACTIVITY
        + " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE "
        + isHeld(WORK)
        + " ORDER BY a.xact_start NULLS LAST";
  }

  @Override
  public String waitedFor(boolean told) {
    return "SELECT "
        + ACTIVITY
        + " FROM pg_catalog.pg_stat_activity a"
        + " WHERE a.pid = ANY (pg_catalog.pg_blocking_pids(?::int))"
        + " ORDER BY a.xact_start NULLS LAST";
  }

  @Override
  public String ending(String backend) {
    return "SELECT pg_terminate_backend(" + backend + ")";
  }

  @Override
  public List<Lock> inLine(Impact impact, boolean alone) {
    return impact.locks().stream()
        .filter(l -> l.mode().blocksReads() || l.mode().blocksWrites())
        .toList();
  }

  // A time-out leaves a concurrent build half done. What is not known to leave others alone is not
  // patient.
  @Override
  public boolean isPatient(Impact impact) {
    return !impact.blocksReads()
        && !impact.blocksWrites()
        && (impact.work() != Work.REWRITE || !impact.locks().isEmpty());
  }

  @Override
  public Optional<String> tellsHolders() {
    return Optional.empty();
  }

  @Override
  public boolean triesAtOnce() {
    return false;
  }

  @Override
  public String toTellHolders() {
    return "GRANT pg_read_all_stats TO its role";
  }

  @Override
  public String olderThan(QualifiedName relation, LockMode wanted, boolean told) {
    String modes =
        conflicting(wanted).stream()
            .map(m -> "'" + catalogName(m) + "'")
            .collect(Collectors.joining(", "));
    return "SELECT "
        + ACTIVITY
        + " FROM pg_catalog.pg_stat_activity a WHERE a.pid IN (SELECT l.pid"
        + " FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation'"
        + " AND l.relation = pg_catalog.to_regclass("
        + Quoting.literal(Quoting.quote(relation))
        + ") AND l.mode IN ("
        + modes
        + ") AND l.database ="
        + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))"
        + " AND a.pid NOT IN (SELECT l.pid FROM pg_catalog.pg_locks l WHERE "
        + isHeld(WORK)
        + ") AND a.xact_start < clock_timestamp() - ?::numeric * interval '1 second'"
        + " ORDER BY a.xact_start";
  }

  // Read by another session on purpose: it sees the catalog as it was before the transaction, so
  // what the transaction made is not there, and what it dropped still has its name.
  @Override
  public String heldBy() {
    return "SELECT DISTINCT ON (c.oid) n.nspname || '.' || c.relname, CASE l.mode "
        + TO_TEXT
        + " END FROM pg_catalog.pg_locks l"
        + " JOIN pg_catalog.pg_class c ON c.oid = l.relation"
        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE l.pid = ?::int AND l.granted AND l.locktype = 'relation'"
        + " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
        + " ORDER BY c.oid, array_position("
        + ORDER
        + ", l.mode) DESC";
  }

  private static final List<LockMode> MODES =
      List.of(
          ACCESS_SHARE,
          ROW_SHARE,
          ROW_EXCLUSIVE,
          SHARE_UPDATE_EXCLUSIVE,
          SHARE,
          SHARE_ROW_EXCLUSIVE,
          EXCLUSIVE,
          ACCESS_EXCLUSIVE);

  private static final String TO_TEXT =
      MODES.stream()
          .map(m -> "WHEN '" + catalogName(m) + "' THEN '" + m.text() + "'")
          .collect(Collectors.joining(" "));

  private static final String ORDER =
      MODES.stream()
          .map(m -> "'" + catalogName(m) + "'")
          .collect(Collectors.joining(", ", "ARRAY[", "]"));

  /** {@code AccessExclusiveLock}: as pg_locks writes it. */
  private static String catalogName(LockMode mode) {
    StringBuilder name = new StringBuilder();
    for (String word : mode.text().split(" ", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.append("Lock").toString();
  }

  /** The modes that a lock of mode {@code wanted} waits for. */
  private static List<LockMode> conflicting(LockMode wanted) {
    return switch (wanted) {
      case ACCESS_SHARE -> List.of(ACCESS_EXCLUSIVE);
      case ROW_SHARE -> List.of(EXCLUSIVE, ACCESS_EXCLUSIVE);
      case ROW_EXCLUSIVE -> List.of(SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE_UPDATE_EXCLUSIVE ->
          List.of(SHARE_UPDATE_EXCLUSIVE, SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE ->
          List.of(
              ROW_EXCLUSIVE,
              SHARE_UPDATE_EXCLUSIVE,
              SHARE_ROW_EXCLUSIVE,
              EXCLUSIVE,
              ACCESS_EXCLUSIVE);
      case SHARE_ROW_EXCLUSIVE ->
          List.of(
              ROW_EXCLUSIVE,
              SHARE_UPDATE_EXCLUSIVE,
              SHARE,
              SHARE_ROW_EXCLUSIVE,
              EXCLUSIVE,
              ACCESS_EXCLUSIVE);
      case EXCLUSIVE ->
          List.of(
              ROW_SHARE,
              ROW_EXCLUSIVE,
              SHARE_UPDATE_EXCLUSIVE,
              SHARE,
              SHARE_ROW_EXCLUSIVE,
              EXCLUSIVE,
              ACCESS_EXCLUSIVE);
      case ACCESS_EXCLUSIVE -> MODES;
      case MYSQL_NONE, MYSQL_SHARED, MYSQL_EXCLUSIVE ->
          throw new IllegalArgumentException(wanted + " is no lock of PostgreSQL");
    };
  }
}
