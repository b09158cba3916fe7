package dev.sluice.dialect.postgresql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Definitions;
import dev.sluice.sql.Name;
import java.util.List;

/**
 * PostgreSQL's catalog as statements: what {@code pg_get_…def} shows, and the few that it has no
 * function for (manual, "System Catalog Information Functions").
 */
final class PostgresqlDefinitions implements Definitions {

  private static final String USERS =
      " n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'";

  /** For the namespace of what is asked for. */
  private static String in(String namespace) {
    return " JOIN pg_catalog.pg_namespace n ON n.oid = " + namespace + " AND" + USERS;
  }

  private static String noExtension(String catalog, String oid) {
    return " NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.deptype = 'e' AND e.classid ="
        + " 'pg_catalog."
        + catalog
        + "'::regclass AND e.objid = "
        + oid
        + ")";
  }

  private static String rows(String sql) {
    return "SELECT " + sql;
  }

  @Override
  public List<String> begin() {
    return List.of(
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        "SET LOCAL search_path TO ''",
        "SET LOCAL quote_all_identifiers TO off");
  }

  /** Each row is a statement, and for an index whether it is valid. */
  @Override
  public List<Definition> statements(List<Name> schemas, List<List<Answer>> answers) {
    return answers.stream()
        .flatMap(List::stream)
        .map(a -> new Definition(a.text(0), a.optional(1).map("1"::equals)))
        .toList();
  }

  @Override
  public List<String> questions(List<Name> schemas) {
    return List.of(
        schemas(),
        extensions(),
        enums(),
        composites(),
        ranges(),
        domains(),
        sequences(),
        routines(),
        tables(),
        foreignTables(),
        owners(),
        constraints("c.contype <> 'f'"),
        indexes(),
        constraints("c.contype = 'f'"),
        partitions(),
        heirs(),
        views(),
        viewIndexes(),
        triggers(),
        rules(),
        policies(),
        statistics());
  }

  private static String schemas() {
    return rows(
        "pg_catalog.format('CREATE SCHEMA %I', n.nspname), NULL FROM pg_catalog.pg_namespace n"
            + " WHERE n.nspname <> 'public' AND"
            + USERS
            + " AND"
            + noExtension("pg_namespace", "n.oid")
            + " ORDER BY 1");
  }

  private static String extensions() {
    return rows(
        "pg_catalog.format('CREATE EXTENSION %I', extname), NULL FROM pg_catalog.pg_extension"
            + " WHERE extname <> 'plpgsql' ORDER BY 1");
  }

  private static String enums() {
    return rows(
        "pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,"
            + " (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', ' ORDER BY"
            + " l.enumsortorder) FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)), NULL"
            + " FROM pg_catalog.pg_type t"
            + in("t.typnamespace")
            + " WHERE t.typtype = 'e' AND"
            + noExtension("pg_type", "t.oid")
            + " ORDER BY 1");
  }

  private static String composites() {
    return rows(
        "pg_catalog.format('CREATE TYPE %I.%I AS (%s)', n.nspname, c.relname,"
            + " (SELECT pg_catalog.string_agg(pg_catalog.format('%I %s', a.attname,"
            + " pg_catalog.format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)"
            + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT"
            + " a.attisdropped)), NULL FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " WHERE c.relkind = 'c' AND"
            + noExtension("pg_type", "c.reltype")
            + " ORDER BY 1");
  }

  private static String ranges() {
    return rows(
        "pg_catalog.format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s)', n.nspname, t.typname,"
            + " pg_catalog.format_type(r.rngsubtype, NULL)), NULL FROM pg_catalog.pg_range r JOIN"
            + " pg_catalog.pg_type t ON t.oid = r.rngtypid"
            + in("t.typnamespace")
            + " WHERE"
            + noExtension("pg_type", "t.oid")
            + " ORDER BY 1");
  }

  private static String domains() {
    return rows(
        "pg_catalog.format('CREATE DOMAIN %I.%I AS %s%s%s%s', n.nspname, t.typname,"
            + " pg_catalog.format_type(t.typbasetype, t.typtypmod),"
            + " ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END,"
            + " (SELECT pg_catalog.string_agg(pg_catalog.format(' CONSTRAINT %I %s', k.conname,"
            + " pg_catalog.replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID', '')), ''"
            + " ORDER BY k.conname)"
            + " FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')), NULL"
            + " FROM pg_catalog.pg_type t"
            + in("t.typnamespace")
            + " WHERE t.typtype = 'd' AND"
            + noExtension("pg_type", "t.oid")
            + " ORDER BY t.oid");
  }

