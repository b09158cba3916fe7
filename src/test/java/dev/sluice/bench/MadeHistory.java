package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A PostgreSQL history of migrations made by seed: the same seed gives the same files. Statements
 * are of the kinds and about in the shares that public histories hold, over tables that grow, with
 * names that earlier statements made.
 */
public final class MadeHistory {
  private static final List<String> THINGS =
      List.of(
          "customer",
          "order",
          "invoice",
          "payment",
          "shipment",
          "product",
          "review",
          "coupon",
          "account",
          "session",
          "message",
          "device",
          "address",
          "category",
          "ticket",
          "report");
  private static final List<String> FACTS =
      List.of(
          "status",
          "name",
          "title",
          "note",
          "amount",
          "quantity",
          "created_by",
          "external_id",
          "priority",
          "language",
          "region",
          "color",
          "weight",
          "rank",
          "source",
          "comment");
  private static final List<String> TYPES =
      List.of(
          "text",
          "varchar(80)",
          "integer",
          "bigint",
          "boolean NOT NULL DEFAULT false",
          "timestamptz NOT NULL DEFAULT now()",
          "numeric(12,2)",
          "jsonb",
          "uuid",
          "integer NOT NULL DEFAULT 0");

  private final Random random;
  private final List<Made> tables = new ArrayList<>();
  private int count;

  /** A table with the columns and indexes that it has by now. */
  private record Made(String name, List<String> columns, List<String> indexes) {}

  private MadeHistory(long seed) {
    random = new Random(seed);
  }

  /** Writes so many statements into so many files. */
  public static void write(Path directory, int files, int statements, long seed)
      throws IOException {
    MadeHistory history = new MadeHistory(seed);
    MadeFiles.write(directory, files, statements, history.random, history::statement);
  }

  private String statement() {
    if (tables.size() < 5) {
      return createTable();
    }
    int share = random.nextInt(100);
    if (share < 14) {
      return createTable();
    }
    if (share < 32) {
      return addColumn();
    }
    if (share < 46) {
      return createIndex();
    }
    if (share < 56) {
      return addConstraint();
    }
    if (share < 74) {
      return rows();
    }
    return share < 88 ? alter() : other();
  }

  private String createTable() {
    String name = pick(THINGS) + "_" + ++count;
    Made made =
        new Made(name, new ArrayList<>(List.of("id", "created_at", "state")), new ArrayList<>());
    StringBuilder text =
        new StringBuilder("CREATE TABLE ")
            .append(name)
            .append(" (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n")
            .append("  created_at timestamptz NOT NULL DEFAULT now(),\n")
            .append("  state text NOT NULL CHECK (state IN ('new', 'open', 'done'))");
    if (!tables.isEmpty()) {
      String parent = any().name();
      text.append(",\n  ").append(parent).append("_id bigint NOT NULL REFERENCES ").append(parent);
      made.columns().add(parent + "_id");
    }
    for (int i = 2 + random.nextInt(8); i > 0; i--) {
      String column = pick(FACTS) + "_" + ++count;
      made.columns().add(column);
      text.append(",\n  ").append(column).append(' ').append(pick(TYPES));
    }
    tables.add(made);
    return text.append("\n)").toString();
  }

  private String addColumn() {
    Made table = any();
    String column = pick(FACTS) + "_" + ++count;
    table.columns().add(column);
    return "ALTER TABLE " + table.name() + " ADD COLUMN " + column + " " + pick(TYPES);
  }

  private String createIndex() {
    Made table = any();
    String name = "ix_" + ++count;
    table.indexes().add(name);
    return "CREATE "
        + (random.nextInt(4) == 0 ? "UNIQUE " : "")
        + "INDEX "
        + (random.nextInt(3) == 0 ? "CONCURRENTLY " : "")
        + name
        + " ON "
        + table.name()
        + " ("
        + column(table)
        + (random.nextBoolean() ? ", created_at DESC" : "")
        + ")"
        + (random.nextInt(4) == 0 ? " WHERE state <> 'done'" : "");
  }

  private String addConstraint() {
    Made table = any();
    String add = "ALTER TABLE " + table.name() + " ADD CONSTRAINT c_" + ++count;
    return switch (random.nextInt(3)) {
      case 0 ->
          "ALTER TABLE "
              + table.name()
              + " ADD COLUMN of_"
              + ++count
              + " bigint, ADD CONSTRAINT c_"
              + count
              + " FOREIGN KEY (of_"
              + count
              + ") REFERENCES "
              + any().name()
              + " (id) ON DELETE CASCADE";
      case 1 -> add + " CHECK (length(" + column(table) + "::text) < 200) NOT VALID";
      default -> add + " UNIQUE (" + column(table) + ", state)";
    };
  }

