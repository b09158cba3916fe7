package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/**
 * Views that read a column which makes way for another of the same name: dropped and made again in
 * the transaction that does it, in the server's own words, with owner, options, grants and comment.
 * The server knows them all, those too that no migration made.
 */
final class DependentViews {

  private final Writer writer;
  private final QualifiedName table;
  private final Name column;

  DependentViews(Writer writer, QualifiedName table, Name column) {
    this.writer = writer;
    this.table = table;
    this.column = column;
  }

  /** Keeps what they are until the transaction ends; the nearest first. */
  String remember() {
    return """
        /* the views that read it, as they are */
        CREATE TEMPORARY TABLE sluice_views ON COMMIT DROP AS
        WITH RECURSIVE reading AS (
          SELECT r.ev_class AS view, 1 AS distance
          FROM pg_attribute a
          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
            AND d.refobjsubid = a.attnum AND d.classid = 'pg_rewrite'::regclass
          JOIN pg_rewrite r ON r.oid = d.objid
          WHERE a.attrelid = %s::regclass AND a.attname = %s AND NOT a.attisdropped
          UNION
          SELECT r.ev_class, reading.distance + 1
          FROM reading
          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = reading.view
            AND d.classid = 'pg_rewrite'::regclass
          JOIN pg_rewrite r ON r.oid = d.objid
          WHERE r.ev_class <> reading.view)
        SELECT max(reading.distance) AS distance, format('%%I.%%I', n.nspname, c.relname) AS name,
          pg_get_viewdef(c.oid) AS query, c.reloptions AS options, c.relacl AS grants,
          quote_ident(pg_get_userbyid(c.relowner)) AS owner,
          obj_description(c.oid, 'pg_class') AS remark
        FROM reading JOIN pg_class c ON c.oid = reading.view
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v' GROUP BY c.oid, n.nspname"""
        .formatted(writer.literal(writer.quote(table)), writer.literal(column.text()));
  }

  /** What reads others goes before them. */
  String drop() {
    return """
        /* they go */
        DO $sluice$
        DECLARE
          v record;
        BEGIN
          FOR v IN SELECT * FROM sluice_views ORDER BY distance DESC LOOP
            EXECUTE format('DROP VIEW %s', v.name);
          END LOOP;
        END
        $sluice$""";
  }

  String makeAgain() {
    return """
        /* they are made again, with owner, options, grants and comment */
        DO $sluice$
        DECLARE
          v record;
          g record;
        BEGIN
          FOR v IN SELECT * FROM sluice_views ORDER BY distance LOOP
            EXECUTE format('CREATE VIEW %s %s AS %s', v.name,
              coalesce('WITH (' || array_to_string(v.options, ', ') || ')', ''), v.query);
            EXECUTE format('ALTER VIEW %s OWNER TO %s', v.name, v.owner);
            EXECUTE format('COMMENT ON VIEW %s IS %L', v.name, v.remark);
            FOR g IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC'
                ELSE quote_ident(pg_get_userbyid(grantee)) END AS who, privilege_type AS what,
                CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option
                FROM aclexplode(v.grants) LOOP
              EXECUTE format('GRANT %s ON %s TO %s%s', g.what, v.name, g.who, g.option);
            END LOOP;
          END LOOP;
        END
        $sluice$""";
  }
}
