package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.writing.Quoting.literal;
import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Conditions on the catalog: boolean SQL that is false, never an error, where an object is missing.
 * Every name goes through {@code to_regclass} and its like, which find it as a statement would and
 * answer NULL for what is not there.
 */
final class Catalog {

  private Catalog() {}

  static String relation(QualifiedName name) {
    return "to_regclass(" + literal(quote(name)) + ")";
  }

  static String type(QualifiedName name) {
    return "to_regtype(" + literal(quote(name)) + ")";
  }

  static String not(String condition) {
    return "NOT coalesce(" + condition + ", false)";
  }

  static String both(String one, String other) {
    return one + " AND " + other;
  }

  static String exists(String from, String where) {
    return "EXISTS (SELECT FROM " + from + " WHERE " + where + ")";
  }

  /**
   * Whether there is such a relation.
   *
   * @param kinds letters of {@code pg_class.relkind}
   */
  static String relationOf(String kinds, QualifiedName name) {
    String letters =
        kinds.chars().mapToObj(c -> "'" + (char) c + "'").collect(Collectors.joining(", "));
    return exists(
        "pg_catalog.pg_class", "oid = " + relation(name) + " AND relkind IN (" + letters + ")");
  }

  static String table(QualifiedName name) {
    return relationOf("rpf", name);
  }

  static String relation(QualifiedName name, String where) {
    return exists("pg_catalog.pg_class", "oid = " + relation(name) + " AND " + where);
  }

  /** Whether the column is there and {@code where} holds of its row in {@code pg_attribute}. */
  static String column(QualifiedName table, Name column, String where) {
    return exists(
        "pg_catalog.pg_attribute a",
        "a.attrelid = "
            + relation(table)
            + " AND a.attname = "
            + literal(column.text())
            + " AND a.attnum > 0 AND NOT a.attisdropped"
            + (where.isEmpty() ? "" : " AND " + where));
  }

  /**
   * Whether the constraint is there and {@code where} holds of its row in {@code pg_constraint}.
   */
  static String constraint(QualifiedName table, Name constraint, String where) {
    return exists(
        "pg_catalog.pg_constraint",
        "conrelid = "
            + relation(table)
            + " AND conname = "
            + literal(constraint.text())
            + (where.isEmpty() ? "" : " AND " + where));
  }

  /** Whether there is a constraint of the type on exactly these columns, whatever its name. */
  static String constraintOn(QualifiedName table, char type, List<Name> columns, String where) {
    String names = columns.stream().map(c -> literal(c.text())).collect(Collectors.joining(", "));
    return exists(
        "pg_catalog.pg_constraint c",
        "c.conrelid = "
            + relation(table)
            + " AND c.contype = '"
            + type
            + "' AND ARRAY["
            + names
            + "]::name[] = ARRAY(SELECT a.attname FROM unnest(c.conkey) WITH ORDINALITY AS k (num, ord)"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num"
            + " ORDER BY k.ord)"
            + (where.isEmpty() ? "" : " AND " + where));
  }

  /** The row of the index, where {@code where} holds of it. */
  static String index(QualifiedName index, String where) {
    return exists(
        "pg_catalog.pg_index",
        "indexrelid = " + relation(index) + (where.isEmpty() ? "" : " AND " + where));
  }

  static String trigger(QualifiedName table, Name trigger, String where) {
    return exists(
        "pg_catalog.pg_trigger",
        "tgrelid = "
            + relation(table)
            + " AND tgname = "
            + literal(trigger.text())
            + " AND NOT tgisinternal"
            + (where.isEmpty() ? "" : " AND " + where));
  }

  static String enumValue(QualifiedName type, String value) {
    return exists(
        "pg_catalog.pg_enum", "enumtypid = " + type(type) + " AND enumlabel = " + literal(value));
  }

  static String child(QualifiedName child, QualifiedName parent) {
    return exists(
        "pg_catalog.pg_inherits",
        "inhrelid = " + relation(child) + " AND inhparent = " + relation(parent));
  }

  /**
   * Whether an object of a catalog whose columns share a prefix ({@code stxname}, {@code
   * stxnamespace}) is there, and {@code where} holds of its row {@code o}.
   */
  static String inSchema(String catalog, String prefix, QualifiedName name, String where) {
    String schema =
        name.schema()
            .map(s -> "n.nspname = " + literal(s.text()))
            .orElse("n.nspname = ANY (pg_catalog.current_schemas(true))");
    return exists(
        "pg_catalog."
            + catalog
            + " o JOIN pg_catalog.pg_namespace n ON n.oid = o."
            + prefix
            + "namespace",
        "o."
            + prefix
            + "name = "
            + literal(name.name().text())
            + " AND "
            + schema
            + (where.isEmpty() ? "" : " AND " + where));
  }
}
