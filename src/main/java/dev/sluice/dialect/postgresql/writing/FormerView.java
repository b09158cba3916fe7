package dev.sluice.dialect.postgresql.writing;

import dev.sluice.schema.Change.CreateView;

/**
 * A view as it was. CREATE OR REPLACE adds columns and takes none away (manual, "CREATE VIEW"): for
 * that it is dropped and made again, with what hung on it.
 */
final class FormerView {

  private FormerView() {}

  static String of(CreateView former) {
    String name = Quoting.quote(former.view().name());
    return """
        DO $sluice$
        DECLARE
          v record;
          g record;
        BEGIN
          BEGIN
            EXECUTE %s;
            RETURN;
          EXCEPTION WHEN invalid_table_definition THEN
            NULL;
          END;
          SELECT quote_ident(pg_get_userbyid(relowner)) AS owner, relacl AS grants,
            obj_description(oid, 'pg_class') AS remark
            INTO STRICT v FROM pg_class WHERE oid = %s::regclass;
          DROP VIEW %s;
          EXECUTE %s;
          EXECUTE format('ALTER VIEW %%s OWNER TO %%s', %s, v.owner);
          EXECUTE format('COMMENT ON VIEW %%s IS %%L', %s, v.remark);
          FOR g IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC'
              ELSE quote_ident(pg_get_userbyid(grantee)) END AS who, privilege_type AS what,
              CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option
              FROM aclexplode(v.grants) LOOP
            EXECUTE format('GRANT %%s ON %%s TO %%s%%s', g.what, %s, g.who, g.option);
          END LOOP;
        END
        $sluice$"""
        .formatted(
            Quoting.literal(ObjectText.createView(former)),
            Quoting.literal(name),
            name,
            Quoting.literal(ObjectText.createView(former)),
            Quoting.literal(name),
            Quoting.literal(name),
            Quoting.literal(name));
  }
}
