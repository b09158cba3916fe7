package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the table of kinds: what each change is, on objects that were there before the
 * release.
 */
class KindsTest {

  /** The shop before the release. */
  private static final String SHOP =
      """
      CREATE SCHEMA app;
      CREATE TYPE status AS ENUM ('new', 'paid');
      CREATE DOMAIN positive AS int CHECK (VALUE > 0);
      CREATE TYPE address AS (street text, town text);
      CREATE SEQUENCE numbers;
      CREATE TABLE customer (id int PRIMARY KEY, email text UNIQUE, name varchar(50) NOT NULL, spare text);
      CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id int NOT NULL, total numeric(10, 2) NOT NULL DEFAULT 0,
        note text, code varchar(20), status status, fee numeric(10, 2), placed date DEFAULT current_date,
        doubled numeric GENERATED ALWAYS AS (total * 2) STORED,
        CONSTRAINT total_positive CHECK (total >= 0),
        CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id),
        CONSTRAINT code_later CHECK (code <> '') NOT VALID);
      CREATE TABLE line (order_id bigint REFERENCES orders, at timestamptz NOT NULL);
      CREATE INDEX orders_placed ON orders (placed);
      CREATE UNIQUE INDEX orders_code ON orders (code);
      CREATE VIEW paid AS SELECT id, placed FROM orders;
      CREATE MATERIALIZED VIEW totals AS SELECT placed FROM orders;
      CREATE TABLE log (at date NOT NULL, what text) PARTITION BY RANGE (at);
      CREATE TABLE log_2025 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE log_old (at date NOT NULL, what text);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE FUNCTION tidy() RETURNS void LANGUAGE sql AS $$ DELETE FROM line $$;
      CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;
      CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE POLICY mine ON orders USING (true);
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.note IS NULL THEN RAISE EXCEPTION 'no'; END IF; RETURN new; END $$;
      CREATE TABLE price (id int, sku int, CONSTRAINT price_key UNIQUE (id, sku));
      CREATE INDEX price_ids ON price (id, sku, (id + 1));
      CREATE TRIGGER line_frozen BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION refuse();
      CREATE RULE kept AS ON DELETE TO line DO INSTEAD NOTHING;
      """;

