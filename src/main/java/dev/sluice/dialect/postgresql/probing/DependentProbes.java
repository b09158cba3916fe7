package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.probing.Catalog.relation;
import static dev.sluice.dialect.postgresql.writing.Quoting.literal;

import dev.sluice.schema.ColumnName;
import dev.sluice.sql.QualifiedName;

/**
 * What would keep something from being dropped without CASCADE: entries of {@code pg_depend} that
 * are not the object's own parts (manual, "Dependency Tracking").
 */
final class DependentProbes {

  private DependentProbes() {}

  /**
   * Views, foreign keys from elsewhere, generated columns. A CHECK has two entries, as a part and
   * for its expression; a generated column's looks like that of a part.
   */
  static String of(ColumnName column) {
    return "SELECT count(*) FROM (SELECT d.classid, d.objid, d.objsubid"
        + " FROM pg_catalog.pg_attribute a"
        + " JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass"
        + " AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum"
        + " LEFT JOIN pg_catalog.pg_attrdef e"
        + " ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = e.oid"
        + " LEFT JOIN pg_catalog.pg_attribute g ON g.attgenerated <> '' AND g.attnum <> a.attnum"
        + " AND (g.attrelid = e.adrelid AND g.attnum = e.adnum"
        + " OR d.classid = 'pg_catalog.pg_class'::regclass"
        + " AND g.attrelid = d.objid AND g.attnum = d.objsubid)"
        + " WHERE a.attrelid = "
        + relation(column.table())
        + " AND a.attname = "
        + literal(column.column().text())
        + " AND NOT a.attisdropped GROUP BY 1, 2, 3"
        + " HAVING bool_and(d.deptype = 'n') OR count(g.attnum) > 0) AS dependent";
  }

  static String of(QualifiedName relation) {
    return "SELECT count(DISTINCT (d.classid, d.objid)) FROM pg_catalog.pg_depend d"
        + " LEFT JOIN pg_catalog.pg_constraint c ON d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = c.oid"
        + " LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid"
        + " WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = "
        + relation(relation)
        + " AND d.deptype = 'n' AND d.objid <> d.refobjid"
        + " AND coalesce(c.conrelid, 0) <> d.refobjid AND coalesce(r.ev_class, 0) <> d.refobjid";
  }
}
