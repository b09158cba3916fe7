package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Row by row what a change to a table in use is: kind, phase, locks, work, and every note. The
 * golden file is the table; whoever changes it reads it.
 */
class SemanticsTest {

  private static final String SHOP =
      """
      CREATE TYPE status AS ENUM ('new', 'paid');
      CREATE DOMAIN positive AS int CHECK (VALUE > 0);
      CREATE SEQUENCE numbers;
      CREATE TABLE customer (id int PRIMARY KEY, email text UNIQUE, name varchar(50) NOT NULL, spare text, net cidr);
      CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id int NOT NULL, total numeric(10, 2) NOT NULL DEFAULT 0,
        note text, code varchar(20), status status, placed timestamp, bits varbit(8), proven text, agent_id int,
        CONSTRAINT total_positive CHECK (total >= 0),
        CONSTRAINT proven_given CHECK (proven IS NOT NULL),
        CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id));
      ALTER TABLE orders ADD CONSTRAINT code_later CHECK (code <> '') NOT VALID;
      ALTER TABLE orders ADD CONSTRAINT agent_later FOREIGN KEY (agent_id) REFERENCES customer (id) NOT VALID;
      CREATE TABLE line (order_id bigint REFERENCES orders, at timestamptz NOT NULL);
      CREATE INDEX orders_placed ON orders (placed);
      CREATE UNIQUE INDEX orders_code ON orders (code);
      CREATE VIEW paid AS SELECT id, status FROM orders;
      CREATE MATERIALIZED VIEW totals AS SELECT customer_id FROM orders;
      CREATE UNIQUE INDEX totals_customer ON totals (customer_id);
      CREATE TABLE log (at date NOT NULL, what text) PARTITION BY RANGE (at);
      CREATE TABLE log_2025 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE log_rest PARTITION OF log DEFAULT;
      CREATE TABLE log_old (at date NOT NULL, what text);
      CREATE TABLE log_proven (at date NOT NULL, what text,
        CHECK (at IS NOT NULL AND at >= '2023-01-01' AND at < '2024-01-01'));
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;
      CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE POLICY mine ON orders USING (true);
      """;

