package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is in a database, one line each, so that a catalog and a {@link Schema} can be compared. */
public final class Facts {

  private static final String CATALOG =
      """
      WITH ours AS (
        SELECT oid, nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'),
      theirs AS (SELECT objid FROM pg_depend WHERE deptype = 'e')
      SELECT 'table ' || n.nspname || '.' || c.relname
        FROM pg_class c JOIN ours n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')
      UNION ALL
      SELECT 'column ' || n.nspname || '.' || c.relname || '.' || a.attname
             || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
             || CASE WHEN a.attidentity <> '' THEN ' identity'
                     WHEN a.attgenerated <> '' THEN ' generated'
                     WHEN pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'NULL::%' THEN ' default' ELSE '' END
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum JOIN pg_class c ON c.oid = a.attrelid JOIN ours n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'type of ' || n.nspname || '.' || c.relname || '.' || a.attname || ' '
             || regexp_replace(format_type(a.atttypid, a.atttypmod), '^\\w+\\.', '')
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN ours n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'constraint ' || n.nspname || '.' || c.relname || '.' || k.conname || ' ' || k.contype::text
             || CASE WHEN k.contype IN ('p', 'u', 'f')
                     THEN (SELECT string_agg(' ' || a.attname, '' ORDER BY x.n)
                           FROM unnest(k.conkey) WITH ORDINALITY x(c, n)
                           JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.c) ELSE '' END
             || CASE WHEN k.contype = 'f'
                     THEN ' to ' || replace(k.confrelid::regclass::text, '"', '')
                          || (SELECT string_agg(' ' || a.attname, '' ORDER BY x.n)
                              FROM unnest(k.confkey) WITH ORDINALITY x(c, n)
                              JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.c)
                          || ' ' || k.confdeltype::text || k.confupdtype::text ELSE '' END
             || CASE WHEN k.convalidated THEN '' ELSE ' not valid' END
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN ours n ON n.oid = c.relnamespace
        WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
      UNION ALL
      SELECT 'index ' || n.nspname || '.' || i.relname || ' on ' || c.relname
             || CASE WHEN x.indisunique THEN ' unique' ELSE '' END
             || CASE WHEN x.indisvalid THEN '' ELSE ' invalid' END
             || CASE WHEN x.indisexclusion THEN '' ELSE
                (SELECT string_agg(' ' || coalesce(a.attname, '?'), '' ORDER BY k.n)
                 FROM unnest(x.indkey::int2[]) WITH ORDINALITY k(c, n)
                 LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.c) END
             || CASE WHEN x.indpred IS NULL THEN '' ELSE ' partly' END
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        JOIN ours n ON n.oid = i.relnamespace
      UNION ALL
      SELECT 'sequence ' || n.nspname || '.' || c.relname || coalesce(' of ' || replace(d.refobjid::regclass::text, '"', ''), '')
        FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
        LEFT JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i')
          AND d.refclassid = 'pg_class'::regclass
        WHERE c.relkind = 'S'
      UNION ALL
      SELECT 'view ' || n.nspname || '.' || c.relname
        FROM pg_class c JOIN ours n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')
      UNION ALL
      SELECT DISTINCT 'view ' || n.nspname || '.' || c.relname || ' reads ' || replace(d.refobjid::regclass::text, '"', '')
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN ours n ON n.oid = c.relnamespace
        JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
          AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
      UNION ALL
      SELECT 'enum ' || n.nspname || '.' || t.typname || ' '
             || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
        FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN ours n ON n.oid = t.typnamespace
        GROUP BY n.nspname, t.typname
      UNION ALL
      SELECT 'domain ' || n.nspname || '.' || t.typname
        FROM pg_type t JOIN ours n ON n.oid = t.typnamespace WHERE t.typtype = 'd'
      UNION ALL
      SELECT 'routine ' || n.nspname || '.' || p.proname
        FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace WHERE p.oid NOT IN (SELECT objid FROM theirs)
      UNION ALL
      SELECT 'trigger ' || n.nspname || '.' || c.relname || '.' || t.tgname
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal
      UNION ALL
      SELECT 'parent of ' || n.nspname || '.' || c.relname || ' ' || replace(i.inhparent::regclass::text, '"', '')
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
        JOIN ours n ON n.oid = c.relnamespace
      """;

  private Facts() {}

