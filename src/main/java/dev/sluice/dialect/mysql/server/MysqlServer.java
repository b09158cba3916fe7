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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MySQL or MariaDB server that is read: what is there, and how large it is. No plan runs on it
 * yet. Error numbers: manuals, "Server Error Message Reference", "MariaDB Error Codes".
 */
public final class MysqlServer implements Server {

  /**
   * How long a statement of Sluice's waits for a lock; both servers' own limit for locks on tables
   * is a day or a year.
   */
  private static final int LOCK_SECONDS = 5;

  /** Others speak the protocol and call themselves by a version of MySQL's. */
  private static final Pattern OTHER = Pattern.compile("(?i)TiDB|Vitess|OceanBase|SingleStore");

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
  public boolean runsPlans() {
    return false;
  }

  @Override
  public Failure failure(String sqlState, int code) {
    return switch (code) {
      case 1205, 3572 -> Failure.LOCK_TIMEOUT;
      case 1213 -> Failure.DEADLOCK;
      case 1317, 1969, 3024 -> Failure.CANCELLED;
      case 1053, 1927, 2006, 2013, 4031 -> Failure.CONNECTION_LOST;
      case 1040, 1129, 1203, 2002, 2003 -> Failure.UNREACHABLE;
      case 1045, 1130, 1698, 1862, 3118 -> Failure.LOGIN_REFUSED;
      case 1049 -> Failure.UNKNOWN_DATABASE;
      case 1044, 1142, 1143, 1227, 1370, 1419 -> Failure.PRIVILEGE;
      case 1007, 1050, 1060, 1061, 1304, 1359, 1537, 1826 -> Failure.EXISTS;
      case 1008, 1051, 1054, 1091, 1146, 1305, 1360, 1539 -> Failure.ABSENT;
      default -> ofState(sqlState);
    };
  }

  // What the drivers find out by themselves has no number of the server's.
  private static Failure ofState(String sqlState) {
    return switch (sqlState) {
      case "08000", "08001", "08004" -> Failure.UNREACHABLE;
      case "08003", "08006", "08007", "08S01" -> Failure.CONNECTION_LOST;
      case "28000" -> Failure.LOGIN_REFUSED;
      default -> Failure.OTHER;
    };
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
    return "SELECT @@global.read_only";
  }

  @Override
  public Map<String, String> driver(Duration patience) {
    return Map.of("tcpKeepAlive", "true", "connectTimeout", String.valueOf(patience.toMillis()));
  }

  /** A connection has no name but the one that its driver gave it. */
  @Override
  public String introduce() {
    return "SET SESSION lock_wait_timeout = "
        + LOCK_SECONDS
        + ", innodb_lock_wait_timeout = "
        + LOCK_SECONDS;
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
    throw noPlan();
  }

  @Override
  public String searchPath(String path, boolean inTransaction) {
    throw noPlan();
  }

  @Override
  public String currentRole() {
    throw noPlan();
  }

  @Override
  public String role(String role, boolean inTransaction) {
    throw noPlan();
  }

  @Override
  public Locking locking() {
    throw noPlan();
  }

  @Override
  public Monitoring monitoring() {
    throw noPlan();
  }

  @Override
  public Dependents dependents() {
    throw noPlan();
  }

  @Override
  public Walking walking() {
    throw noPlan();
  }

  @Override
  public JournalTables journal() {
    throw noPlan();
  }

  private UnsupportedOperationException noPlan() {
    return new UnsupportedOperationException("no plan runs on " + engine.title() + " yet");
  }
}
