package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Locking;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Locks by name for runners, and metadata locks of tables (manuals, "Locking Functions", "Metadata
 * Locking", "The metadata_locks Table"). Who holds the latter MySQL tells; MariaDB does where its
 * Performance Schema is switched on, and else only which transactions there are. Every definition
 * takes an exclusive one, be it for a moment: an online one at its beginning and at its end.
 */
final class MysqlLocking implements Locking {

  /**
   * Sessions that work for a runner at a time: one, and those of it that the server still holds.
   */
  private static final int WORKERS = 8;

  /** Names of locks are the server's, not the database's, and at most 64 characters long. */
  private static String lock(String what) {
    return "CONCAT('sluice "
        + what
        + " ', SHA1(COALESCE(IF(@@global.lower_case_table_names = 0, DATABASE(),"
        + " LOWER(DATABASE())), '')))";
  }

  private static final String RUNNER = lock("run");

  private static final List<String> WORK =
      IntStream.rangeClosed(1, WORKERS).mapToObj(i -> lock("work " + i)).toList();

  // No session has the number 0.
  private static final String WORKING =
      WORK.stream()
          .map(name -> "COALESCE(IS_USED_LOCK(" + name + "), 0)")
          .collect(Collectors.joining(", ", "(", ")"));

  // Times of InnoDB are in the zone of the server, whatever that of the session is.
  private static final String TRANSACTION_AGE =
      "COALESCE(TIMESTAMPDIFF(SECOND, x.trx_started,"
          + " CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')), 0)";

  /** Sessions as everybody with PROCESS sees them. */
  private static final String SESSIONS =
      " FROM information_schema.processlist p"
          + " LEFT JOIN information_schema.innodb_trx x ON x.trx_mysql_thread_id = p.id";

  private static final String SESSION =
      "p.id, COALESCE(p.user, ''), '', "
          + TRANSACTION_AGE
          + " AS age, "
          + state("p.command", "p.state")
          + ", LEFT(COALESCE(p.info, x.trx_query, ''), 500)";

  /** The same with what the Performance Schema remembers of the last statement. */
  private static final String THREADS =
      " FROM performance_schema.threads t"
          + " LEFT JOIN information_schema.innodb_trx x"
          + " ON x.trx_mysql_thread_id = t.processlist_id"
          + " LEFT JOIN performance_schema.events_transactions_current et"
          + " ON et.thread_id = t.thread_id AND et.state = 'ACTIVE'"
          + " LEFT JOIN performance_schema.events_statements_current es"
          + " ON es.thread_id = t.thread_id AND es.nesting_event_level = 0";

  private static final String THREAD_AGE =
      "GREATEST("
          + TRANSACTION_AGE
          + ", COALESCE(et.timer_wait / 1e12, 0), IF(x.trx_id IS NULL,"
          + " COALESCE(t.processlist_time, 0), 0))";

  private static final String THREAD =
      "t.processlist_id, COALESCE(t.processlist_user, ''), '', "
          + THREAD_AGE
          + " AS age, "
          + state("t.processlist_command", "t.processlist_state")
          + ", LEFT(COALESCE(t.processlist_info, es.sql_text, ''), 500)";

  private static String state(String command, String state) {
    return "CASE WHEN "
        + command
        + " <> 'Sleep' THEN COALESCE(NULLIF("
        + state
        + ", ''), "
        + command
        + ") WHEN x.trx_id IS NULL THEN 'idle' ELSE 'idle in transaction' END";
  }

  private final Engine engine;

  MysqlLocking(Engine engine) {
    this.engine = engine;
  }

  private static String one(String condition) {
    return "SELECT CASE WHEN " + condition + " THEN 1 ELSE 0 END";
  }

  @Override
  public String tryRunner() {
    return one("GET_LOCK(" + RUNNER + ", 0) = 1");
  }

  @Override
  public String releaseRunner() {
    return one("RELEASE_LOCK(" + RUNNER + ") = 1");
  }

  @Override
  public String holdsRunner() {
    return one("IS_USED_LOCK(" + RUNNER + ") = CONNECTION_ID()");
  }

  // Since when a session is there neither server tells; a session of another user is not shown to
  // who lacks PROCESS.
  @Override
  public String runner() {
    return "SELECT h.id, COALESCE(p.user, 'unknown'), '',"
        + " COALESCE(REGEXP_REPLACE(p.host, ':[0-9]+$', ''), 'unknown'), NULL FROM (SELECT"
        + " IS_USED_LOCK("
        + RUNNER
        + ") AS id) h LEFT JOIN information_schema.processlist p ON p.id = h.id"
        + " WHERE h.id IS NOT NULL";
  }

  // There is no shared lock by name: each takes the first of several that is free.
  @Override
  public String tryWork() {
    return WORK.stream()
        .map(name -> "WHEN GET_LOCK(" + name + ", 0) = 1 THEN 1")
        .collect(Collectors.joining(" ", "SELECT CASE ", " ELSE 0 END"));
  }

  // The server holds the locks of a session whose client is gone as long as its statement runs.
  @Override
  public String nobodyWorks() {
    return one(
        WORK.stream()
            .map(name -> "IS_FREE_LOCK(" + name + ") = 1")
            .collect(Collectors.joining(" AND ")));
  }

  @Override
  public String workers() {
    return "SELECT p.id, COALESCE(p.user, ''), '', COALESCE(p.time, 0) AS age, "
        + "COALESCE(NULLIF(p.state, ''), p.command, ''), LEFT(COALESCE(p.info, ''), 500)"
        + " FROM information_schema.processlist p WHERE p.id IN "
        + WORKING
        + " ORDER BY age DESC";
  }

  @Override
  public String ending(String backend) {
    return "KILL " + backend;
  }

  @Override
  public List<Lock> inLine(Impact impact, boolean alone) {
    return alone ? impact.locks() : List.of();
  }

  @Override
  public boolean isPatient(Impact impact) {
    return false;
  }

  @Override
  public Optional<String> tellsHolders() {
    return Optional.of(
        one(
            "@@global.performance_schema = 1 AND EXISTS (SELECT 1 FROM"
                + " performance_schema.setup_instruments WHERE name = 'wait/lock/metadata/sql/mdl'"
                + " AND enabled = 'YES')"));
  }

  // MariaDB takes a lock_wait_timeout of 0 (manual, "WAIT and NOWAIT"); MySQL's least is 1 s.
  @Override
  public boolean triesAtOnce() {
    return engine == Engine.MARIADB;
  }

  @Override
  public String toTellHolders() {
    return (engine == Engine.MARIADB
            ? "performance_schema = ON, with its instrument wait/lock/metadata/sql/mdl, and "
            : "")
        + "GRANT PROCESS ON *.*, and SELECT ON performance_schema.*, TO its user";
  }

  @Override
  public String waitedFor(boolean told) {
    return told ? told() : guessed();
  }

  private String told() {
    String rows =
        engine == Engine.MYSQL
            ? "SELECT requesting_thread_id, blocking_thread_id FROM"
                + " performance_schema.data_lock_waits"
            : "SELECT rt.thread_id, bt.thread_id"
                + rowWaits()
                + " JOIN performance_schema.threads rt ON rt.processlist_id ="
                + " r.trx_mysql_thread_id JOIN performance_schema.threads bt"
                + " ON bt.processlist_id = b.trx_mysql_thread_id";
    return "SELECT DISTINCT "
        + THREAD
        + THREADS
        + " JOIN (SELECT w.owner_thread_id AS waiter, g.owner_thread_id AS holder"
        + " FROM performance_schema.metadata_locks w JOIN performance_schema.metadata_locks g"
        + " ON g.object_type = w.object_type AND g.object_schema <=> w.object_schema"
        + " AND g.object_name <=> w.object_name AND g.owner_thread_id <> w.owner_thread_id"
        + " WHERE w.lock_status = 'PENDING' AND g.lock_status = 'GRANTED' UNION "
        + rows
        + ") b ON b.holder = t.thread_id"
        + " JOIN performance_schema.threads me ON me.thread_id = b.waiter"
        + " WHERE me.processlist_id = ? AND t.processlist_id IS NOT NULL ORDER BY age DESC";
  }

  private static String rowWaits() {
    return " FROM information_schema.innodb_lock_waits lw"
        + " JOIN information_schema.innodb_trx r ON r.trx_id = lw.requesting_trx_id"
        + " JOIN information_schema.innodb_trx b ON b.trx_id = lw.blocking_trx_id";
  }

  /** For rows it is known; for a table it is any transaction. */
  private String guessed() {
    String holdsRows =
        engine == Engine.MYSQL
            ? "FALSE"
            : "EXISTS (SELECT 1"
                + rowWaits()
                + " WHERE r.trx_mysql_thread_id = me.id AND b.trx_mysql_thread_id = p.id)";
    return "SELECT "
        + SESSION
        + SESSIONS
        + " JOIN information_schema.processlist me ON me.id <> p.id WHERE me.id = ?"
        + " AND ("
        + holdsRows
        + " OR (me.state LIKE 'Waiting for%lock' AND x.trx_id IS NOT NULL AND p.id NOT IN "
        + WORKING
        + ")) ORDER BY age DESC";
  }

  @Override
  public String olderThan(QualifiedName relation, LockMode wanted, boolean told) {
    if (!told) {
      return "SELECT "
          + SESSION
          + SESSIONS
          + " WHERE x.trx_id IS NOT NULL AND p.id <> CONNECTION_ID() AND p.id NOT IN "
          + WORKING
          + " AND "
          + TRANSACTION_AGE
          + " >= ? ORDER BY age DESC";
    }
    return "SELECT "
        + THREAD
        + THREADS
        + " WHERE t.thread_id IN (SELECT l.owner_thread_id FROM"
        + " performance_schema.metadata_locks l WHERE l.object_type = 'TABLE' AND "
        + CatalogName.is(relation, "l.object_schema", "l.object_name")
        + ") AND t.processlist_id <> CONNECTION_ID() AND t.processlist_id NOT IN "
        + WORKING
        + " AND "
        + THREAD_AGE
        + " >= ? ORDER BY age DESC";
  }

  // While it builds or copies, a definition holds SHARED_UPGRADABLE or SHARED_NO_WRITE.
  @Override
  public String heldBy() {
    return "SELECT CONCAT(l.object_schema, '.', l.object_name), CASE MAX(CASE"
        + " WHEN l.lock_type IN ('EXCLUSIVE', 'SHARED_NO_READ_WRITE') THEN 3"
        + " WHEN l.lock_type IN ('SHARED_NO_WRITE', 'SHARED_READ_ONLY') THEN 2 ELSE 1 END)"
        + " WHEN 3 THEN '"
        + LockMode.MYSQL_EXCLUSIVE.text()
        + "' WHEN 2 THEN '"
        + LockMode.MYSQL_SHARED.text()
        + "' ELSE '"
        + LockMode.MYSQL_NONE.text()
        + "' END FROM performance_schema.metadata_locks l"
        + " JOIN performance_schema.threads t ON t.thread_id = l.owner_thread_id"
        + " WHERE t.processlist_id = ? AND l.object_type = 'TABLE' AND l.lock_status = 'GRANTED'"
        + " AND l.lock_type NOT IN ('SHARED', 'SHARED_READ', 'SHARED_HIGH_PRIO')"
        + " AND l.object_schema NOT IN ('mysql', 'sys', 'information_schema',"
        + " 'performance_schema') AND l.object_name NOT LIKE '#sql%'"
        + " GROUP BY l.object_schema, l.object_name";
  }
}