  // An identity's sequence is the column's own.
  private static String sequences() {
    return rows(
        "pg_catalog.format('CREATE SEQUENCE %I.%I', n.nspname, c.relname), NULL"
            + " FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " WHERE c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE"
            + " d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype ="
            + " 'i') AND"
            + noExtension("pg_class", "c.oid")
            + " ORDER BY 1");
  }

  private static String owners() {
    return rows(
        "pg_catalog.format('ALTER SEQUENCE %I.%I OWNED BY %I.%I.%I', n.nspname, c.relname,"
            + " tn.nspname, t.relname, a.attname), NULL FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND"
            + " d.objid = c.oid AND d.deptype = 'a' AND d.refclassid ="
            + " 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0"
            + " JOIN pg_catalog.pg_class t ON t.oid = d.refobjid"
            + " JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
            + " WHERE c.relkind = 'S' AND"
            + noExtension("pg_class", "c.oid")
            + " ORDER BY 1");
  }

  private static String routines() {
    return rows(
        "pg_catalog.pg_get_functiondef(p.oid), NULL FROM pg_catalog.pg_proc p"
            + in("p.pronamespace")
            // A range type brings its constructors along.
            + " WHERE p.prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype ="
            + " 'i') AND"
            + noExtension("pg_proc", "p.oid")
            + " ORDER BY p.oid");
  }

