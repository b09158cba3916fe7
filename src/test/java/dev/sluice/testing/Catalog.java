package dev.sluice.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * All that PostgreSQL's catalog says of a database, one line for each object, so that two databases
 * can be compared: as the server itself writes definitions. The order of columns is left out; so
 * are Flyway's table and Sluice's own schema.
 */
public final class Catalog {

  private static final String LINES =
      """
      WITH ours AS (
        SELECT oid, nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'sluice')),
      relation AS (
        SELECT c.*, n.nspname || '.' || c.relname AS name
        FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
        WHERE c.relname NOT LIKE 'flyway\\_schema\\_history%')
      SELECT format('relation %s kind %s persistence %s owner %s rls %s options %s replica %s',
                    name, relkind, relpersistence, relowner::regrole, relrowsecurity,
                    coalesce(reloptions::text, '-'), relreplident)
        FROM relation WHERE relkind <> 'i'
      UNION ALL
      SELECT format('column %s.%s type %s null %s default %s identity %s generated %s collation %s statistics %s storage %s',
                    r.name, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
                    coalesce(pg_get_expr(d.adbin, d.adrelid), '-'),
                    coalesce(nullif(a.attidentity, ''), '-'), coalesce(nullif(a.attgenerated, ''), '-'),
                    coalesce(nullif(a.attcollation, 0)::regcollation::text, '-'),
                    coalesce(a.attstattarget::text, '-'), a.attstorage)
        FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
        WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT format('constraint %s.%s %s valid %s inherited %s', r.name, k.conname, pg_get_constraintdef(k.oid),
                    k.convalidated, k.coninhcount)
        FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid
      UNION ALL
      SELECT format('index %s valid %s ready %s primary %s replica %s clustered %s', pg_get_indexdef(x.indexrelid),
                    x.indisvalid, x.indisready, x.indisprimary, x.indisreplident, x.indisclustered)
        FROM relation r JOIN pg_index x ON x.indexrelid = r.oid
      UNION ALL
      SELECT format('view %s is %s', name, pg_get_viewdef(oid)) FROM relation WHERE relkind IN ('v', 'm')
      UNION ALL
      SELECT format('view %s has columns %s', r.name,
                    (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0))
        FROM relation r WHERE relkind IN ('v', 'm')
      UNION ALL
      SELECT format('rule %s', pg_get_ruledef(u.oid))
        FROM pg_rewrite u JOIN relation r ON r.oid = u.ev_class WHERE u.rulename <> '_RETURN'
      UNION ALL
      SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
      UNION ALL
      SELECT format('policy %s.%s %s %s %s', r.name, p.polname, p.polcmd, pg_get_expr(p.polqual, r.oid),
                    pg_get_expr(p.polwithcheck, r.oid))
        FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
      UNION ALL
      SELECT format('sequence %s type %s start %s by %s from %s to %s cache %s cycle %s of %s', r.name,
                    s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
                    coalesce((SELECT d.refobjid::regclass || '.' || a.attname || ' ' || d.deptype::text
                              FROM pg_depend d
                              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                              WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
                                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')), '-'))
        FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
      UNION ALL
      SELECT format('function %s owner %s', pg_get_functiondef(p.oid), p.proowner::regrole)
        FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace WHERE p.prokind IN ('f', 'p')
      UNION ALL
      SELECT format('type %s.%s kind %s labels %s', n.nspname, t.typname, t.typtype,
                    coalesce((SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder)
                              FROM pg_enum WHERE enumtypid = t.oid), '-'))
        FROM pg_type t JOIN ours n ON n.oid = t.typnamespace
        WHERE t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND EXISTS
              (SELECT 1 FROM pg_class WHERE oid = t.typrelid AND relkind = 'c'))
      UNION ALL
      SELECT format('extension %s', extname) FROM pg_extension
      UNION ALL
      SELECT format('comment on %s is %s', i.identity, d.description)
        FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
        WHERE i.schema IN (SELECT nspname FROM ours)
      UNION ALL
      SELECT format('grant on %s %s', r.name, (SELECT string_agg(g::text, ', ' ORDER BY g::text) FROM unnest(r.relacl) g))
        FROM relation r WHERE r.relacl IS NOT NULL
      UNION ALL
      SELECT format('grant on %s.%s %s', r.name, a.attname, a.attacl)
        FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
      UNION ALL
      SELECT format('grant on function %s %s', p.oid::regprocedure, p.proacl)
        FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace WHERE p.proacl IS NOT NULL
      """;

  private static final String NAMES =
      """
      WITH relation AS (
        SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'sluice'))
      SELECT relname FROM relation
      UNION SELECT attname FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid
            WHERE attnum > 0 AND NOT attisdropped
      UNION SELECT conname FROM pg_constraint k JOIN relation r ON r.oid = k.conrelid
      UNION SELECT tgname FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid
      UNION SELECT enumlabel FROM pg_enum
      """;

  private Catalog() {}

  /** One line for each object. */
  public static SortedSet<String> of(DataSource database) throws SQLException {
    return column(database, LINES);
  }

  /**
   * What statements name: relations, columns, constraints, triggers and the values of enums; a name
   * that two of them bear once.
   */
  public static SortedSet<String> names(DataSource database) throws SQLException {
    return column(database, NAMES);
  }

  private static SortedSet<String> column(DataSource database, String query) throws SQLException {
    SortedSet<String> lines = new TreeSet<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }
}
