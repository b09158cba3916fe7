package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Definitions;
import dev.sluice.dialect.Dependents;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.JournalTables;
import dev.sluice.dialect.Limits;
import dev.sluice.dialect.Locking;
import dev.sluice.dialect.Monitoring;
import dev.sluice.dialect.Server;
import dev.sluice.dialect.Sizes;
import dev.sluice.dialect.Walking;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MySQL or MariaDB server. Error numbers: manuals, "Server Error Message Reference", "MariaDB
 * Error Codes".
 */
public final class MysqlServer implements Server {

  /**
   * How long a statement of Sluice's waits for a lock; both servers' own limit for locks on tables
   * is a day or a year.
   */
  private static final int LOCK_SECONDS = 5;

  // What the servers take for no limit.
  private static final long LONGEST_WAIT = 31_536_000;
  private static final long LONGEST_ROW_WAIT = 1_073_741_824;

  /** A session at rest, as long as the server's own default; an hour's build must not end it. */
  private static final String REST = "CAST(GREATEST(@@global.wait_timeout, 28800) AS UNSIGNED)";

  /** Others speak the protocol and call themselves by a version of MySQL's. */
  private static final Pattern OTHER = Pattern.compile("(?i)TiDB|Vitess|OceanBase|SingleStore");

  private static final Pattern SESSION = Pattern.compile("(?i)^\\s*(?:SET|PREPARE|LOCK TABLES)\\b");

  private final Engine engine;
  private final Definitions definitions;

  /**
   * One whose version is not known yet.
   *
   * @param engine MySQL or MariaDB
   */
  public MysqlServer(Engine engine) {
    this(engine, engine.oldest());
  }

  private MysqlServer(Engine engine, EngineVersion version) {
    if (engine == Engine.POSTGRESQL) {
      throw new IllegalArgumentException("PostgreSQL has a server of its own");
    }
    this.engine = engine;
    this.definitions = new MysqlDefinitions(engine, version);
  }

  @Override
  public Engine engine() {
    return engine;
  }

  /** MariaDB says so in its version, whatever the url says. */
  @Override
  public Server answering(String version) {
    Matcher other = OTHER.matcher(version);
    if (other.find()) {
      throw new Problem(
          Reason.DATABASE,
          "the server is "
              + other.group()
              + " ("
              + version
              + "): what its statements lock is not known\n  fix: the url of a MySQL or MariaDB");
    }
    boolean mariadb = version.toLowerCase(Locale.ROOT).contains("mariadb");
    return new MysqlServer(mariadb ? Engine.MARIADB : Engine.MYSQL, EngineVersion.parse(version));
  }

  @Override
  public Failure failure(String sqlState, int code) {
    return switch (code) {
      case 1205, 3572 -> Failure.LOCK_TIMEOUT;
      case 1213 -> Failure.DEADLOCK;
      // The second: the log of what others wrote meanwhile was full.
      case 1062, 1586, 1799 -> Failure.OVERTAKEN;
      case 1317, 1969, 3024 -> Failure.CANCELLED;
      case 1221, 1845, 1846 -> Failure.NOT_AS_STATED;
      case 1053, 1926, 1927, 2006, 2013, 4031 -> Failure.CONNECTION_LOST;
      case 1040, 1129, 1203, 2002, 2003 -> Failure.UNREACHABLE;
      case 1045, 1130, 1698, 1862, 3118 -> Failure.LOGIN_REFUSED;
      case 1049 -> Failure.UNKNOWN_DATABASE;
      case 1044, 1142, 1143, 1227, 1370, 1419 -> Failure.PRIVILEGE;
      case 1007, 1050, 1060, 1061, 1304, 1359, 1537, 1826 -> Failure.EXISTS;
      case 1008, 1051, 1054, 1091, 1146, 1305, 1360, 1539 -> Failure.ABSENT;
      default -> ofState(sqlState);
    };
  }

  @Override
  public Failure failure(String code) {
    boolean number = code.length() < 5 && code.chars().allMatch(Character::isDigit);
    return number && !code.isEmpty() ? failure("", Integer.parseInt(code)) : failure(code, 0);
  }

  // What the drivers find out by themselves has no number of the server's. MariaDB's says 08000 of
  // a connection that is not made and of one that breaks: then whether the statement was done is
  // open.
  private static Failure ofState(String sqlState) {
    return switch (sqlState) {
      case "08001", "08004" -> Failure.UNREACHABLE;
      case "08000", "08003", "08006", "08007", "08S01" -> Failure.CONNECTION_LOST;
      case "28000" -> Failure.LOGIN_REFUSED;
      default -> Failure.OTHER;
    };
  }

  @Override
  public String said(String message) {
    return message.replaceFirst("^\\(conn=-?\\d+\\) ", "");
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
    return "SELECT VERSION()";
  }

  @Override
  public String backend() {
    return "SELECT CONNECTION_ID()";
  }

  @Override
  public String readOnly() {
    // super_read_only brings it along. Later versions of MariaDB answer in words.
    return "SELECT IF(@@global.read_only IN ('0', 'OFF'), 0, 1)";
  }

  @Override
  public Map<String, String> driver(Duration patience) {
    return Map.of("tcpKeepAlive", "true", "connectTimeout", String.valueOf(patience.toMillis()));
  }