  private static final String COLUMNS =
      "(SELECT pg_catalog.string_agg(pg_catalog.format('%I %s%s%s%s%s', a.attname,"
          + " pg_catalog.format_type(a.atttypid, a.atttypmod),"
          + " CASE WHEN a.attcollation <> t.typcollation THEN (SELECT pg_catalog.format(' COLLATE"
          + " %I.%I', ln.nspname, l.collname) FROM pg_catalog.pg_collation l JOIN"
          + " pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = a.attcollation)"
          + " END,"
          + " CASE WHEN a.attnotnull THEN ' NOT NULL' END,"
          + " CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' WHEN 'd' THEN"
          + " ' GENERATED BY DEFAULT AS IDENTITY' END,"
          + " CASE a.attgenerated WHEN '' THEN ' DEFAULT ' || pg_catalog.pg_get_expr(v.adbin,"
          + " v.adrelid) ELSE pg_catalog.format(' GENERATED ALWAYS AS (%s) %s',"
          + " pg_catalog.pg_get_expr(v.adbin, v.adrelid), CASE a.attgenerated WHEN 's' THEN"
          + " 'STORED' ELSE 'VIRTUAL' END) END), ', ' ORDER BY a.attnum)"
          + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum"
          + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)";

  private static String tables() {
    return rows(
        "pg_catalog.format('CREATE%s TABLE %I.%I (%s)%s', CASE c.relpersistence WHEN 'u' THEN"
            + " ' UNLOGGED' END, n.nspname, c.relname, "
            + COLUMNS
            + ", ' PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid)), NULL"
            + " FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " WHERE c.relkind IN ('r', 'p') AND"
            + noExtension("pg_class", "c.oid")
            + " ORDER BY c.oid");
  }

  private static String foreignTables() {
    return rows(
        "pg_catalog.format('CREATE FOREIGN TABLE %I.%I (%s) SERVER %I', n.nspname, c.relname, "
            + COLUMNS
            + ", s.srvname), NULL FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid JOIN"
            + " pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE"
            + noExtension("pg_class", "c.oid")
            + " ORDER BY 1");
  }

  // NOT NULL stands with the column, unless old rows were not checked. A key to a partitioned table
  // has a hidden one for each of its partitions.
  private static String constraints(String which) {
    return rows(
        "pg_catalog.format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, t.relname,"
            + " c.conname, pg_catalog.pg_get_constraintdef(c.oid)), NULL"
            + " FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class t ON t.oid = c.conrelid"
            + in("t.relnamespace")
            + " LEFT JOIN pg_catalog.pg_constraint up ON up.oid = c.conparentid"
            + " WHERE (c.contype IN ('p', 'u', 'x', 'c', 'f') OR (c.contype = 'n' AND NOT"
            + " c.convalidated)) AND t.relkind IN ('r', 'p') AND "
            + which
            + " AND (up.oid IS NULL OR up.conrelid <> c.conrelid) AND"
            + noExtension("pg_class", "t.oid")
            + " ORDER BY c.contype = 'p' DESC, c.oid");
  }

  private static String indexes() {
    return indexes("t.relkind IN ('r', 'p')");
  }

  private static String viewIndexes() {
    return indexes("t.relkind = 'm'");
  }

  private static String indexes(String which) {
    return rows(
        "pg_catalog.pg_get_indexdef(i.indexrelid), CASE WHEN i.indisvalid THEN 1 ELSE 0 END"
            + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
            + in("t.relnamespace")
            + " WHERE "
            + which
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid ="
            + " i.indexrelid AND k.contype IN ('p', 'u', 'x')) AND"
            + noExtension("pg_class", "t.oid")
            + " ORDER BY i.indexrelid");
  }

  private static String partitions() {
    return rows(
        "pg_catalog.format('ALTER TABLE %I.%I ATTACH PARTITION %I.%I %s', pn.nspname, p.relname,"
            + " n.nspname, c.relname, pg_catalog.pg_get_expr(c.relpartbound, c.oid)), NULL"
            + " FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid JOIN pg_catalog.pg_class p ON"
            + " p.oid = h.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace"
            + " WHERE c.relispartition AND c.relkind IN ('r', 'p') ORDER BY c.oid");
  }

  private static String heirs() {
    return rows(
        "pg_catalog.format('ALTER TABLE %I.%I INHERIT %I.%I', n.nspname, c.relname, pn.nspname,"
            + " p.relname), NULL FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid JOIN pg_catalog.pg_class p ON"
            + " p.oid = h.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace"
            + " WHERE NOT c.relispartition AND c.relkind = 'r' ORDER BY c.oid, h.inhseqno");
  }

  private static String views() {
    return rows(
        "pg_catalog.format('CREATE %s %I.%I%s AS %s', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE"
            + " 'MATERIALIZED VIEW' END, n.nspname, c.relname,"
            + " ' WITH (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')',"
            + " pg_catalog.pg_get_viewdef(c.oid)), NULL FROM pg_catalog.pg_class c"
            + in("c.relnamespace")
            + " WHERE c.relkind IN ('v', 'm') AND"
            + noExtension("pg_class", "c.oid")
            + " ORDER BY c.oid");
  }

  // Those that a partition has from its parent are its parent's; the column is there since 13, and
  // before that they count as internal.
  private static String triggers() {
    return rows(
        "pg_catalog.pg_get_triggerdef(g.oid), NULL FROM pg_catalog.pg_trigger g JOIN"
            + " pg_catalog.pg_class t ON t.oid = g.tgrelid"
            + in("t.relnamespace")
            + " WHERE NOT g.tgisinternal AND coalesce(pg_catalog.to_jsonb(g) ->> 'tgparentid', '0')"
            + " = '0' AND"
            + noExtension("pg_class", "t.oid")
            + " ORDER BY g.oid");
  }

  private static String rules() {
    return rows(
        "pg_catalog.pg_get_ruledef(r.oid), NULL FROM pg_catalog.pg_rewrite r JOIN"
            + " pg_catalog.pg_class t ON t.oid = r.ev_class"
            + in("t.relnamespace")
            + " WHERE r.rulename <> '_RETURN' AND"
            + noExtension("pg_class", "t.oid")
            + " ORDER BY 1");
  }

  private static String policies() {
    return rows(
        "pg_catalog.format('CREATE POLICY %I ON %I.%I AS %s FOR %s%s%s', p.polname, n.nspname,"
            + " t.relname, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,"
            + " CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'"
            + " WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,"
            + " ' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',"
            + " ' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')'), NULL"
            + " FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class t ON t.oid = p.polrelid"
            + in("t.relnamespace")
            + " WHERE"
            + noExtension("pg_class", "t.oid")
            + " ORDER BY 1");
  }

  private static String statistics() {
    return rows(
        "pg_catalog.pg_get_statisticsobjdef(s.oid), NULL FROM pg_catalog.pg_statistic_ext s"
            + in("s.stxnamespace")
            + " ORDER BY 1");
  }
}
