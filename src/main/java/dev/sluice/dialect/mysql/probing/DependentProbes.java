package dev.sluice.dialect.mysql.probing;

import static dev.sluice.dialect.mysql.writing.Quoting.literal;

import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.QualifiedName;

/**
 * What would keep something from being dropped. Views do not: they name by text, and fail when they
 * are asked.
 */
final class DependentProbes {

  private final boolean mariadb;

  DependentProbes(boolean mariadb) {
    this.mariadb = mariadb;
  }

  /** Foreign keys from it and to it, generated columns, and CHECKs over other columns as well. */
  String of(ColumnName column) {
    String table = " = " + Catalog.database(column.table());
    String name = literal(column.table().name().text());
    String own = literal(column.column().text());
    String mentioned = "'%" + Quoting.quote(column.column()).replace("'", "''") + "%'";
    String keys =
        "SELECT constraint_name AS name FROM information_schema.key_column_usage"
            + " WHERE referenced_table_name IS NOT NULL AND (table_schema"
            + table
            + " AND table_name = "
            + name
            + " AND column_name = "
            + own
            + " OR referenced_table_schema"
            + table
            + " AND referenced_table_name = "
            + name
            + " AND referenced_column_name = "
            + own
            + ")";
    String generated =
        "SELECT column_name FROM information_schema.columns WHERE table_schema"
            + table
            + " AND table_name = "
            + name
            + " AND column_name <> "
            + own
            + " AND generation_expression LIKE "
            + mentioned;
    String checks =
        "SELECT k.constraint_name FROM information_schema.table_constraints k"
            + " JOIN information_schema.check_constraints c"
            + " ON c.constraint_schema = k.constraint_schema"
            + " AND c.constraint_name = k.constraint_name"
            + (mariadb ? " AND c.table_name = k.table_name" : "")
            + " WHERE k.constraint_type = 'CHECK' AND k.table_schema"
            + table
            + " AND k.table_name = "
            + name
            + " AND c.check_clause LIKE "
            + mentioned
            // One over this column alone goes with it.
            + " AND EXISTS (SELECT 1 FROM information_schema.columns o WHERE o.table_schema"
            + table
            + " AND o.table_name = "
            + name
            + " AND o.column_name <> "
            + own
            + " AND c.check_clause LIKE CONCAT('%`', o.column_name, '`%'))";
    return "SELECT count(*) FROM ("
        + keys
        + " UNION SELECT * FROM ("
        + generated
        + ") AS g UNION SELECT * FROM ("
        + checks
        + ") AS c) AS dependent";
  }

  /** Foreign keys of other tables. */
  String of(QualifiedName relation) {
    return "SELECT count(DISTINCT table_schema, table_name, constraint_name)"
        + " FROM information_schema.key_column_usage WHERE referenced_table_schema = "
        + Catalog.database(relation)
        + " AND referenced_table_name = "
        + literal(relation.name().text())
        + " AND NOT (table_schema = referenced_table_schema AND table_name ="
        + " referenced_table_name)";
  }
}
