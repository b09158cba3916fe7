package dev.sluice.dialect.postgresql.server;

import dev.sluice.dialect.Dependents;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * PostgreSQL's {@code pg_depend} (manual, "Dependency Tracking"): a normal dependency keeps a DROP
 * without CASCADE from running; what depends automatically or internally goes along.
 */
final class PostgresqlDependents implements Dependents {

  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)";
  private static final String PLACE = "(" + NAME + "(?:\\." + NAME + ")?)";
  private static final String IF_EXISTS = "(?:IF EXISTS )?";

  private static final Pattern COLUMNS =
      form("ALTER TABLE " + IF_EXISTS + "(?:ONLY )?" + PLACE + " (.*\\bDROP COLUMN .*)");
  private static final Pattern COLUMN = form("\\bDROP COLUMN " + IF_EXISTS + "(" + NAME + ")");
  private static final Pattern RELATION =
      form(
          "DROP (?:FOREIGN TABLE|TABLE|MATERIALIZED VIEW|VIEW|SEQUENCE) "
              + IF_EXISTS
              + PLACE
              + "\\s*;?");
  private static final Pattern TABLE =
      form("DROP (?:FOREIGN )?TABLE " + IF_EXISTS + "(?:(" + NAME + ")\\.)?(" + NAME + ")\\s*;?");
  private static final Pattern TYPE = form("DROP (?:TYPE|DOMAIN) " + IF_EXISTS + PLACE + "\\s*;?");

  private static final String WHOLE = "";

  private static final Pattern SUBJECT =
      form(
          "(?:CREATE (?:OR REPLACE )?(?:MATERIALIZED )?VIEW|COMMENT ON (?:TABLE|VIEW|INDEX|SEQUENCE|"
              + "MATERIALIZED VIEW)|ALTER TABLE(?: IF EXISTS)?(?: ONLY)?|UPDATE(?: ONLY)?|INSERT"
              + " INTO|DELETE FROM(?: ONLY)?) "
              + PLACE
              + "(?:[\\s(;].*)?");

  private static Pattern form(String text) {
    return Pattern.compile(text.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  @Override
  public Optional<String> of(String statement) {
    String sql = statement.strip();
    Matcher columns = COLUMNS.matcher(sql);
    if (columns.matches()) {
      return Optional.of(ofColumns(columns.group(1), dropped(columns.group(2))));
    }
    Matcher relation = RELATION.matcher(sql);
    if (relation.matches()) {
      return Optional.of(
          query(
              "d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = "
                  + relation(relation.group(1)),
              WHOLE));
    }
    Matcher type = TYPE.matcher(sql);
    return type.matches()
        ? Optional.of(
            query(
                "d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid ="
                    + " pg_catalog.to_regtype("
                    + literal(type.group(1))
                    + ")",
                WHOLE))
        : Optional.empty();
  }

  @Override
  public Optional<QualifiedName> droppedTable(String statement) {
    Matcher table = TABLE.matcher(statement.strip());
    return table.matches()
        ? Optional.of(
            new QualifiedName(
                Optional.ofNullable(table.group(1)).map(s -> new Name(folded(s))),
                new Name(folded(table.group(2)))))
        : Optional.empty();
  }

  @Override
  public Optional<String> subjectOf(String statement) {
    Matcher subject = SUBJECT.matcher(statement.strip());
    return subject.matches()
        ? Optional.of(
            "SELECT CASE WHEN " + relation(subject.group(1)) + " IS NULL THEN 0 ELSE 1 END")
        : Optional.empty();
  }

  private static List<String> dropped(String clauses) {
    List<String> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(clauses);
    while (column.find()) {
      columns.add(column.group(1));
    }
    return columns;
  }

  private static String ofColumns(String table, List<String> columns) {
    return query(
        "d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = "
            + relation(table)
            + " AND d.refobjsubid IN (SELECT a.attnum FROM pg_catalog.pg_attribute a WHERE"
            + " a.attrelid = d.refobjid AND a.attname IN ("
            + columns.stream()
                .map(column -> literal(folded(column)))
                .collect(Collectors.joining(", "))
            + "))",
        // A policy goes with its table, and keeps the columns that it reads.
        " AND o.refobjsubid = d.refobjsubid");
  }

  /** A view's dependencies are those of its rule; everybody calls it the view. */
  private static String query(String dropped, String alongWith) {
    return "SELECT DISTINCT CASE WHEN r.oid IS NULL"
        + " THEN pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)"
        + " ELSE pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, r.ev_class, 0) END,"
        + " coalesce(v.relname::text, n.names[cardinality(n.names)]),"
        + " CASE WHEN r.oid IS NULL AND cardinality(n.names) > 2"
        + " THEN n.names[cardinality(n.names) - 1] ELSE '' END"
        + " FROM pg_catalog.pg_depend d"
        + " LEFT JOIN pg_catalog.pg_rewrite r"
        + " ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid"
        + " LEFT JOIN pg_catalog.pg_class v ON v.oid = r.ev_class"
        + " CROSS JOIN LATERAL (SELECT object_names AS names FROM"
        + " pg_catalog.pg_identify_object_as_address(d.classid, d.objid, d.objsubid)) n"
        + " WHERE d.deptype = 'n' AND "
        + dropped
        + " AND (r.oid IS NULL OR r.ev_class <> d.refobjid)"
        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend o WHERE o.classid = d.classid"
        + " AND o.objid = d.objid AND o.refclassid = d.refclassid AND o.refobjid = d.refobjid"
        + " AND o.deptype IN ('a', 'i')"
        + alongWith
        + ")"
        + " ORDER BY 1";
  }

  private static String relation(String place) {
    return "pg_catalog.to_regclass(" + literal(place) + ")";
  }

  private static String folded(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name.toLowerCase(Locale.ROOT);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
