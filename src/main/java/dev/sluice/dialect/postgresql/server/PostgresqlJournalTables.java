package dev.sluice.dialect.postgresql.server;

import static dev.sluice.dialect.postgresql.writing.Quoting.literal;
import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.dialect.JournalTables;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** The journal in a schema of its own, which Flyway does not look at. */
final class PostgresqlJournalTables implements JournalTables {

  @Override
  public String release(Name schema) {
    return quote(schema) + ".release";
  }

  @Override
  public String step(Name schema) {
    return quote(schema) + ".step";
  }

  @Override
  public boolean holds(Name schema, QualifiedName table) {
    return table.schema().filter(schema::equals).isPresent();
  }

  @Override
  public List<String> createPlace(Name schema) {
    return List.of("CREATE SCHEMA " + quote(schema));
  }

  // The index is the law of one open release. Room is left in the pages of steps, so that a
  // watermark is written in place.
  @Override
  public List<String> createTables(Name schema) {
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + release(schema)
            + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,"
            + " fingerprint text NOT NULL, plan text NOT NULL, state text NOT NULL,"
            + " phase text NOT NULL, who text NOT NULL, started timestamptz NOT NULL,"
            + " ended timestamptz, paused timestamptz, paused_by text)",
        "CREATE UNIQUE INDEX IF NOT EXISTS one_open_release ON "
            + release(schema)
            + " (state) WHERE state = 'OPEN'",
        "CREATE TABLE IF NOT EXISTS "
            + step(schema)
            + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, plan bigint NOT NULL"
            + " REFERENCES "
            + release(schema)
            + ", step text NOT NULL, attempt int NOT NULL, state text NOT NULL,"
            + " started timestamptz NOT NULL, ended timestamptz, rows_changed bigint,"
            + " watermark text, code text, message text) WITH (fillfactor = 50)",
        "CREATE INDEX IF NOT EXISTS step_of_plan ON " + step(schema) + " (plan, id)");
  }

  @Override
  public String remedy(Name schema) {
    return String.join("; ", createPlace(schema)) + " AUTHORIZATION …";
  }

  @Override
  public String placeExists(Name schema) {
    return "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = " + literal(schema.text());
  }

  @Override
  public String exist(Name schema) {
    return "SELECT CASE WHEN count(*) = 2 THEN 1 ELSE 0 END FROM pg_catalog.pg_class c"
        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE n.nspname = "
        + literal(schema.text())
        + " AND c.relname IN ('release', 'step') AND c.relkind IN ('r', 'p')";
  }

  @Override
  public String clock() {
    return "clock_timestamp()";
  }

  @Override
  public String millis(String column) {
    return "(extract(epoch FROM " + column + ") * 1000)::bigint";
  }
}