  /** Kind, phase, whether it breaks the old version, whether the new one needs it, statement. */
  private static final String TABLE =
      """
      expand   pre-deploy  works  needed   | CREATE TABLE t (id int)
      expand   pre-deploy  works  needed   | CREATE TABLE t (o bigint REFERENCES orders)
      backfill pre-deploy  works  needed   | CREATE TABLE t AS SELECT * FROM orders
      none     -           works  optional | CREATE TEMPORARY TABLE t (id int)
      none     pre-deploy  works  optional | CREATE TABLE IF NOT EXISTS orders (id int)
      expand   pre-deploy  works  needed   | CREATE SEQUENCE s
      expand   pre-deploy  works  needed   | CREATE TYPE t AS ENUM ('a')
      expand   pre-deploy  works  needed   | CREATE DOMAIN d AS text
      expand   pre-deploy  works  needed   | CREATE SCHEMA s
      expand   pre-deploy  works  needed   | CREATE EXTENSION pgcrypto

      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c text
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c text NOT NULL DEFAULT 'x'
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c uuid NOT NULL DEFAULT gen_random_uuid()
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ADD COLUMN c text NOT NULL
      none     pre-deploy  works  optional | ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c bigserial
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS IDENTITY
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (1) STORED
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c text UNIQUE
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c int REFERENCES customer
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN c int CHECK (c > 0)
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ADD COLUMN c int CHECK (c IS NOT NULL)
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ADD COLUMN c text DEFAULT 'x' UNIQUE
      contract post-deploy breaks optional | ALTER TABLE orders DROP COLUMN note
      none     pre-deploy  works  optional | ALTER TABLE orders DROP COLUMN IF EXISTS nothere
      contract post-deploy breaks optional | ALTER TABLE never_seen DROP COLUMN IF EXISTS nothere
      none     pre-deploy  works  optional | DROP INDEX IF EXISTS nothere
      none     pre-deploy  works  optional | DROP TRIGGER IF EXISTS nothere ON orders
      none     pre-deploy  works  optional | DROP RULE IF EXISTS nothere ON orders
      contract post-deploy breaks optional | DROP RULE IF EXISTS kept ON line
      rename   pre-deploy  breaks needed   | ALTER TABLE orders RENAME COLUMN note TO remark
      expand   pre-deploy  works  needed   | ALTER TABLE customer ALTER name TYPE varchar(80)
      expand   pre-deploy  works  needed   | ALTER TABLE customer ALTER name TYPE text
      expand   pre-deploy  works  needed   | ALTER TABLE orders ALTER fee TYPE numeric(12, 2)
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ALTER customer_id TYPE bigint
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ALTER note TYPE jsonb USING note::jsonb
      expand   pre-deploy  works  needed   | ALTER TABLE orders ALTER note SET DEFAULT ''
      contract post-deploy breaks optional | ALTER TABLE orders ALTER total DROP DEFAULT
      expand   pre-deploy  works  optional | ALTER TABLE orders ALTER note DROP DEFAULT
      contract post-deploy breaks optional | ALTER TABLE orders ALTER note SET NOT NULL
      expand   pre-deploy  works  optional | ALTER TABLE orders ALTER total SET NOT NULL
      expand   pre-deploy  works  needed   | ALTER TABLE orders ALTER total DROP NOT NULL
      expand   pre-deploy  works  needed   | ALTER TABLE orders ALTER customer_id ADD GENERATED BY DEFAULT AS IDENTITY
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ALTER customer_id ADD GENERATED ALWAYS AS IDENTITY
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ALTER doubled DROP EXPRESSION
      expand   pre-deploy  works  optional | ALTER TABLE orders ALTER note SET STATISTICS 500

      expand   pre-deploy  works  optional | CREATE INDEX i ON orders (note)
      expand   pre-deploy  works  optional | CREATE INDEX CONCURRENTLY i ON orders (note)
      contract post-deploy breaks optional | CREATE UNIQUE INDEX i ON orders (note)
      contract post-deploy breaks optional | ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note)
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX orders_code
      expand   pre-deploy  works  needed   | ALTER TABLE line ADD PRIMARY KEY (order_id, at)
      contract post-deploy breaks optional | DROP INDEX orders_placed
      contract post-deploy breaks optional | DROP INDEX orders_code
      expand   pre-deploy  works  optional | ALTER INDEX orders_placed RENAME TO i
      expand   pre-deploy  works  optional | REINDEX TABLE orders
      contract post-deploy breaks optional | ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE
      contract post-deploy breaks optional | ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders NOT VALID
      contract post-deploy breaks optional | ALTER TABLE orders ADD CHECK (note <> '')
      contract post-deploy breaks optional | ALTER TABLE orders ADD EXCLUDE USING gist (note WITH =)
      expand   pre-deploy  works  optional | ALTER TABLE orders VALIDATE CONSTRAINT code_later
      expand   pre-deploy  works  needed   | ALTER TABLE orders DROP CONSTRAINT total_positive
      expand   pre-deploy  works  needed   | ALTER TABLE orders DROP CONSTRAINT orders_customer_fk
      contract post-deploy breaks optional | ALTER TABLE customer DROP CONSTRAINT customer_email_key
      expand   pre-deploy  works  needed   | ALTER TABLE price DROP CONSTRAINT price_key
      contract post-deploy breaks optional | ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE
      expand   pre-deploy  works  optional | ALTER TABLE orders RENAME CONSTRAINT total_positive TO c

      contract post-deploy breaks optional | DROP TABLE line
      contract post-deploy breaks optional | DROP TABLE never_seen
      rename   pre-deploy  breaks needed   | ALTER TABLE orders RENAME TO purchase
      rename   pre-deploy  breaks needed   | ALTER TABLE orders SET SCHEMA app
      contract post-deploy breaks optional | TRUNCATE line
      expand   pre-deploy  works  optional | ALTER TABLE orders SET (fillfactor = 70)
      expand   pre-deploy  works  optional | ALTER TABLE orders SET UNLOGGED
      contract post-deploy breaks optional | ALTER TABLE orders ENABLE ROW LEVEL SECURITY
      expand   pre-deploy  works  needed   | ALTER TABLE log ATTACH PARTITION log_old FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
      contract post-deploy breaks optional | ALTER TABLE log DETACH PARTITION log_2025
      expand   pre-deploy  works  optional | ALTER TABLE log DETACH PARTITION log_2025 FINALIZE
      contract post-deploy breaks optional | ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customer ON DELETE SET NULL (customer_id)

      expand   pre-deploy  works  needed   | ALTER TYPE status ADD VALUE 'sent'
      rename   pre-deploy  breaks needed   | ALTER TYPE status RENAME VALUE 'paid' TO 'settled'
      rename   pre-deploy  breaks needed   | ALTER TYPE status RENAME TO state
      contract post-deploy breaks optional | DROP TYPE address
      contract post-deploy breaks optional | ALTER TYPE address DROP ATTRIBUTE town
      contract post-deploy breaks optional | ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 9)
      expand   pre-deploy  works  needed   | CREATE VIEW v AS SELECT id FROM orders
      expand   pre-deploy  works  needed   | CREATE OR REPLACE VIEW paid AS SELECT id, placed, note FROM orders
      expand   pre-deploy  works  needed   | CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$
      expand   pre-deploy  works  needed   | CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS $$ SELECT n + n $$
      expand   pre-deploy  works  needed   | CREATE TRIGGER x BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()
      contract post-deploy breaks optional | CREATE TRIGGER x BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse()
      contract post-deploy breaks optional | CREATE TRIGGER x BEFORE INSERT ON orders FOR EACH ROW WHEN (new.total > 9) EXECUTE FUNCTION refuse()
      contract post-deploy breaks optional | CREATE TRIGGER x BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION skip()
      contract post-deploy breaks optional | CREATE TRIGGER x BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION guard()
      expand   pre-deploy  works  needed   | CREATE TRIGGER x AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION skip()
      expand   pre-deploy  works  needed   | CREATE TRIGGER x BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION never_seen()
      contract post-deploy breaks optional | CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$
      expand   pre-deploy  works  needed   | CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'still no'; END $$
      contract post-deploy breaks optional | CREATE RULE r AS ON INSERT TO orders DO INSTEAD NOTHING
      contract post-deploy breaks optional | CREATE RULE r AS ON DELETE TO orders DO INSTEAD UPDATE orders SET note = 'gone' WHERE id = old.id
      expand   pre-deploy  works  needed   | CREATE RULE r AS ON INSERT TO orders DO ALSO INSERT INTO line VALUES (new.id, now())
      contract post-deploy breaks optional | ALTER TABLE line ENABLE TRIGGER line_frozen
      contract post-deploy breaks optional | ALTER TABLE line ENABLE ALWAYS TRIGGER line_frozen
      expand   pre-deploy  works  needed   | ALTER TABLE line ENABLE REPLICA TRIGGER line_frozen
      expand   pre-deploy  works  needed   | ALTER TABLE line DISABLE TRIGGER line_frozen
      expand   pre-deploy  works  needed   | DROP TRIGGER line_frozen ON line
      contract post-deploy breaks optional | ALTER TABLE orders ENABLE REPLICA TRIGGER orders_touch
      expand   pre-deploy  works  needed   | ALTER TABLE orders ENABLE ALWAYS TRIGGER orders_touch
      contract post-deploy breaks optional | ALTER TABLE line ENABLE RULE kept
      contract post-deploy breaks optional | ALTER TABLE line DISABLE RULE kept
      contract post-deploy breaks optional | DROP VIEW paid
      contract post-deploy breaks optional | DROP FUNCTION twice(int)
      contract post-deploy breaks optional | DROP TRIGGER orders_touch ON orders
      contract post-deploy breaks optional | DROP POLICY mine ON orders
      contract post-deploy breaks optional | DROP SEQUENCE numbers
      contract post-deploy breaks optional | ALTER TABLE orders DISABLE TRIGGER orders_touch
      expand   pre-deploy  works  needed   | CREATE POLICY p ON orders USING (total > 0)
      contract post-deploy breaks optional | CREATE POLICY p ON orders AS RESTRICTIVE USING (total > 0)
      rename   pre-deploy  breaks needed   | ALTER VIEW paid RENAME TO settled
      expand   pre-deploy  works  optional | REFRESH MATERIALIZED VIEW totals

      expand   pre-deploy  works  needed   | GRANT SELECT ON orders TO PUBLIC
      contract post-deploy breaks optional | REVOKE SELECT ON orders FROM PUBLIC
      none     pre-deploy  works  optional | COMMENT ON COLUMN orders.note IS 'x'
      none     pre-deploy  works  optional | ANALYZE orders
      none     pre-deploy  works  optional | VACUUM FULL orders
      none     -           works  optional | SET lock_timeout = '1s'
      none     -           works  optional | BEGIN
      none     -           works  optional | LOCK TABLE orders IN SHARE MODE

      expand   pre-deploy  works  needed   | INSERT INTO customer (id, name) VALUES (1, 'x')
      expand   pre-deploy  works  needed   | INSERT INTO customer (id, name) SELECT 1, 'x' WHERE NOT EXISTS (SELECT 1 FROM customer)
      backfill pre-deploy  works  needed   | INSERT INTO customer (id, name) SELECT id, note FROM orders
      backfill -           breaks needed   | UPDATE orders SET note = '' WHERE note IS NULL
      expand   pre-deploy  works  needed   | INSERT INTO customer (id, name) VALUES (1, 'x') ON CONFLICT DO NOTHING
      backfill -           breaks needed   | INSERT INTO customer (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'x'
      backfill -           breaks needed   | INSERT INTO customer (id, name) SELECT id, note FROM orders ON CONFLICT (id) DO UPDATE SET name = 'x'
      contract post-deploy breaks optional | DELETE FROM orders WHERE total = 0
      contract post-deploy breaks optional | MERGE INTO orders USING line ON line.order_id = orders.id WHEN MATCHED THEN DELETE
      backfill -           breaks needed   | MERGE INTO orders USING line ON line.order_id = orders.id WHEN MATCHED THEN UPDATE SET note = '' WHEN NOT MATCHED THEN INSERT (id) VALUES (line.order_id)
      mixed    -           breaks needed   | MERGE INTO orders USING line ON line.order_id = orders.id WHEN MATCHED AND note = '' THEN DELETE WHEN MATCHED THEN UPDATE SET note = ''
      backfill pre-deploy  works  needed   | MERGE INTO orders USING line ON line.order_id = orders.id WHEN NOT MATCHED THEN INSERT (id) VALUES (line.order_id)
      expand   pre-deploy  works  needed   | MERGE INTO orders USING (VALUES (1)) x (i) ON i = orders.id WHEN NOT MATCHED THEN INSERT (id) VALUES (i)
      none     pre-deploy  works  optional | MERGE INTO orders USING line ON line.order_id = orders.id WHEN MATCHED THEN DO NOTHING
      none     -           works  optional | SELECT * FROM orders FOR UPDATE
      none     pre-deploy  works  optional | SELECT count(*) FROM orders
      backfill -           breaks needed   | SELECT setval('numbers', 100)
      backfill -           breaks needed   | SELECT setval(pg_get_serial_sequence('orders', 'id'), max(id)) FROM orders
      expand   pre-deploy  works  optional | SELECT nextval('numbers')
      backfill -           breaks needed   | SELECT tidy()
      none     pre-deploy  works  optional | SELECT twice(2)
      unknown  -           breaks needed   | SELECT never_seen(2)

      expand   pre-deploy  works  needed   | DO $$ BEGIN ALTER TABLE orders ADD COLUMN c text; END $$
      contract post-deploy breaks optional | DO $$ BEGIN DROP TABLE line; END $$
      mixed    -           breaks needed   | DO $$ BEGIN ALTER TABLE orders ADD COLUMN c text; ALTER TABLE orders DROP COLUMN note; END $$
      unknown  -           breaks needed   | DO $$ BEGIN EXECUTE 'DROP TABLE ' || (SELECT what FROM log); END $$
      unknown  -           breaks needed   | THIS IS NO STATEMENT
      """;

  static Stream<String> rows() {
    return TABLE.lines().filter(l -> !l.isBlank());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aChangeHasItsKind(String row) {
    String sql = row.substring(row.indexOf('|') + 1).strip();
    Subject subject = Releases.last(Releases.of(SHOP, sql));

    assertThat(said(subject))
        .as(subject.change() + "\n" + String.join("\n", subject.reasons()))
        .isEqualTo(row.substring(0, row.indexOf('|')).strip().replaceAll(" +", " "));
    assertThat(subject.reasons()).isNotEmpty().allSatisfy(r -> assertThat(r).isNotBlank());
  }

  private static String said(Subject subject) {
    return String.join(
            " ",
            subject.kind().id(),
            subject.phase().map(Phase::id).orElse("-"),
            subject.breaksOld() ? "breaks" : "works",
            subject.neededByNew() ? "needed" : "optional")
        .toLowerCase(Locale.ROOT);
  }
}
