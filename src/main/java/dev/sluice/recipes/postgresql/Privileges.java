package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/**
 * Statements that hand on what only the server knows: who may do what, whom a table belongs to,
 * what is said of a column. They read it from the catalog when they run.
 */
final class Privileges {

  private static final String EACH =
      """
      /* %s */
      DO $sluice$
      DECLARE
        sluice_statement text;
      BEGIN
        FOR sluice_statement IN
          %s
        LOOP
          EXECUTE sluice_statement;
        END LOOP;
      END
      $sluice$""";

  private static final String GRANTEE =
      "CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END";

  private final Writer writer;

  Privileges(Writer writer) {
    this.writer = writer;
  }

  private String regclass(QualifiedName name) {
    return writer.literal(writer.quote(name)) + "::regclass";
  }

  /**
   * The view belongs to whom the table belongs to, and everybody may do to it what they may there.
   */
  String ofTable(QualifiedName table, QualifiedName view) {
    String owner =
        "SELECT format('ALTER VIEW %s OWNER TO %s', "
            + regclass(view)
            + ", quote_ident(pg_get_userbyid(t.relowner))) FROM pg_class t, pg_class v"
            + " WHERE t.oid = "
            + regclass(table)
            + " AND v.oid = "
            + regclass(view)
            + " AND t.relowner <> v.relowner";
    String whole =
        "SELECT format('GRANT %s ON %s TO %s%s', g.privilege_type, "
            + regclass(view)
            + ", "
            + GRANTEE
            + ", CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
            + " FROM pg_class t, aclexplode(t.relacl) g WHERE t.oid = "
            + regclass(table)
            + " AND g.grantee <> t.relowner"
            + " AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')";
    String columns =
        "SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, "
            + regclass(view)
            + ", "
            + GRANTEE
            + ", CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
            + " FROM pg_attribute a JOIN pg_attribute v ON v.attrelid = "
            + regclass(view)
            + " AND v.attname = a.attname, aclexplode(a.attacl) g WHERE a.attrelid = "
            + regclass(table)
            + " AND NOT a.attisdropped AND g.privilege_type <> 'REFERENCES'";
    return EACH.formatted(
        "who owns the table owns the view, and its grants are the view's",
        union(owner, whole, columns));
  }

  /** Who may do what to one column by its own grants, may do it to the other. */
  String ofColumn(QualifiedName table, Name from, Name to) {
    return EACH.formatted("the grants on the column are its copy's", columnGrants(table, from, to));
  }

  /** As {@link #ofColumn}, and the comment, the statistics target and the options go along. */
  String andSettingsOfColumn(QualifiedName table, Name from, Name to) {
    String target = regclass(table) + ", " + writer.literal(writer.quote(to));
    String where =
        " FROM pg_attribute a WHERE a.attrelid = "
            + regclass(table)
            + " AND a.attname = "
            + writer.literal(from.text())
            + " AND NOT a.attisdropped";
    return EACH.formatted(
        "grants, comment and settings of the column are the new one's",
        union(
            columnGrants(table, from, to),
            "SELECT format('COMMENT ON COLUMN %s.%s IS %L', "
                + target
                + ", col_description(a.attrelid, a.attnum))"
                + where
                + " AND col_description(a.attrelid, a.attnum) IS NOT NULL",
            "SELECT format('ALTER TABLE %s ALTER COLUMN %s SET STATISTICS %s', "
                + target
                + ", a.attstattarget)"
                + where
                + " AND a.attstattarget >= 0",
            "SELECT format('ALTER TABLE %s ALTER COLUMN %s SET (%s)', "
                + target
                + ", array_to_string(a.attoptions, ', '))"
                + where
                + " AND a.attoptions IS NOT NULL"));
  }

  private String columnGrants(QualifiedName table, Name from, Name to) {
    return "SELECT format('GRANT %s (%s) ON %s TO %s%s', g.privilege_type, "
        + writer.literal(writer.quote(to))
        + ", "
        + regclass(table)
        + ", "
        + GRANTEE
        + ", CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
        + " FROM pg_attribute a, aclexplode(a.attacl) g WHERE a.attrelid = "
        + regclass(table)
        + " AND a.attname = "
        + writer.literal(from.text())
        + " AND NOT a.attisdropped";
  }

  private static String union(String... selects) {
    return String.join("\n    UNION ALL ", selects);
  }
}
