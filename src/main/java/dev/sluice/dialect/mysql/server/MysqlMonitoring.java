package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Monitoring;
import dev.sluice.schema.Impact;
import java.util.Optional;

/** What {@code information_schema} tells, as far as the login may look. */
final class MysqlMonitoring implements Monitoring {

  /** Whether other users' sessions are shown. A privilege that comes by a role is not seen here. */
  private static final String SEES_SESSIONS =
      "EXISTS (SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'PROCESS'"
          + " AND grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), ''''))";

  private final Engine engine;

  MysqlMonitoring(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String estimatedRows(String table) {
    return "SELECT COALESCE(MAX(table_rows), -1)" + ofTable(table);
  }

  @Override
  public String estimatedRowBytes(String table) {
    return "SELECT COALESCE(MAX(avg_row_length), -1)" + ofTable(table);
  }

  private static String ofTable(String table) {
    return " FROM information_schema.tables WHERE "
        + CatalogName.is(CatalogName.table(table), "table_schema", "table_name");
  }

  // Only a replica knows how far it is behind. Without a binary log there is none; and who may not
  // see other sessions cannot tell.
  @Override
  public String replicas() {
    return "SELECT CONCAT(user, '@', host), NULL, NULL FROM information_schema.processlist"
        + " WHERE command LIKE 'Binlog Dump%' UNION ALL SELECT"
        + " '(none that this login may see)', NULL, NULL FROM (SELECT 1) one"
        + " WHERE @@global.log_bin = 1 AND NOT "
        + SEES_SESSIONS;
  }

  @Override
  public String replicasUnread() {
    return engine.title()
        + " tells it on the replica only (SHOW "
        + (engine == Engine.MYSQL ? "REPLICA" : "SLAVE")
        + " STATUS), and GRANT PROCESS ON *.* shows whether there is one";
  }

  /** Nothing is kept for a replica by name. */
  @Override
  public String backlog() {
    return "SELECT NULL, NULL FROM (SELECT 1) one WHERE FALSE";
  }

  @Override
  public String activeSessions() {
    return "SELECT CASE WHEN "
        + SEES_SESSIONS
        + " THEN COUNT(*) END FROM information_schema.processlist WHERE command NOT IN ('Sleep',"
        + " 'Daemon') AND db = DATABASE() AND id <> CONNECTION_ID()";
  }

  @Override
  public String sessionsUnread() {
    return "GRANT PROCESS ON *.* TO this login";
  }

  // InnoDB counts anew by itself when a tenth of a table has changed. ANALYZE TABLE makes who comes
  // next wait for who reads already, on MySQL before 8.0.24 and older MariaDB.
  @Override
  public Optional<String> analyze(String table) {
    return Optional.empty();
  }

  @Override
  public boolean worthAnalyzing(Impact impact) {
    return false;
  }
}