  /** A line each; {@code #} begins a row, {@code ;;} stands between the migrations of a release. */
  private static final String ROWS =
      """
      # CREATE TABLE, SEQUENCE, TYPE, SCHEMA, EXTENSION, DOMAIN
      CREATE TABLE t (id int)
      CREATE TABLE t (o bigint REFERENCES orders)
      CREATE SEQUENCE s
      CREATE TYPE t AS ENUM ('a')
      CREATE SCHEMA s
      CREATE EXTENSION pgcrypto
      CREATE DOMAIN d AS text
      # ADD COLUMN, nullable or with a non-volatile default
      ALTER TABLE orders ADD COLUMN c text
      ALTER TABLE orders ADD COLUMN c timestamptz NOT NULL DEFAULT now()
      # ADD COLUMN with a volatile default
      ALTER TABLE orders ADD COLUMN c uuid NOT NULL DEFAULT gen_random_uuid()
      # ADD COLUMN NOT NULL, no default
      ALTER TABLE orders ADD COLUMN c text NOT NULL
      # ADD COLUMN serial, identity
      ALTER TABLE orders ADD COLUMN c bigserial
      ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS IDENTITY
      # ADD COLUMN GENERATED STORED
      ALTER TABLE orders ADD COLUMN c numeric GENERATED ALWAYS AS (total * 2) STORED
      # ADD COLUMN with a constraint
      ALTER TABLE orders ADD COLUMN c text UNIQUE
      ALTER TABLE orders ADD COLUMN c int REFERENCES customer
      ALTER TABLE orders ADD COLUMN c int DEFAULT 1 REFERENCES customer
      ALTER TABLE orders ADD COLUMN c int CHECK (c > 0)
      ALTER TABLE orders ADD COLUMN c positive
      # DROP COLUMN
      ALTER TABLE orders DROP COLUMN note
      ALTER TABLE customer DROP COLUMN name
      ALTER TABLE orders DROP COLUMN total
      ALTER TABLE orders DROP COLUMN code
      # RENAME COLUMN
      ALTER TABLE orders RENAME COLUMN note TO remark
      # ALTER COLUMN TYPE, binary compatible
      ALTER TABLE customer ALTER name TYPE varchar(80)
      ALTER TABLE customer ALTER name TYPE text
      ALTER TABLE orders ALTER total TYPE numeric(12, 2)
      ALTER TABLE orders ALTER bits TYPE varbit(16)
      ALTER TABLE customer ALTER net TYPE inet
      ALTER TABLE orders ALTER placed TYPE timestamptz
      # ALTER COLUMN TYPE, other
      ALTER TABLE customer ALTER name TYPE varchar(20)
      ALTER TABLE orders ALTER note TYPE jsonb USING note::jsonb
      ALTER TABLE customer ALTER id TYPE bigint
      # SET DEFAULT, DROP DEFAULT
      ALTER TABLE orders ALTER note SET DEFAULT ''
      ALTER TABLE orders ALTER total DROP DEFAULT
      # SET NOT NULL
      ALTER TABLE orders ALTER note SET NOT NULL
      ALTER TABLE orders ALTER proven SET NOT NULL
      # DROP NOT NULL
      ALTER TABLE orders ALTER total DROP NOT NULL
      # CREATE INDEX
      CREATE INDEX i ON orders (note)
      CREATE INDEX CONCURRENTLY i ON orders (note)
      # CREATE UNIQUE INDEX, ADD UNIQUE
      CREATE UNIQUE INDEX i ON orders (note)
      ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note)
      ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note) ;; CREATE TABLE t (n text REFERENCES orders (note))
      -- sluice: phase pre-deploy: the code upserts\\nCREATE UNIQUE INDEX i ON orders (note)
      # ADD PRIMARY KEY
      ALTER TABLE line ADD PRIMARY KEY (order_id, at)
      # DROP INDEX
      DROP INDEX orders_placed
      DROP INDEX orders_code
      # REINDEX
      REINDEX TABLE orders
      # ADD FOREIGN KEY
      ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders
      ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE
      ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders NOT VALID
      # ADD CHECK
      ALTER TABLE orders ADD CHECK (note <> '')
      # ADD EXCLUDE
      ALTER TABLE orders ADD EXCLUDE USING gist (note WITH =)
      # VALIDATE CONSTRAINT
      ALTER TABLE orders VALIDATE CONSTRAINT code_later
      ALTER TABLE orders VALIDATE CONSTRAINT agent_later
      ALTER TABLE orders ADD CONSTRAINT k CHECK (note <> '') NOT VALID ;; ALTER TABLE orders VALIDATE CONSTRAINT k
      # DROP CONSTRAINT
      ALTER TABLE orders DROP CONSTRAINT total_positive
      ALTER TABLE orders DROP CONSTRAINT orders_customer_fk
      ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE
      # DROP TABLE
      DROP TABLE line
      # RENAME TABLE, SET SCHEMA
      ALTER TABLE orders RENAME TO purchase
      ALTER TABLE line SET SCHEMA archive
      # TRUNCATE
      TRUNCATE line
      # ALTER TYPE ADD VALUE
      ALTER TYPE status ADD VALUE 'sent'
      # ALTER TYPE RENAME VALUE, DROP TYPE
      ALTER TYPE status RENAME VALUE 'paid' TO 'settled'
      DROP TYPE status CASCADE
      # CREATE VIEW, FUNCTION, TRIGGER
      CREATE VIEW v AS SELECT id FROM orders
      CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$
      CREATE TRIGGER x BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()
      # CREATE OR REPLACE
      CREATE OR REPLACE VIEW paid AS SELECT id, status, total FROM orders
      CREATE OR REPLACE VIEW paid AS SELECT id, total, note FROM orders
      CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS $$ SELECT n + n $$
      # DROP VIEW, FUNCTION, TRIGGER, POLICY, SEQUENCE
      DROP VIEW paid
      DROP FUNCTION twice(int)
      DROP TRIGGER orders_touch ON orders
      DROP POLICY mine ON orders
      DROP SEQUENCE numbers
      # REFRESH MATERIALIZED VIEW
      REFRESH MATERIALIZED VIEW totals
      REFRESH MATERIALIZED VIEW CONCURRENTLY totals
      # ATTACH PARTITION
      ALTER TABLE log ATTACH PARTITION log_old FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
      ALTER TABLE log ATTACH PARTITION log_proven FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')
      CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
      # DETACH PARTITION
      ALTER TABLE log DETACH PARTITION log_2025
      ALTER TABLE log DETACH PARTITION log_2025 CONCURRENTLY
      # An index on a partitioned table
      CREATE INDEX ON log (what)
      CREATE INDEX ON ONLY log (what)
      # VACUUM FULL, CLUSTER, SET …
      VACUUM FULL orders
      CLUSTER orders USING orders_placed
      ALTER TABLE orders SET TABLESPACE fast
      ALTER TABLE orders SET UNLOGGED
      ALTER TABLE orders SET ACCESS METHOD heap
      # GRANT, REVOKE, COMMENT, ANALYZE, SET
      GRANT SELECT ON orders TO PUBLIC
      REVOKE SELECT ON orders FROM PUBLIC
      COMMENT ON COLUMN orders.note IS 'x'
      ANALYZE orders
      SET lock_timeout = '1s'
      # INSERT of reference rows
      INSERT INTO customer (id, name) VALUES (1, 'x')
      # Rows that come from another table
      INSERT INTO customer (id, name) SELECT id, note FROM orders
      ALTER TABLE orders ADD COLUMN c text ;; UPDATE orders SET c = x.name FROM customer x WHERE x.id = customer_id
      # A column of this release filled from its own row
      ALTER TABLE orders ADD COLUMN c text ;; UPDATE orders SET c = lower(note)
      # UPDATE and DELETE of rows that are there
      UPDATE orders SET note = '' WHERE note IS NULL
      DELETE FROM orders WHERE total = 0
      # DO blocks, dynamic SQL
      DO $$ BEGIN ALTER TABLE orders ADD COLUMN c text; END $$
      DO $$ BEGIN EXECUTE 'DROP TABLE line'; END $$
      DO $$ BEGIN EXECUTE 'DROP TABLE ' || (SELECT what FROM log); END $$
      CALL never_seen()
      """;

