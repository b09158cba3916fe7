-- Statements of every common kind. They are read by the run that fills the JVM's start-up cache, and sent to nobody.
SET lock_timeout = '2s';
CREATE SCHEMA IF NOT EXISTS shop;
CREATE TYPE order_state AS ENUM ('open', 'paid');
CREATE DOMAIN email AS text CHECK (value LIKE '%@%');
CREATE SEQUENCE order_numbers START WITH 1000;
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email varchar(200) NOT NULL UNIQUE,
  name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  tags text[] NOT NULL DEFAULT '{}',
  CONSTRAINT email_is_lower CHECK (email = lower(email))
);
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  state order_state NOT NULL DEFAULT 'open',
  total numeric(12, 2) NOT NULL,
  note jsonb,
  UNIQUE (customer_id, id)
);
CREATE TABLE events (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX orders_by_state ON orders (state, id DESC) WHERE state = 'open';
CREATE UNIQUE INDEX CONCURRENTLY customers_by_email ON customers (lower(email));
ALTER TABLE orders ADD COLUMN reference uuid DEFAULT gen_random_uuid();
ALTER TABLE orders ADD COLUMN shipped boolean NOT NULL DEFAULT false, ADD COLUMN weight integer;
ALTER TABLE orders ALTER COLUMN weight TYPE bigint USING weight::bigint;
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;
ALTER TABLE orders ALTER COLUMN weight SET DEFAULT 0;
ALTER TABLE orders ALTER COLUMN weight DROP DEFAULT;
ALTER TABLE orders ADD CONSTRAINT total_is_positive CHECK (total >= 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT total_is_positive;
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders ADD CONSTRAINT orders_reference UNIQUE (reference);
ALTER TABLE orders DROP CONSTRAINT orders_customer;
ALTER TABLE orders RENAME COLUMN weight TO weight_grams;
ALTER TABLE events RENAME TO happenings;
ALTER TABLE orders DROP COLUMN IF EXISTS note;
ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'returned';
ALTER INDEX orders_by_state RENAME TO orders_state;
ALTER SEQUENCE order_numbers OWNED BY orders.id;
CREATE VIEW open_orders AS
  SELECT o.id, c.name, sum(o.total) OVER (PARTITION BY c.id) AS of_customer
  FROM orders o JOIN customers c ON c.id = o.customer_id
  WHERE o.state = 'open' AND EXISTS (SELECT 1 FROM customers x WHERE x.id = o.customer_id);
CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id;
REFRESH MATERIALIZED VIEW totals;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER touched BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO customers (email, name) VALUES ('a@example.org', 'A'), ('b@example.org', NULL) ON CONFLICT DO NOTHING;
INSERT INTO orders (customer_id, total) SELECT id, 0 FROM customers;
UPDATE orders SET reference = gen_random_uuid() WHERE reference IS NULL;
UPDATE orders o SET total = 0 FROM customers c WHERE c.id = o.customer_id AND c.name IS NULL;
DELETE FROM orders WHERE state = 'paid' AND total = 0;
WITH old AS (SELECT id FROM orders WHERE total = 0) DELETE FROM orders USING old WHERE orders.id = old.id;
SELECT setval('order_numbers', 5000);
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'orders' AND column_name = 'gift') THEN
    ALTER TABLE orders ADD COLUMN gift boolean;
  END IF;
END $$;
COMMENT ON TABLE orders IS 'what was bought';
GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
DROP VIEW open_orders;
DROP INDEX CONCURRENTLY IF EXISTS customers_by_email;
DROP TABLE happenings;
