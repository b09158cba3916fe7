package dev.sluice.dialect.postgresql.server;

import dev.sluice.dialect.Monitoring;
import dev.sluice.dialect.Sizes;
import dev.sluice.dialect.postgresql.writing.Quoting;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's statistics (manual, "pg_class", "Monitoring Database Activity"). */
final class PostgresqlMonitoring implements Monitoring, Sizes {

  // Before 14 a table that was never counted says 0 pages and 0 rows, since then -1 rows.
  private static final String UNCOUNTED =
      "(s.reltuples < 0 OR (s.relpages = 0 AND pg_catalog.pg_relation_size(s.oid) > 0))";

  // A partitioned table holds nothing itself: its leaves are summed up, and one leaf that was never
  // counted leaves the whole uncounted.
  private static final String SIZE =
      "CROSS JOIN LATERAL (SELECT coalesce(sum(pg_catalog.pg_total_relation_size(s.oid)), 0)"
          + " AS bytes, coalesce(sum(pg_catalog.pg_relation_size(s.oid)), 0) AS heap,"
          + " CASE WHEN bool_or("
          + UNCOUNTED
          + ") THEN -1 ELSE coalesce(sum(s.reltuples), 0) END AS tuples"
          + " FROM pg_catalog.pg_class s WHERE s.relkind IN ('r', 'm') AND (s.oid = c.oid OR"
          + " s.oid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(c.oid) p))) size";

  @Override
  public List<String> prepare() {
    return List.of();
  }

  @Override
  public String tables(List<Name> schemas) {
    return "SELECT n.nspname, c.relname, size.tuples::bigint, size.bytes::bigint"
        + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        + SIZE
        + " WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'"
        + " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
        + " ORDER BY 1, 2";
  }

  @Override
  public Optional<String> guess(String table) {
    return Optional.of("EXPLAIN SELECT FROM " + table);
  }

  @Override
  public String estimatedRows(String table) {
    return "SELECT size.tuples::bigint FROM pg_catalog.pg_class c "
        + SIZE
        + " WHERE c.oid = "
        + relation(table);
  }

  private static String relation(String table) {
    return "pg_catalog.to_regclass(" + Quoting.literal(table) + ")";
  }

  @Override
  public String estimatedRowBytes(String table) {
    return "SELECT CASE WHEN size.tuples > 0 THEN (size.heap / size.tuples)::bigint ELSE -1 END"
        + " FROM pg_catalog.pg_class c "
        + SIZE
        + " WHERE c.oid = "
        + relation(table);
  }

  // Who may not read other users' activity sees rows with empty columns. A base backup has no
  // position; a receiver of WAL alone has no replay position.
  @Override
  public String replicas() {
    return "SELECT coalesce(application_name, pid::text),"
        + " CASE WHEN state IS NULL THEN NULL ELSE greatest(0, pg_catalog.pg_wal_lsn_diff("
        + "pg_catalog.pg_current_wal_lsn(),"
        + " coalesce(replay_lsn, flush_lsn, write_lsn, sent_lsn)))::bigint END,"
        + " CASE WHEN state IS NULL THEN NULL ELSE"
        + " coalesce(extract(epoch FROM replay_lag) * 1000, 0)::bigint END"
        + " FROM pg_catalog.pg_stat_replication WHERE state IS DISTINCT FROM 'backup'";
  }

  @Override
  public String replicasUnread() {
    return "GRANT pg_monitor to the role that runs this, or take one that has it";
  }

  @Override
  public String backlog() {
    return "SELECT slot_name, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(),"
        + " restart_lsn)::bigint FROM pg_catalog.pg_replication_slots"
        + " WHERE restart_lsn IS NOT NULL AND NOT temporary";
  }

  @Override
  public String activeSessions() {
    return "SELECT CASE WHEN count(*) FILTER (WHERE state IS NULL) = 0"
        + " THEN count(*) FILTER (WHERE state = 'active') END"
        + " FROM pg_catalog.pg_stat_activity WHERE datname = current_database()"
        + " AND backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid()";
  }

  @Override
  public String sessionsUnread() {
    return "GRANT pg_monitor to this role";
  }

  @Override
  public Optional<String> analyze(String table) {
    return Optional.of("ANALYZE " + table);
  }
}