  /**
   * A connection has no name but the one that its driver gave it. Without READ COMMITTED a batch
   * would lock the gaps between its rows, and the end of the table, against inserts. MariaDB passes
   * over what stands between {@code /*!80000} and its end.
   */
  @Override
  public String introduce() {
    return "SET SESSION lock_wait_timeout = "
        + LOCK_SECONDS
        + ", innodb_lock_wait_timeout = "
        + LOCK_SECONDS
        + ", wait_timeout = "
        + REST
        + ", "
        + "/*!80000 information_schema_stats_expiry = 0, transaction_isolation */"
        + "/*M!100000 tx_isolation */ = 'READ-COMMITTED'";
  }

  /** Neither server can; a statement whose client is gone runs on. */
  @Override
  public String noticeLostClient() {
    return "DO 0";
  }

  @Override
  public Optional<String> currentSchema() {
    return Optional.of("SELECT DATABASE()");
  }

  @Override
  public Optional<String> sqlMode() {
    return Optional.of("SELECT @@session.sql_mode, @@global.lower_case_table_names");
  }

  @Override
  public Sizes sizes() {
    return new MysqlSizes(engine);
  }

  @Override
  public Definitions definitions() {
    return definitions;
  }

  @Override
  public List<String> limits(Limits limits, boolean inTransaction) {
    StringBuilder set = new StringBuilder("SET SESSION lock_wait_timeout = ");
    set.append(seconds(limits.lock(), LONGEST_WAIT))
        .append(", innodb_lock_wait_timeout = ")
        .append(seconds(limits.lock(), LONGEST_ROW_WAIT));
    if (engine == Engine.MARIADB) {
      set.append(", max_statement_time = ")
          .append(decimal(limits.statement()))
          .append(", idle_transaction_timeout = ")
          .append(limits.idle().plusMillis(999).toSeconds());
    } else {
      set.append(", max_execution_time = ").append(limits.statement().toMillis());
      if (inTransaction && !limits.idle().isZero()) {
        set.append(", wait_timeout = ").append(limits.idle().plusMillis(999).toSeconds());
      }
    }
    return List.of(set.toString());
  }

  // Whole seconds, rounded up; MariaDB also takes none at all.
  private long seconds(Duration lock, long longest) {
    if (lock.isZero()) {
      return longest;
    }
    return engine == Engine.MARIADB && lock.compareTo(Limits.AT_ONCE) <= 0
        ? 0
        : lock.plusMillis(999).toSeconds();
  }

  private static String decimal(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).toPlainString();
  }

  /** MySQL has no limit of its own for a transaction that stands still. */
  @Override
  public List<String> atRest() {
    return engine == Engine.MYSQL ? List.of("SET SESSION wait_timeout = " + REST) : List.of();
  }

  @Override
  public boolean settingsOutliveTransactions() {
    return true;
  }

  // MySQL: manual, "Atomic Data Definition Statement Support"; MariaDB: "Atomic DDL", from 10.6 on.
  // Before, a crash of the server itself can leave files behind that nobody sees.
  @Override
  public boolean definitionsAreAtomic() {
    return true;
  }

  @Override
  public boolean setsUpSession(String statement) {
    return SESSION.matcher(statement).find();
  }

  @Override
  public Optional<String> unfit() {
    String variables =
        engine == Engine.MYSQL
            ? "performance_schema.global_variables"
            : "information_schema.global_variables";
    return Optional.of(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM "
            + variables
            + " WHERE variable_name = 'wsrep_on' AND variable_value = 'ON') THEN 'a definition stops"
            + " all nodes of a Galera cluster, and a lock by name holds on one of them only; fix: run"
            + " the migrations by hand, with wsrep_OSU_method as you need it' WHEN @@global.log_bin"
            + " = 1 AND @@global.binlog_format = 'STATEMENT' THEN 'with binlog_format = STATEMENT a"
            + " batch would lock gaps between rows for others; fix: SET GLOBAL binlog_format ="
            + " ''ROW''' END");
  }

  @Override
  public Optional<String> currentPath() {
    return Optional.of("SELECT CONCAT('`', REPLACE(DATABASE(), '`', '``'), '`')");
  }

  @Override
  public String enter(Name schema) {
    return "USE " + Quoting.quote(schema);
  }

  @Override
  public String searchPath(String path, boolean inTransaction) {
    return "USE " + path;
  }

  // MySQL answers `one`@`%`, or NONE; MariaDB a bare name, or NULL.
  @Override
  public String currentRole() {
    return engine == Engine.MYSQL
        ? "SELECT CURRENT_ROLE()"
        : "SELECT COALESCE(CONCAT('`', REPLACE(CURRENT_ROLE(), '`', '``'), '`'), 'NONE')";
  }

  @Override
  public String role(String role, boolean inTransaction) {
    return "SET ROLE " + role;
  }

  @Override
  public Locking locking() {
    return new MysqlLocking(engine);
  }

  @Override
  public Monitoring monitoring() {
    return new MysqlMonitoring(engine);
  }

  @Override
  public Dependents dependents() {
    return new MysqlDependents();
  }

  @Override
  public Walking walking() {
    return new MysqlWalking();
  }

  @Override
  public JournalTables journal() {
    return new MysqlJournalTables();
  }
}
