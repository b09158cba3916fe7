package dev.sluice.dialect.postgresql.writing;

import dev.sluice.sql.QualifiedName;

/**
 * A view over nothing with the columns of another. CREATE OR REPLACE keeps a view only where names,
 * types and collations stay (manual, "CREATE VIEW"), and only the catalog knows these.
 */
final class DetachedView {

  private DetachedView() {}

  static String of(QualifiedName view) {
    String name = Quoting.literal(Quoting.quote(view));
    return """
        /* the view lets go of what it reads */
        DO $sluice$
        BEGIN
          EXECUTE (SELECT format('CREATE OR REPLACE VIEW %%s AS SELECT %%s', %s, string_agg(
              format('NULL::%%s%%s AS %%I', format_type(a.atttypid, a.atttypmod),
                CASE WHEN l.oid IS NOT NULL THEN format(' COLLATE %%I.%%I', n.nspname, l.collname)
                  ELSE '' END, a.attname), ', ' ORDER BY a.attnum))
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.oid <> t.typcollation
            LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
            WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped);
        END
        $sluice$"""
        .formatted(name, name);
  }
}