  /** What the server's catalog holds, extensions' own objects left out. */
  public static SortedSet<String> of(Postgres.Database database) throws SQLException {
    SortedSet<String> facts = new TreeSet<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // Every name that ::regclass writes is then qualified.
      statement.execute("SET search_path = pg_catalog");
      try (ResultSet rows = statement.executeQuery(CATALOG)) {
        while (rows.next()) {
          facts.add(rows.getString(1));
        }
      }
    }
    return facts;
  }

  /** What the fold knows. */
  public static SortedSet<String> of(Schema schema) {
    SortedSet<String> facts = new TreeSet<>();
    schema.tables().forEach(t -> ofTable(schema, t, facts));
    for (View view : schema.views()) {
      facts.add("view " + view.name());
      view.query()
          .references()
          .relations()
          .forEach(r -> facts.add("view " + view.name() + " reads " + r));
      schema.allIndexesOn(view.name()).forEach(i -> facts.add(ofIndex(schema, i)));
    }
    for (Schema.EnumType type : schema.enums.values()) {
      facts.add("enum " + type.name() + " " + String.join(",", type.values()));
    }
    schema.domains.keySet().forEach(d -> facts.add("domain " + d));
    schema.routines().forEach(r -> facts.add("routine " + r.name()));
    for (Schema.Other other : schema.others.values()) {
      if (other.name().kind() == ObjectKind.SEQUENCE) {
        facts.add("sequence " + other.name().name() + other.on().map(t -> " of " + t).orElse(""));
      }
    }
    return facts;
  }

  private static void ofTable(Schema schema, Table table, SortedSet<String> facts) {
    facts.add("table " + table.name());
    for (Column column : table.columns()) {
      facts.add("column " + table.name() + "." + column.name() + ofColumn(column));
    }
    for (Column column : table.columns()) {
      facts.add("type of " + table.name() + "." + column.name() + " " + ofType(column.type()));
    }
    for (Constraint constraint : table.constraints()) {
      ofConstraint(constraint)
          .ifPresent(
              k ->
                  facts.add(
                      "constraint "
                          + table.name()
                          + "."
                          + constraint.name().map(Name::text).orElse("(unnamed)")
                          + " "
                          + k));
    }
    schema.allIndexesOn(table.name()).forEach(i -> facts.add(ofIndex(schema, i)));
    for (Trigger trigger : schema.triggersOn(table.name())) {
      facts.add("trigger " + table.name() + "." + trigger.name());
    }
    table.parents().forEach(p -> facts.add("parent of " + table.name() + " " + p));
  }

  /** As {@code format_type} writes it, without a schema. */
  private static String ofType(DataType type) {
    String[] words = type.name().replaceFirst("^\\w+\\.", "").split("(?= with)", 2);
    return words[0]
        + (type.arguments().isEmpty() ? "" : "(" + String.join(",", type.arguments()) + ")")
        + (words.length > 1 ? words[1] : "")
        + (type.dimensions() > 0 ? "[]" : "");
  }

  private static String ofColumn(Column column) {
    boolean serial = column.identity().equals(Optional.of(Column.Identity.SERIAL));
    String filled =
        column.identity().isPresent() && !serial
            ? " identity"
            : column.generated().isPresent()
                ? " generated"
                : serial || column.defaultValue().isPresent() ? " default" : "";
    return (column.nullable() ? "" : " not null") + filled;
  }

  private static Optional<String> ofConstraint(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey key -> Optional.of("p" + listed(key.columns()));
      case Constraint.Unique key -> Optional.of("u" + listed(key.columns()));
      case Constraint.Exclude ignored -> Optional.of("x");
      case Constraint.ForeignKey key ->
          Optional.of(
              "f"
                  + listed(key.columns())
                  + " to "
                  + key.parent()
                  + listed(key.parentColumns())
                  + " "
                  + letter(key.onDelete())
                  + letter(key.onUpdate())
                  + (key.validated() ? "" : " not valid"));
      case Constraint.Check check -> Optional.of(check.validated() ? "c" : "c not valid");
      case Constraint.NotNull ignored -> Optional.empty();
    };
  }

  private static String listed(List<Name> columns) {
    return columns.stream().map(c -> " " + c.text()).collect(Collectors.joining());
  }

  private static String letter(Constraint.Action action) {
    return switch (action) {
      case NO_ACTION -> "a";
      case RESTRICT -> "r";
      case CASCADE -> "c";
      case SET_NULL -> "n";
      case SET_DEFAULT -> "d";
    };
  }

  private static String ofIndex(Schema schema, Index index) {
    boolean excludes =
        schema.constraintOf(index).filter(Constraint.Exclude.class::isInstance).isPresent();
    return "index "
        + index.name().map(Object::toString).orElse("(unnamed)")
        + " on "
        + index.table().name()
        + (index.unique() ? " unique" : "")
        + (index.valid() ? "" : " invalid")
        + (excludes
            ? ""
            : index.columns().stream()
                .map(c -> " " + c.column().map(Name::text).orElse("?"))
                .collect(Collectors.joining()))
        + (excludes ? "" : listed(index.include()))
        + (index.predicate().isPresent() ? " partly" : "");
  }
}
