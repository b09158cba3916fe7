package dev.sluice.dialect.postgresql.impact;

import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a statement did on a real server, seen from inside its transaction before it ends.
 *
 * @param tables the strongest lock on each table and view that was there before, plain reads left
 *     out
 * @param others the same of indexes and sequences
 * @param rowsRead of the table that it read most of
 * @param skipped it told that something of IF EXISTS or IF NOT EXISTS was left out; a lock that was
 *     taken to find out is given back by then
 */
public record Measured(
    Map<String, LockMode> tables,
    Map<String, LockMode> others,
    Work work,
    long rowsRead,
    boolean skipped) {

  /** What was there before. */
  private record Relation(String name, String kind, long file, long rowsRead) {
    boolean isTable() {
      return "rpvm".contains(kind);
    }
  }

  private static final String RELATIONS =
      """
      SELECT c.oid, n.nspname || '.' || c.relname, c.relkind,
        coalesce(pg_relation_filenode(c.oid), 0)::bigint,
        coalesce(s.seq_tup_read, 0) + coalesce(s.idx_tup_fetch, 0)
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
      WHERE n.nspname !~ '^(pg_|information_schema)' AND c.relkind IN ('r','p','v','m','S','i','I')
      """;

  /**
   * Runs it in the open transaction of {@code connection}, and leaves that open.
   *
   * @param rows that stand in every table that it may read: who reads half of them scans
   */
  public static Measured running(String sql, Connection connection, long rows) throws SQLException {
    countEveryRow(connection);
    Map<Long, Relation> before = relations(connection);
    boolean skipped = false;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      for (SQLWarning told = statement.getWarnings(); told != null; told = told.getNextWarning()) {
        skipped |= String.valueOf(told.getMessage()).endsWith(", skipping");
      }
    }
    Map<Long, Relation> after = relations(connection);
    Map<String, LockMode> tables = new TreeMap<>();
    Map<String, LockMode> others = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet locks =
            statement.executeQuery(
                "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation'"
                    + " AND pid = pg_backend_pid() AND granted AND mode <> 'AccessShareLock'")) {
      while (locks.next()) {
        Relation relation = before.get(locks.getLong(1));
        if (relation != null) {
          (relation.isTable() ? tables : others)
              .merge(relation.name, mode(locks.getString(2)), Measured::stronger);
        }
      }
    }
    long rowsRead = rowsRead(before, after);
    return new Measured(
        tables, others, work(connection, before, rowsRead >= rows / 2), rowsRead, skipped);
  }

  /**
   * Rows that an index alone answers for are counted nowhere, and whether one may hangs on when
   * autovacuum was there.
   */
  private static void countEveryRow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL enable_indexonlyscan = off");
    }
  }

  private static Map<Long, Relation> relations(Connection connection) throws SQLException {
    Map<Long, Relation> relations = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(RELATIONS)) {
      while (rows.next()) {
        relations.put(
            rows.getLong(1),
            new Relation(rows.getString(2), rows.getString(3), rows.getLong(4), rows.getLong(5)));
      }
    }
    return relations;
  }

  private static long rowsRead(Map<Long, Relation> before, Map<Long, Relation> after) {
    return before.entrySet().stream()
        .mapToLong(
            e ->
                Optional.ofNullable(after.get(e.getKey()))
                    .map(a -> a.rowsRead - e.getValue().rowsRead)
                    .orElse(0L))
        .max()
        .orElse(0);
  }

  /**
   * By file nodes: a table with a new one was written anew, unless it is empty (TRUNCATE). An index
   * of a table that stayed, with a file that was not there before, was built.
   */
  private static Work work(Connection connection, Map<Long, Relation> before, boolean scans)
      throws SQLException {
    Work work = scans ? Work.SCAN : Work.INSTANT;
    String query =
        """
        SELECT c.oid, c.relkind, pg_relation_filenode(c.oid)::bigint, coalesce(i.indrelid, 0),
          pg_relation_size(coalesce(i.indrelid, c.oid)) > 0
        FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
        WHERE c.relkind IN ('r','m','i') AND pg_relation_filenode(c.oid) IS NOT NULL
        """;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        boolean isIndex = rows.getString(2).equals("i");
        boolean wasThere = before.containsKey(rows.getLong(isIndex ? 4 : 1));
        long file = rows.getLong(3);
        boolean isNew = before.values().stream().noneMatch(r -> r.file == file);
        if (wasThere && isNew && rows.getBoolean(5)) {
          work = work.max(isIndex ? Work.BUILD : Work.REWRITE);
        }
      }
    }
    return work;
  }

  /** The one of both that is in the way of more. */
  public static LockMode stronger(LockMode one, LockMode other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Of {@code ShareRowExclusiveLock}. */
  static LockMode mode(String text) {
    String words = text.replaceAll("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    return LockMode.valueOf(words.toUpperCase(Locale.ROOT));
  }
}