  @Test
  void everyRowIsAsWrittenDown() {
    StringBuilder table = new StringBuilder();
    for (String line : ROWS.lines().toList()) {
      if (line.startsWith("#")) {
        table.append(line).append("\n\n");
      } else {
        describe(line.replace("\\n", "\n"), table);
      }
    }
    Golden.check("postgresql-semantics.txt", table.toString());
  }

  private static void describe(String line, StringBuilder table) {
    String[] migrations = line.split(" ;; ", -1);
    for (Subject subject : Releases.of(SHOP, migrations).subjects()) {
      assertThat(subject.change()).as(line).isNotInstanceOf(Change.Unrecognised.class);
      assertThat(subject.reasons()).as(line).isNotEmpty();
      table
          .append(subject.statement().sql().strip())
          .append("\n  ")
          .append(subject.kind().id())
          .append(subject.phase().map(p -> ", " + p.id()).orElse(", no phase"))
          .append(subject.breaksOld() ? ", breaks the old version" : "")
          .append(subject.neededByNew() ? ", needed by the new one" : "")
          .append("\n  ")
          .append(impact(subject.impact()))
          .append('\n');
      subject.reasons().forEach(r -> table.append("  - ").append(r).append('\n'));
      table.append('\n');
    }
  }

  private static String impact(Impact impact) {
    String locks =
        impact.locks().stream()
            .map(l -> l.mode().text() + " on " + l.relation())
            .collect(Collectors.joining(", "));
    return List.of(
            impact.work().name(),
            locks.isEmpty() ? "no lock" : locks,
            impact.transactional() ? "" : "outside transactions")
        .stream()
        .filter(s -> !s.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
