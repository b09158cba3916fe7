package dev.sluice.dialect.mysql.probing;

import static dev.sluice.dialect.mysql.writing.Quoting.literal;

import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/**
 * Conditions on {@code information_schema}: 0 or 1, never an error, also where an object is
 * missing.
 */
final class Catalog {

  private Catalog() {}

  /** The database of a name, the connection's own where it says none. */
  static String database(QualifiedName name) {
    return name.schema()
        .filter(s -> !s.equals(Quoting.OWN_DATABASE))
        .map(s -> literal(s.text()))
        .orElse("DATABASE()");
  }

  static String not(String condition) {
    return "NOT " + condition;
  }

  static String both(String one, String other) {
    return "(" + one + " AND " + other + ")";
  }

  private static String exists(String from, String where) {
    return "EXISTS (SELECT 1 FROM information_schema." + from + " WHERE " + where + ")";
  }

  private static String and(String where) {
    return where.isEmpty() ? "" : " AND " + where;
  }

  /** Whether a relation is there and {@code where} holds of its row in {@code tables}. */
  static String relation(QualifiedName name, String where) {
    return exists(
        "tables",
        "table_schema = "
            + database(name)
            + " AND table_name = "
            + literal(name.name().text())
            + and(where));
  }

  /** A table, which no view of its name is. */
  static String table(QualifiedName name) {
    return relation(name, "table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')");
  }

  static String view(QualifiedName name) {
    return relation(name, "table_type = 'VIEW'");
  }

  static String sequence(QualifiedName name) {
    return relation(name, "table_type = 'SEQUENCE'");
  }

  /** Whether the column is there and {@code where} holds of its row {@code c}. */
  static String column(QualifiedName table, Name column, String where) {
    return exists(
        "columns c",
        "c.table_schema = "
            + database(table)
            + " AND c.table_name = "
            + literal(table.name().text())
            + " AND c.column_name = "
            + literal(column.text())
            + and(where));
  }

  /** Whether the constraint is there and {@code where} holds of its row. */
  static String constraint(QualifiedName table, Name constraint, String where) {
    return exists(
        "table_constraints",
        "table_schema = "
            + database(table)
            + " AND table_name = "
            + literal(table.name().text())
            + " AND constraint_name = "
            + literal(constraint.text())
            + and(where));
  }

  /** Whether the column refers to a table, by whatever constraint. */
  static String refers(QualifiedName table, Name column, QualifiedName parent) {
    return exists(
        "key_column_usage",
        "table_schema = "
            + database(table)
            + " AND table_name = "
            + literal(table.name().text())
            + " AND column_name = "
            + literal(column.text())
            + " AND referenced_table_name = "
            + literal(parent.name().text()));
  }

  /** Whether the index is there and {@code where} holds of its rows in {@code statistics}. */
  static String index(QualifiedName table, Name index, String where) {
    return exists(
        "statistics",
        "table_schema = "
            + database(table)
            + " AND table_name = "
            + literal(table.name().text())
            + " AND index_name = "
            + literal(index.text())
            + and(where));
  }

  static String partition(QualifiedName table, String where) {
    return exists(
        "partitions",
        "table_schema = "
            + database(table)
            + " AND table_name = "
            + literal(table.name().text())
            + and(where));
  }

  /** A trigger, whose name is of its whole database. */
  static String trigger(QualifiedName name) {
    return exists(
        "triggers",
        "trigger_schema = "
            + database(name)
            + " AND trigger_name = "
            + literal(name.name().text()));
  }

  static String routine(ObjectKind kind, QualifiedName name) {
    return exists(
        "routines",
        "routine_schema = "
            + database(name)
            + " AND routine_name = "
            + literal(name.name().text())
            + " AND routine_type = "
            + literal(kind.sql()));
  }

  static String event(QualifiedName name) {
    return exists(
        "events",
        "event_schema = " + database(name) + " AND event_name = " + literal(name.name().text()));
  }

  static String schema(Name name) {
    return exists("schemata", "schema_name = " + literal(name.text()));
  }
}