  private String rows() {
    Made table = any();
    return switch (random.nextInt(4)) {
      case 0 ->
          "UPDATE "
              + table.name()
              + " SET "
              + column(table)
              + " = NULL WHERE state = 'open' AND created_at < now() - interval '30 days'";
      case 1 -> "DELETE FROM " + table.name() + " WHERE state = 'done'";
      case 2 -> seeds(table);
      default ->
          "INSERT INTO "
              + table.name()
              + " (state, created_at) VALUES ('new', now()), ('open', '2024-05-01'), ('done',"
              + " now())";
    };
  }

  /** Most are a few rows; now and then somebody puts a list of a few hundred into a migration. */
  private String seeds(Made table) {
    int rows = random.nextInt(40) == 0 ? 400 : 1 + random.nextInt(5);
    StringBuilder text =
        new StringBuilder("INSERT INTO ")
            .append(table.name())
            .append(" (state, created_at) VALUES\n");
    for (int i = 0; i < rows; i++) {
      text.append(i == 0 ? "  " : ",\n  ")
          .append("('done', '2024-05-")
          .append(10 + i % 20)
          .append(" 12:00:00+00')");
    }
    return text.append("\nON CONFLICT DO NOTHING").toString();
  }

  private String alter() {
    Made table = any();
    String column = column(table);
    String alter = "ALTER TABLE " + table.name();
    return switch (random.nextInt(6)) {
      case 0 -> alter + " ALTER COLUMN " + column + " DROP NOT NULL";
      case 1 -> alter + " ALTER COLUMN " + column + " SET DEFAULT NULL";
      case 2 -> alter + " ALTER COLUMN " + column + " TYPE text USING " + column + "::text";
      case 3 ->
          alter
              + "\n  ADD COLUMN extra_"
              + ++count
              + " text,\n  ADD COLUMN seen_at_"
              + count
              + " timestamptz,\n  ALTER COLUMN "
              + column
              + " SET DEFAULT NULL,\n  DROP COLUMN IF EXISTS gone";
      case 4 -> {
        String renamed = "renamed_" + ++count;
        table.columns().set(table.columns().indexOf(column), renamed);
        yield alter + " RENAME COLUMN " + column + " TO " + renamed;
      }
      default -> alter + " ALTER COLUMN " + column + " SET NOT NULL";
    };
  }

  private String other() {
    Made table = any();
    return switch (random.nextInt(6)) {
      case 0 -> "COMMENT ON TABLE " + table.name() + " IS 'kept for the audit; see #42'";
      case 1 -> view(table);
      case 2 -> function(table);
      case 3 ->
          table.indexes().isEmpty()
              ? "DROP INDEX IF EXISTS ix_gone"
              : "DROP INDEX " + table.indexes().remove(0);
      case 4 -> "GRANT SELECT, INSERT ON " + table.name() + " TO reporting";
      default ->
          "DO $$ BEGIN IF EXISTS (SELECT 1 FROM "
              + table.name()
              + ") THEN UPDATE "
              + table.name()
              + " SET state = 'open'; END IF; END $$";
    };
  }

  private String view(Made table) {
    Made other = any();
    return """
    CREATE OR REPLACE VIEW v_%d AS
    SELECT t.id, t.state, count(o.id) AS n, max(o.created_at) AS latest
    FROM %s t
    LEFT JOIN %s o ON o.id = t.id AND o.state IN ('new', 'open')
    WHERE t.state <> 'done'
    GROUP BY t.id, t.state\
    """
        .formatted(++count, table.name(), other.name());
  }

  private String function(Made table) {
    if (random.nextBoolean()) {
      return """
      CREATE FUNCTION f_%d(since timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
        SELECT count(*) FROM %s WHERE created_at > since;
      $$\
      """
          .formatted(++count, table.name());
    }
    return """
    CREATE OR REPLACE FUNCTION f_%d() RETURNS trigger AS $body$
    DECLARE
      open_ones integer;
    BEGIN
      -- only what is new counts
      SELECT count(*) INTO open_ones FROM %s WHERE state = 'open';
      IF open_ones > 10 AND NEW.state = 'new' THEN
        UPDATE %s SET state = 'done' WHERE created_at < now() - interval '1 year';
        RAISE NOTICE 'closed after %%', open_ones;
      END IF;
      RETURN NEW;
    END;
    $body$ LANGUAGE plpgsql\
    """
        .formatted(++count, table.name(), table.name());
  }

  private Made any() {
    return tables.get(random.nextInt(tables.size()));
  }

  /** One of the facts: what keys and other statements rest on stays as it is. */
  private String column(Made table) {
    return pick(
        table.columns().stream()
            .filter(c -> !c.equals("id") && !c.equals("created_at") && !c.equals("state"))
            .filter(c -> !c.endsWith("_id"))
            .toList());
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
