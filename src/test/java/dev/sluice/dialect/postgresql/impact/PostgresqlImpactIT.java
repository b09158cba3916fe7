package dev.sluice.dialect.postgresql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statement runs on a real server, and what it locks and writes there equals the claim. */
class PostgresqlImpactIT {

  /** In every table, so that a scan shows in the count of rows read. */
  static final int ROWS = 1000;

  private static final String SHOP =
      """
      CREATE SCHEMA archive;
      CREATE TABLE archive.old (id bigint);
      CREATE EXTENSION citext;
      CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
      CREATE DOMAIN any_number AS integer;
      CREATE DOMAIN defaulted AS integer DEFAULT 5;
      CREATE DOMAIN random_by_default AS integer DEFAULT (random() * 5)::integer;
      CREATE DOMAIN short_text AS varchar(10);
      CREATE DOMAIN small_positive AS positive;
      ALTER DOMAIN positive ADD CONSTRAINT positive_small CHECK (VALUE < 9000) NOT VALID;
      CREATE TYPE mood AS ENUM ('sad', 'happy');
      CREATE TYPE span AS (low integer, high integer);
      CREATE FUNCTION steady() RETURNS text LANGUAGE sql STABLE AS 'SELECT ''x''::text';
      CREATE FUNCTION shaky() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN random()::text; END';
      CREATE TABLE customers (
        id bigint PRIMARY KEY, email varchar(100), code integer UNIQUE,
        score positive DEFAULT 5, mood mood);
      CREATE TABLE customers_by_code (code integer, id bigint, UNIQUE (code, id));
      CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id bigint NOT NULL, customer_code integer, note text,
        total numeric(10,2) DEFAULT 0, placed timestamp, flag boolean,
        CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
        CONSTRAINT total_positive CHECK (total >= 0),
        CONSTRAINT flag_set CHECK (flag IS NOT NULL),
        CONSTRAINT placed_and_total CHECK ((placed IS NOT NULL) AND (total IS NOT NULL AND total < 99999)),
        CONSTRAINT either CHECK (customer_code IS NOT NULL OR flag));
      ALTER TABLE orders ADD CONSTRAINT note_short CHECK (length(note) < 1000) NOT VALID;
      ALTER TABLE orders ADD CONSTRAINT orders_code FOREIGN KEY (customer_code) REFERENCES customers (code) NOT VALID;
      CREATE INDEX orders_note ON orders (note);
      CREATE INDEX orders_placed ON orders (placed) WHERE total > 5;
      CREATE UNIQUE INDEX orders_total_id ON orders (total, id);
      CREATE STATISTICS orders_stats ON customer_id, total FROM orders;
      CREATE TABLE events (id bigint NOT NULL, at date, customer_id bigint REFERENCES customers)
        PARTITION BY RANGE (at);
      CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE events_rest PARTITION OF events DEFAULT;
      CREATE INDEX events_id ON events (id);
      CREATE INDEX events_at ON ONLY events (at);
      CREATE INDEX events_2025_at ON events_2025 (at);
      CREATE TABLE events_2027 (id bigint NOT NULL, at date NOT NULL, customer_id bigint);
      CREATE TABLE checked_2027 (id bigint NOT NULL, at date, customer_id bigint REFERENCES customers,
        CHECK (at IS NOT NULL AND at >= DATE '2027-01-01' AND at < '2028-01-01'::date));
      CREATE INDEX checked_2027_id ON checked_2027 (id);
      CREATE INDEX checked_2027_at ON checked_2027 (at);
      CREATE TABLE readings (kind text, value numeric(10,2)) PARTITION BY LIST (kind);
      CREATE TABLE readings_a PARTITION OF readings FOR VALUES IN ('a');
      CREATE INDEX readings_kind ON readings (kind);
      CREATE TABLE readings_c (kind text NOT NULL, value numeric(10,2));
      CREATE INDEX readings_c_kind ON readings_c (kind);
      CREATE TABLE readings_checked (kind text NOT NULL, value numeric(10,2), CHECK (kind IN ('c', 'd')));
      CREATE INDEX readings_checked_kind ON readings_checked (kind);
      CREATE TABLE readings_may_be_null (kind text, value numeric(10,2), CHECK (kind IN ('c')));
      CREATE INDEX readings_may_be_null_kind ON readings_may_be_null (kind);
      CREATE TABLE readings_unindexed (kind text NOT NULL, value numeric(10,2), CHECK (kind IN ('c')));
      CREATE TABLE readings_not_validated (kind text NOT NULL, value numeric(10,2));
      ALTER TABLE readings_not_validated ADD CHECK (kind IN ('c')) NOT VALID;
      CREATE INDEX readings_not_validated_kind ON readings_not_validated (kind);
      CREATE TABLE readings_keyed (id integer PRIMARY KEY) PARTITION BY RANGE (id);
      CREATE TABLE readings_keyed_1 PARTITION OF readings_keyed FOR VALUES FROM (0) TO (9999);
      CREATE TABLE steps (n integer NOT NULL) PARTITION BY RANGE (n);
      CREATE TABLE steps_low PARTITION OF steps FOR VALUES FROM (MINVALUE) TO (1000);
      CREATE TABLE steps_high (n integer NOT NULL, CHECK (n >= 1000 AND n < 2000));
      CREATE TABLE steps_loose (n integer NOT NULL, CHECK (n >= 1000));
      CREATE TABLE excluded (n integer NOT NULL) PARTITION BY RANGE (n);
      CREATE TABLE excluded_rest PARTITION OF excluded DEFAULT;
      ALTER TABLE excluded_rest ADD CHECK (n < 1000 OR n >= 2000);
      CREATE TABLE excluded_high (n integer NOT NULL, CHECK (n >= 1000 AND n < 2000));
      CREATE TABLE negated (n integer NOT NULL) PARTITION BY RANGE (n);
      CREATE TABLE negated_rest PARTITION OF negated DEFAULT;
      ALTER TABLE negated_rest ADD CHECK (NOT (n >= 1000 AND n < 2000));
      CREATE TABLE negated_high (n integer NOT NULL, CHECK (n >= 1000 AND n < 2000));
      CREATE TABLE base (id integer, checked integer CHECK (checked IS NOT NULL));
      CREATE TABLE kid () INHERITS (base);
      CREATE TABLE ground (id integer);
      CREATE UNIQUE INDEX base_id ON base (id);
      CREATE TABLE loner (id integer);
      CREATE UNLOGGED TABLE unlogged (id integer);
      CREATE TABLE counters (id integer GENERATED ALWAYS AS IDENTITY, n integer, doubled integer GENERATED ALWAYS AS (2 * 2) STORED);
      CREATE TABLE indexed (id integer, b integer NOT NULL, c integer CHECK (c IS NOT NULL));
      CREATE UNIQUE INDEX indexed_id ON indexed (id);
      CREATE UNIQUE INDEX indexed_b ON indexed (b);
      CREATE UNIQUE INDEX indexed_c ON indexed (c);
      CREATE TABLE typed (
        an_int integer, a_number numeric, a_real real, a_bit bit(8), a_varbit bit varying(10),
        a_time time(2), a_timestamp timestamp(3), an_interval interval(2), a_cidr cidr, an_xml xml,
        a_list varchar(10)[], a_json json, a_citext citext, a_mood mood, a_short short_text);
      CREATE INDEX typed_int ON typed (an_int);
      CREATE INDEX typed_citext ON typed (a_citext);
      CREATE INDEX typed_cidr ON typed (a_cidr);
      CREATE DOMAIN over_any_number AS any_number;
      CREATE DOMAIN a_list AS integer[];
      CREATE TABLE more_types (
        an_oid oid, a_class regclass, a_char char(8), a_bit bit(8), a_list integer[], some_days interval day,
        texts varchar(10)[], a_number over_any_number, a_citext citext);
      CREATE INDEX more_types_oid ON more_types (an_oid);
      CREATE INDEX more_types_bit ON more_types (a_bit);
      CREATE INDEX more_types_list ON more_types (a_list);
      CREATE TABLE noted (id integer, note text) PARTITION BY RANGE (id);
      CREATE TABLE noted_1 PARTITION OF noted FOR VALUES FROM (0) TO (9999) PARTITION BY RANGE (id);
      CREATE TABLE noted_1_1 PARTITION OF noted_1 FOR VALUES FROM (0) TO (9999);
      CREATE INDEX noted_note ON noted (note);
      CREATE TABLE kinds (kind text) PARTITION BY LIST (kind);
      CREATE TABLE kinds_b (kind text NOT NULL, CHECK (kind = 'b'));
      CREATE TABLE kinds_c (kind text NOT NULL, CHECK (kind = ANY (ARRAY['c'::text, 'd'])));
      CREATE TABLE known (a integer CHECK (a NOTNULL), b integer CHECK (NOT (b IS NULL)), c integer CHECK (known.c IS NOT NULL));
      CREATE VIEW names AS SELECT id FROM loner;
      CREATE VIEW titles_of_names AS SELECT id AS title FROM names;
      CREATE FUNCTION purge(int) RETURNS void LANGUAGE sql AS 'DELETE FROM loner WHERE id > 5000';
      CREATE MATERIALIZED VIEW figures AS SELECT id FROM loner;
      CREATE UNIQUE INDEX figures_id ON figures (id);
      CREATE SEQUENCE numbers;
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER stamp BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE TRIGGER stamp_all AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE POLICY mine ON orders USING (true);
      CREATE RULE quiet AS ON UPDATE TO loner DO INSTEAD NOTHING;
      """;

  /** What a server of 18 knows. */
  private static final String ENFORCEMENT =
      """
      CREATE TABLE lax (customer_id bigint, CONSTRAINT lax_customer FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED);
      """;

  private static final String CONTENT =
      """
      INSERT INTO customers SELECT i, 'x' || i, i FROM generate_series(1, 1000) i;
      INSERT INTO customers_by_code SELECT i, i FROM generate_series(1, 1000) i;
      INSERT INTO orders SELECT i, i, i, 'n' || i, i, '2025-01-01', true FROM generate_series(1, 1000) i;
      INSERT INTO events SELECT i, '2025-05-05', i FROM generate_series(1, 1000) i;
      INSERT INTO events SELECT i, '2030-05-05', i FROM generate_series(1, 1000) i;
      INSERT INTO events_2027 SELECT i, '2027-05-05', i FROM generate_series(1, 1000) i;
      INSERT INTO checked_2027 SELECT i, '2027-05-05', i FROM generate_series(1, 1000) i;
      INSERT INTO readings SELECT 'a', i FROM generate_series(1, 1000) i;
      INSERT INTO readings_c SELECT 'c', i FROM generate_series(1, 1000) i;
      INSERT INTO readings_checked SELECT 'c', i FROM generate_series(1, 1000) i;
      INSERT INTO readings_may_be_null SELECT 'c', i FROM generate_series(1, 1000) i;
      INSERT INTO readings_unindexed SELECT 'c', i FROM generate_series(1, 1000) i;
      INSERT INTO readings_not_validated SELECT 'c', i FROM generate_series(1, 1000) i;
      INSERT INTO readings_keyed SELECT i FROM generate_series(1, 1000) i;
      INSERT INTO steps SELECT i - 500 FROM generate_series(1, 1000) i;
      INSERT INTO steps_high SELECT i + 999 FROM generate_series(1, 1000) i;
      INSERT INTO steps_loose SELECT i + 999 FROM generate_series(1, 1000) i;
      INSERT INTO excluded_high SELECT i + 999 FROM generate_series(1, 1000) i;
      INSERT INTO negated_high SELECT i + 999 FROM generate_series(1, 1000) i;
      INSERT INTO excluded SELECT i FROM generate_series(1, 999) i;
      INSERT INTO negated SELECT i FROM generate_series(1, 999) i;
      INSERT INTO base SELECT i, i FROM generate_series(1, 1000) i;
      INSERT INTO kid SELECT i, i FROM generate_series(1, 1000) i;
      INSERT INTO loner SELECT i FROM generate_series(1, 1000) i;
      INSERT INTO unlogged SELECT i FROM generate_series(1, 1000) i;
      INSERT INTO counters (n) SELECT i FROM generate_series(1, 1000) i;
      INSERT INTO indexed SELECT i, i, i FROM generate_series(1, 1000) i;
      INSERT INTO typed SELECT i, i, i, '10101010', '1010', '10:00', '2025-01-01', '1 day', '10.0.0.0/8', '<a/>', '{a}', '{}', 'x' || i, 'sad' FROM generate_series(1, 1000) i;
      INSERT INTO more_types SELECT i, i, 'a', '10101010', '{1}', '1 day', '{a}', i, 'x' FROM generate_series(1, 1000) i;
      INSERT INTO noted SELECT i, 'n' FROM generate_series(1, 1000) i;
      INSERT INTO kinds_b SELECT 'b' FROM generate_series(1, 1000) i;
      INSERT INTO kinds_c SELECT 'd' FROM generate_series(1, 1000) i;
      INSERT INTO known SELECT i, i, i FROM generate_series(1, 1000) i;
      REFRESH MATERIALIZED VIEW figures;
      ANALYZE;
      """;

  private static final Postgres.Database DATABASE = Postgres.freshDatabase();
  private static Dialect dialect = new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);
  private static Schema schema = dialect.emptySchema();

  @BeforeAll
  static void openTheShop() throws Exception {
    dialect = new PostgresqlDialect(EngineVersion.parse(DATABASE.ask("SHOW server_version")));
    boolean enforcement = Feature.NOT_ENFORCED.in(dialect.version());
    String shop = SHOP + (enforcement ? ENFORCEMENT : "");
    DATABASE.execute(shop + CONTENT);
    // As autovacuum leaves it at a time of its own.
    DATABASE.execute("VACUUM ANALYZE");
    if (enforcement) {
      DATABASE.execute("INSERT INTO lax SELECT i FROM generate_series(1, 1000) i; ANALYZE lax");
    }
    schema = dialect.emptySchema();
    for (String sql : shop.split(";\n", -1)) {
      if (!sql.isBlank()) {
        for (Change change : dialect.read(dev.sluice.sql.Statement.of(sql.strip())).changes()) {
          assertThat(change).as(sql).isNotInstanceOf(Change.Unrecognised.class);
          schema = schema.after(change);
        }
      }
    }
  }

  /** One statement a line; behind {@code -- since} the first version that takes it. */
  static Stream<String> statements() {
    return """
        CREATE TABLE x (id bigint)
        CREATE TABLE x (id bigint REFERENCES customers)
        CREATE TABLE x (id bigint PRIMARY KEY, parent bigint REFERENCES x)
        CREATE TABLE x () INHERITS (base)
        CREATE TABLE x (LIKE orders INCLUDING ALL)
        CREATE TABLE x AS SELECT * FROM orders
        CREATE TABLE x PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01')
        CREATE TABLE x PARTITION OF readings FOR VALUES IN ('c')
        CREATE TABLE IF NOT EXISTS loner (id bigint REFERENCES customers)
        CREATE TABLE x AS SELECT * FROM orders WITH NO DATA
        CREATE TABLE x AS SELECT 5 AS five
        DROP TABLE orders
        DROP TABLE customers CASCADE
        DROP TABLE events_2025
        DROP TABLE events_rest
        DROP TABLE kid
        DROP TABLE events
        ALTER TABLE orders RENAME TO sales
        ALTER TABLE events RENAME TO happenings
        ALTER TABLE base RENAME TO floor
        ALTER TABLE orders SET SCHEMA archive
        ALTER TABLE orders SET (fillfactor = 70)
        ALTER TABLE orders RESET (fillfactor)
        ALTER TABLE orders SET (autovacuum_enabled = false)
        ALTER TABLE orders SET (user_catalog_table = true)
        ALTER TABLE orders SET WITHOUT OIDS
        ALTER TABLE orders REPLICA IDENTITY FULL
        ALTER TABLE orders CLUSTER ON orders_note
        ALTER TABLE orders SET WITHOUT CLUSTER
        ALTER TABLE loner SET UNLOGGED
        ALTER TABLE unlogged SET LOGGED
        ALTER TABLE loner SET LOGGED
        ALTER TABLE unlogged SET UNLOGGED
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY
        ALTER TABLE orders FORCE ROW LEVEL SECURITY
        ALTER TABLE loner INHERIT ground
        ALTER TABLE kid NO INHERIT base
        ALTER TABLE loner DISABLE RULE quiet
        ALTER TABLE orders OWNER TO pg_monitor
        ALTER TABLE events OWNER TO pg_monitor
        TRUNCATE orders
        TRUNCATE customers CASCADE
        TRUNCATE events
        TRUNCATE loner RESTART IDENTITY
        LOCK TABLE orders IN EXCLUSIVE MODE
        LOCK TABLE events IN SHARE MODE
        LOCK TABLE base IN SHARE ROW EXCLUSIVE MODE
        ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')
        ALTER TABLE events ATTACH PARTITION checked_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')
        ALTER TABLE readings ATTACH PARTITION readings_c FOR VALUES IN ('c')
        ALTER TABLE readings ATTACH PARTITION readings_checked FOR VALUES IN ('c', 'd')
        ALTER TABLE readings ATTACH PARTITION readings_may_be_null FOR VALUES IN ('c')
        ALTER TABLE readings ATTACH PARTITION readings_unindexed FOR VALUES IN ('c')
        ALTER TABLE readings ATTACH PARTITION readings_not_validated FOR VALUES IN ('c')
        ALTER TABLE steps ATTACH PARTITION steps_high FOR VALUES FROM (1000) TO (2000)
        ALTER TABLE steps ATTACH PARTITION steps_loose FOR VALUES FROM (1000) TO (2000)
        ALTER TABLE steps ATTACH PARTITION steps_high FOR VALUES FROM (1000) TO (MAXVALUE)
        ALTER TABLE excluded ATTACH PARTITION excluded_high FOR VALUES FROM (1000) TO (2000)
        ALTER TABLE negated ATTACH PARTITION negated_high FOR VALUES FROM (1000) TO (2000)
        ALTER TABLE kinds ATTACH PARTITION kinds_b FOR VALUES IN ('b')
        ALTER TABLE kinds ATTACH PARTITION kinds_b FOR VALUES IN ('a', 'b')
        ALTER TABLE kinds ATTACH PARTITION kinds_c FOR VALUES IN ('c', 'd')
        ALTER TABLE noted DETACH PARTITION noted_1
        ALTER TABLE events DETACH PARTITION events_2025
        ALTER TABLE readings DETACH PARTITION readings_a
        ALTER TABLE orders ADD COLUMN x int
        ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 5
        ALTER TABLE orders ADD COLUMN x int DEFAULT NULL
        ALTER TABLE orders ADD COLUMN x timestamptz NOT NULL DEFAULT now()
        ALTER TABLE orders ADD COLUMN x timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
        ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT clock_timestamp()
        ALTER TABLE orders ADD COLUMN x timestamp DEFAULT timezone('utc'::text, now())
        ALTER TABLE orders ADD COLUMN x int DEFAULT pg_backend_pid()
        ALTER TABLE orders ADD COLUMN x pg_catalog.varchar(3)
        ALTER TABLE orders ADD COLUMN x text DEFAULT md5(random()::text)
        ALTER TABLE orders ADD COLUMN x text DEFAULT steady()
        ALTER TABLE orders ADD COLUMN x text DEFAULT shaky()
        ALTER TABLE orders ADD COLUMN x text DEFAULT upper('a') || to_char(now(), 'YYYY')
        ALTER TABLE orders ADD COLUMN x serial
        ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS IDENTITY
        ALTER TABLE orders ADD COLUMN x bigint GENERATED ALWAYS AS (id * 2) STORED
        ALTER TABLE orders ADD COLUMN x bigint GENERATED ALWAYS AS (id * 2) VIRTUAL -- since 18
        ALTER TABLE orders ADD COLUMN x positive
        ALTER TABLE orders ADD COLUMN x positive DEFAULT 5
        ALTER TABLE orders ADD COLUMN x any_number
        ALTER TABLE orders ADD COLUMN x defaulted
        ALTER TABLE orders ADD COLUMN x random_by_default -- since 13
        ALTER TABLE orders ADD COLUMN x small_positive
        ALTER TABLE orders ADD COLUMN x positive[]
        ALTER TABLE orders ADD COLUMN x mood DEFAULT 'happy'
        ALTER TABLE orders ADD COLUMN x span
        ALTER TABLE orders ADD COLUMN x interval day to second
        ALTER TABLE orders ADD COLUMN x int CHECK (x > 0)
        ALTER TABLE orders ADD COLUMN x int DEFAULT 5 CHECK (x > 0)
        ALTER TABLE orders ADD COLUMN x int UNIQUE
        ALTER TABLE loner ADD COLUMN x serial PRIMARY KEY
        ALTER TABLE orders ADD COLUMN x bigint REFERENCES customers
        ALTER TABLE orders ADD COLUMN x bigint DEFAULT 5 REFERENCES customers
        ALTER TABLE orders ADD COLUMN x bigint DEFAULT NULL REFERENCES customers
        ALTER TABLE orders ADD COLUMN x bigint REFERENCES customers, ADD COLUMN y int DEFAULT 5
        ALTER TABLE orders ADD COLUMN x bigint, ADD FOREIGN KEY (x) REFERENCES customers
        ALTER TABLE orders VALIDATE CONSTRAINT note_short, ADD COLUMN x int
        ALTER TABLE orders ALTER COLUMN flag SET NOT NULL, DROP CONSTRAINT flag_set
        ALTER TABLE orders SET (fillfactor = 70), ALTER COLUMN note SET STATISTICS 100
        ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text DEFAULT random()
        ALTER TABLE events ADD COLUMN x int
        ALTER TABLE base ADD COLUMN x int
        ALTER TABLE orders DROP COLUMN note
        ALTER TABLE orders DROP COLUMN customer_id
        ALTER TABLE customers DROP COLUMN code CASCADE
        ALTER TABLE loner DROP COLUMN id CASCADE
        ALTER TABLE events DROP COLUMN customer_id
        ALTER TABLE orders RENAME COLUMN note TO remark
        ALTER TABLE events RENAME COLUMN id TO number
        ALTER TABLE base RENAME COLUMN id TO number
        ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'
        ALTER TABLE orders ALTER COLUMN total DROP DEFAULT
        ALTER TABLE orders ALTER COLUMN note SET NOT NULL
        ALTER TABLE orders ALTER COLUMN id SET NOT NULL
        ALTER TABLE orders ALTER COLUMN flag SET NOT NULL
        ALTER TABLE orders ALTER COLUMN placed SET NOT NULL
        ALTER TABLE orders ALTER COLUMN total SET NOT NULL
        ALTER TABLE orders ALTER COLUMN customer_code SET NOT NULL
        ALTER TABLE events ALTER COLUMN customer_id SET NOT NULL
        ALTER TABLE readings ALTER COLUMN value SET NOT NULL
        ALTER TABLE base ALTER COLUMN checked SET NOT NULL
        ALTER TABLE known ALTER COLUMN a SET NOT NULL
        ALTER TABLE known ALTER COLUMN b SET NOT NULL
        ALTER TABLE known ALTER COLUMN c SET NOT NULL
        ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL
        ALTER TABLE orders ALTER COLUMN customer_id ADD GENERATED ALWAYS AS IDENTITY
        ALTER TABLE counters ALTER COLUMN id DROP IDENTITY
        ALTER TABLE counters ALTER COLUMN id SET GENERATED BY DEFAULT
        ALTER TABLE counters ALTER COLUMN doubled DROP EXPRESSION -- since 13
        ALTER TABLE counters ALTER COLUMN doubled SET EXPRESSION AS (5) -- since 17
        ALTER TABLE orders ALTER COLUMN note SET STATISTICS 100
        ALTER TABLE orders ALTER COLUMN note SET (n_distinct = 5)
        ALTER TABLE orders ALTER COLUMN note RESET (n_distinct)
        ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL
        ALTER TABLE orders ALTER COLUMN note SET COMPRESSION pglz -- since 14
        ALTER TABLE customers ALTER COLUMN email TYPE varchar(200)
        ALTER TABLE customers ALTER COLUMN email TYPE varchar(50)
        ALTER TABLE customers ALTER COLUMN email TYPE text
        ALTER TABLE customers ALTER COLUMN email TYPE varchar
        ALTER TABLE customers ALTER COLUMN email TYPE varchar(100)
        ALTER TABLE customers ALTER COLUMN email TYPE char(100)
        ALTER TABLE customers ALTER COLUMN email TYPE citext
        ALTER TABLE orders ALTER COLUMN note TYPE varchar
        ALTER TABLE orders ALTER COLUMN note TYPE varchar(100)
        ALTER TABLE orders ALTER COLUMN note TYPE text COLLATE "C"
        ALTER TABLE orders ALTER COLUMN note TYPE citext
        ALTER TABLE orders ALTER COLUMN note TYPE varchar USING note::varchar
        ALTER TABLE orders ALTER COLUMN note TYPE text USING CAST(note AS text)
        ALTER TABLE orders ALTER COLUMN note TYPE text USING upper(note)
        ALTER TABLE orders ALTER COLUMN note TYPE text USING orders.note
        ALTER TABLE orders ALTER COLUMN note TYPE varchar USING ("note"::text)::varchar
        ALTER TABLE customers ALTER COLUMN email TYPE varchar(200) USING (email::character varying(200))
        ALTER TABLE customers ALTER COLUMN email TYPE varchar(200) USING email::text
        ALTER TABLE customers ALTER COLUMN email TYPE text USING email::varchar(50)
        ALTER TABLE more_types ALTER COLUMN an_oid TYPE regclass
        ALTER TABLE more_types ALTER COLUMN an_oid TYPE integer
        ALTER TABLE more_types ALTER COLUMN a_class TYPE oid
        ALTER TABLE more_types ALTER COLUMN a_class TYPE integer
        ALTER TABLE more_types ALTER COLUMN a_char TYPE bpchar
        ALTER TABLE more_types ALTER COLUMN a_char TYPE text
        ALTER TABLE more_types ALTER COLUMN a_bit TYPE bit varying
        ALTER TABLE more_types ALTER COLUMN a_list TYPE a_list
        ALTER TABLE more_types ALTER COLUMN some_days TYPE interval
        ALTER TABLE more_types ALTER COLUMN some_days TYPE interval day to second(3)
        ALTER TABLE more_types ALTER COLUMN some_days TYPE interval year to month
        ALTER TABLE more_types ALTER COLUMN texts TYPE varchar[]
        ALTER TABLE more_types ALTER COLUMN a_citext TYPE short_text
        ALTER TABLE noted ALTER COLUMN note TYPE varchar
        ALTER TABLE noted ALTER COLUMN note TYPE text
        ALTER TABLE orders ALTER COLUMN note TYPE text
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)
        ALTER TABLE orders ALTER COLUMN total TYPE numeric
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,3)
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(8,2)
        ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz
        ALTER TABLE orders ALTER COLUMN placed TYPE timestamp(3)
        ALTER TABLE typed ALTER COLUMN a_timestamp TYPE timestamp
        ALTER TABLE typed ALTER COLUMN a_timestamp TYPE timestamp(6)
        ALTER TABLE typed ALTER COLUMN a_time TYPE time(4)
        ALTER TABLE typed ALTER COLUMN an_interval TYPE interval
        ALTER TABLE typed ALTER COLUMN an_interval TYPE interval(1)
        ALTER TABLE typed ALTER COLUMN a_varbit TYPE bit varying(20)
        ALTER TABLE typed ALTER COLUMN a_varbit TYPE bit varying
        ALTER TABLE typed ALTER COLUMN a_varbit TYPE bit varying(5)
        ALTER TABLE typed ALTER COLUMN a_bit TYPE bit varying(8)
        ALTER TABLE typed ALTER COLUMN a_bit TYPE bit varying
        ALTER TABLE typed ALTER COLUMN a_short TYPE varchar(20)
        ALTER TABLE typed ALTER COLUMN a_short TYPE varchar(10)
        ALTER TABLE typed ALTER COLUMN a_short TYPE text
        ALTER TABLE typed ALTER COLUMN a_cidr TYPE inet
        ALTER TABLE typed ALTER COLUMN an_xml TYPE text
        ALTER TABLE typed ALTER COLUMN an_xml TYPE varchar
        ALTER TABLE typed ALTER COLUMN a_list TYPE varchar(20)[]
        ALTER TABLE typed ALTER COLUMN a_list TYPE text[]
        ALTER TABLE typed ALTER COLUMN a_real TYPE double precision
        ALTER TABLE typed ALTER COLUMN a_number TYPE numeric(10,2)
        ALTER TABLE typed ALTER COLUMN a_json TYPE jsonb
        ALTER TABLE typed ALTER COLUMN a_citext TYPE text
        ALTER TABLE typed ALTER COLUMN a_citext TYPE varchar
        ALTER TABLE typed ALTER COLUMN a_citext TYPE varchar(50)
        ALTER TABLE typed ALTER COLUMN an_int TYPE bigint
        ALTER TABLE typed ALTER COLUMN an_int TYPE smallint
        ALTER TABLE typed ALTER COLUMN an_int TYPE oid
        ALTER TABLE typed ALTER COLUMN an_int TYPE any_number
        ALTER TABLE typed ALTER COLUMN an_int TYPE positive
        ALTER TABLE typed ALTER COLUMN a_mood TYPE text
        ALTER TABLE customers ALTER COLUMN score TYPE int
        ALTER TABLE customers ALTER COLUMN score TYPE bigint
        ALTER TABLE orders ALTER COLUMN customer_id TYPE int
        ALTER TABLE customers ALTER COLUMN id TYPE int
        ALTER TABLE customers ALTER COLUMN code TYPE bigint
        ALTER TABLE orders ALTER COLUMN customer_code TYPE bigint
        ALTER TABLE customers ALTER COLUMN code TYPE oid
        ALTER TABLE customers ALTER COLUMN code TYPE positive
        ALTER TABLE events ALTER COLUMN id TYPE int
        ALTER TABLE readings ALTER COLUMN value TYPE numeric(12,2)
        ALTER TABLE orders ADD CHECK (id > 0)
        ALTER TABLE orders ADD CHECK (id > 0) NOT VALID
        ALTER TABLE events ADD CHECK (id >= 0)
        ALTER TABLE orders ADD UNIQUE (note)
        ALTER TABLE loner ADD PRIMARY KEY (id)
        ALTER TABLE indexed ADD UNIQUE USING INDEX indexed_id
        ALTER TABLE indexed ADD PRIMARY KEY USING INDEX indexed_id
        ALTER TABLE indexed ADD PRIMARY KEY USING INDEX indexed_b
        ALTER TABLE indexed ADD PRIMARY KEY USING INDEX indexed_c
        ALTER TABLE loner ADD EXCLUDE USING btree (id WITH =)
        ALTER TABLE loner ADD FOREIGN KEY (id) REFERENCES customers (code)
        ALTER TABLE loner ADD FOREIGN KEY (id) REFERENCES customers (code) NOT VALID
        ALTER TABLE orders ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES orders
        ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers
        ALTER TABLE loner ADD FOREIGN KEY (id) REFERENCES readings_keyed
        ALTER TABLE orders ADD CONSTRAINT n NOT NULL note -- since 18
        ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID -- since 18
        ALTER TABLE orders ADD CONSTRAINT n NOT NULL flag -- since 18
        ALTER TABLE orders VALIDATE CONSTRAINT note_short
        ALTER TABLE orders VALIDATE CONSTRAINT total_positive
        ALTER TABLE orders VALIDATE CONSTRAINT orders_code
        ALTER TABLE orders DROP CONSTRAINT orders_customer
        ALTER TABLE orders DROP CONSTRAINT total_positive
        ALTER TABLE customers DROP CONSTRAINT customers_code_key CASCADE
        ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE
        ALTER TABLE orders DROP CONSTRAINT orders_pkey
        ALTER TABLE events DROP CONSTRAINT events_customer_id_fkey
        ALTER TABLE orders RENAME CONSTRAINT total_positive TO positive_total
        ALTER TABLE orders RENAME CONSTRAINT orders_customer TO customer_of_order
        ALTER TABLE orders ALTER CONSTRAINT orders_customer DEFERRABLE
        ALTER TABLE base ADD CHECK (id > 0)
        ALTER TABLE base ADD CHECK (id > 0) NOT VALID
        ALTER TABLE base ADD UNIQUE (id)
        ALTER TABLE base ADD PRIMARY KEY (id)
        ALTER TABLE base ADD EXCLUDE USING btree (id WITH =)
        ALTER TABLE base ADD UNIQUE USING INDEX base_id
        ALTER TABLE base ADD FOREIGN KEY (id) REFERENCES customers (code)
        ALTER TABLE base DROP CONSTRAINT base_checked_check
        ALTER TABLE base RENAME CONSTRAINT base_checked_check TO c
        ALTER TABLE base ALTER COLUMN id SET DEFAULT 5
        ALTER TABLE base ALTER COLUMN id SET NOT NULL
        ALTER TABLE base ALTER COLUMN id SET STATISTICS 50
        ALTER TABLE base ALTER COLUMN id SET STORAGE PLAIN
        ALTER TABLE base ALTER COLUMN id TYPE bigint
        ALTER TABLE base DROP COLUMN id
        ALTER TABLE base DISABLE TRIGGER ALL
        ALTER TABLE base SET (fillfactor = 70)
        ALTER TABLE base SET UNLOGGED
        CREATE TRIGGER y BEFORE INSERT ON base FOR EACH ROW EXECUTE FUNCTION stamp()
        TRUNCATE base
        DROP TABLE base CASCADE
        UPDATE base SET checked = 5
        COMMENT ON COLUMN base.id IS 'x'
        ALTER TABLE events DISABLE TRIGGER ALL
        ALTER TABLE events ALTER COLUMN id SET DEFAULT 5
        ALTER TABLE events ALTER COLUMN id SET STATISTICS 50
        ALTER TABLE events RENAME CONSTRAINT events_customer_id_fkey TO y
        ALTER TABLE events ENABLE ROW LEVEL SECURITY
        ALTER TABLE events VALIDATE CONSTRAINT events_customer_id_fkey
        CREATE POLICY y ON events USING (true)
        ALTER TABLE events DISABLE TRIGGER stamp_all
        ALTER TABLE events ENABLE REPLICA TRIGGER stamp_all
        ALTER TRIGGER stamp_all ON events RENAME TO y
        DROP TRIGGER stamp_all ON events
        COMMENT ON TABLE events IS 'x'
        UPDATE events SET customer_id = 5
        CREATE INDEX ON orders (customer_id)
        CREATE INDEX IF NOT EXISTS orders_note ON orders (note)
        CREATE UNIQUE INDEX ON orders (id, note)
        CREATE INDEX ON events (customer_id)
        CREATE INDEX ON ONLY events (customer_id)
        CREATE INDEX ON base (id)
        CREATE INDEX ON figures (id)
        DROP INDEX orders_note
        DROP INDEX events_id
        ALTER INDEX orders_note RENAME TO orders_remark
        ALTER INDEX orders_note SET (fillfactor = 70)
        ALTER INDEX events_at ATTACH PARTITION events_2025_at
        REINDEX INDEX orders_note
        REINDEX TABLE orders
        REINDEX INDEX orders_pkey
        CREATE VIEW y AS SELECT id FROM orders
        CREATE OR REPLACE VIEW names AS SELECT id FROM loner
        CREATE OR REPLACE VIEW y AS SELECT id FROM loner
        CREATE MATERIALIZED VIEW y AS SELECT id FROM orders
        CREATE MATERIALIZED VIEW y AS SELECT id FROM orders WITH NO DATA
        CREATE MATERIALIZED VIEW IF NOT EXISTS figures AS SELECT id FROM orders
        ALTER MATERIALIZED VIEW figures SET (fillfactor = 70)
        ALTER MATERIALIZED VIEW figures CLUSTER ON figures_id
        ALTER MATERIALIZED VIEW figures ALTER COLUMN id SET STATISTICS 5
        ALTER MATERIALIZED VIEW figures ALTER COLUMN id SET STORAGE PLAIN
        REFRESH MATERIALIZED VIEW figures
        REFRESH MATERIALIZED VIEW CONCURRENTLY figures
        DROP VIEW titles_of_names
        DROP VIEW names CASCADE
        DROP TABLE loner CASCADE
        ALTER TABLE loner DROP COLUMN id CASCADE
        SELECT purge(5)
        ALTER DOMAIN any_number ADD CHECK (VALUE < 5000)
        ALTER DOMAIN over_any_number SET NOT NULL
        DROP MATERIALIZED VIEW figures
        ALTER VIEW names RENAME TO titles
        ALTER VIEW names SET (security_barrier = true)
        ALTER VIEW names SET SCHEMA archive
        ALTER MATERIALIZED VIEW figures RENAME TO numbers_of_loners
        CREATE SEQUENCE y OWNED BY loner.id
        ALTER SEQUENCE numbers RESTART WITH 5
        ALTER SEQUENCE numbers OWNED BY loner.id
        ALTER SEQUENCE numbers RENAME TO y
        DROP SEQUENCE numbers
        CREATE TYPE y AS ENUM ('a')
        ALTER TYPE mood ADD VALUE 'bored'
        ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'
        DROP TYPE mood CASCADE
        CREATE DOMAIN y AS integer CHECK (VALUE > 5)
        ALTER DOMAIN positive ADD CONSTRAINT c CHECK (VALUE < 5000)
        ALTER DOMAIN positive ADD CONSTRAINT c CHECK (VALUE < 5000) NOT VALID
        ALTER DOMAIN positive VALIDATE CONSTRAINT positive_small
        ALTER DOMAIN positive SET NOT NULL
        ALTER DOMAIN positive SET DEFAULT 7
        ALTER DOMAIN positive DROP CONSTRAINT positive_check
        DROP DOMAIN positive CASCADE
        CREATE FUNCTION y() RETURNS int LANGUAGE sql AS 'SELECT 1'
        CREATE FUNCTION y(int) RETURNS void LANGUAGE sql AS 'UPDATE orders SET note = NULL WHERE id = $1; DELETE FROM loner'
        CREATE FUNCTION y(int) RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM loner WHERE id = $1; END -- since 14
        CREATE FUNCTION y(anyelement) RETURNS void LANGUAGE sql AS 'DELETE FROM loner'
        CREATE FUNCTION y() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM loner; END'
        CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
        DROP FUNCTION stamp() CASCADE
        CREATE TRIGGER y AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()
        CREATE TRIGGER y AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION stamp()
        DROP TRIGGER stamp ON orders
        DROP TRIGGER IF EXISTS stamp ON orders
        DROP TRIGGER IF EXISTS nothing ON orders
        DROP POLICY IF EXISTS mine ON orders
        DROP POLICY IF EXISTS nothing ON orders
        DROP RULE IF EXISTS quiet ON loner
        DROP RULE IF EXISTS nothing ON loner
        ALTER TRIGGER stamp ON orders RENAME TO y
        ALTER TABLE orders DISABLE TRIGGER stamp
        ALTER TABLE orders DISABLE TRIGGER ALL
        ALTER TABLE orders ENABLE ALWAYS TRIGGER stamp
        CREATE SCHEMA y
        DROP SCHEMA archive CASCADE
        CREATE EXTENSION hstore
        CREATE POLICY y ON orders USING (true)
        ALTER POLICY mine ON orders USING (false)
        ALTER POLICY mine ON orders RENAME TO y
        DROP POLICY mine ON orders
        CREATE RULE y AS ON INSERT TO loner DO ALSO NOTHING
        DROP RULE quiet ON loner
        CREATE STATISTICS y ON id, total FROM orders
        DROP STATISTICS orders_stats
        CREATE PUBLICATION y FOR TABLE orders
        COMMENT ON TABLE orders IS 'x'
        COMMENT ON COLUMN orders.note IS 'x'
        COMMENT ON INDEX orders_note IS 'x'
        COMMENT ON CONSTRAINT total_positive ON orders IS 'x'
        COMMENT ON TRIGGER stamp ON orders IS 'x'
        COMMENT ON FUNCTION stamp() IS 'x'
        COMMENT ON VIEW names IS 'x'
        GRANT SELECT ON orders TO pg_monitor
        CLUSTER orders USING orders_note
        SET LOCAL lock_timeout = '1s'
        ALTER TABLE ONLY base ALTER id SET DEFAULT 5
        ALTER TABLE ONLY base ADD CHECK (id > 0) NO INHERIT
        ALTER TABLE ONLY base DROP COLUMN id
        ALTER TABLE ONLY events ALTER id SET DEFAULT 5
        ALTER TABLE IF EXISTS ONLY base DISABLE TRIGGER ALL
        ALTER TABLE loner ADD CHECK (id > 5) NOT ENFORCED -- since 18
        ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED -- since 18
        ALTER TABLE orders ADD FOREIGN KEY (customer_code, customer_id) REFERENCES customers_by_code (code, id) ON DELETE SET NULL (customer_code) -- since 15
        ALTER TABLE orders ALTER CONSTRAINT orders_customer NOT ENFORCED -- since 18
        ALTER TABLE orders ALTER CONSTRAINT orders_customer ENFORCED -- since 18
        ALTER TABLE events ALTER CONSTRAINT events_customer_id_fkey NOT ENFORCED -- since 18
        ALTER TABLE lax ALTER CONSTRAINT lax_customer ENFORCED -- since 18
        ALTER TABLE lax ALTER CONSTRAINT lax_customer NOT ENFORCED -- since 18
        ALTER TABLE orders ALTER CONSTRAINT orders_customer DEFERRABLE ENFORCED -- since 18
        CREATE UNLOGGED SEQUENCE y -- since 15
        ALTER SEQUENCE numbers SET UNLOGGED -- since 15
        ALTER SEQUENCE numbers SET LOGGED -- since 15
        CREATE TABLE y OF span (low NOT NULL, PRIMARY KEY (low))
        CREATE TABLE y OF span (low REFERENCES customers)
        CREATE STATISTICS ON id, total FROM orders -- since 16
        SELECT setval('numbers', 5)
        SELECT setval(pg_get_serial_sequence('counters', 'id'), 5)
        SELECT max(id) FROM orders
        SELECT setval('numbers', (SELECT max(id) FROM orders))
        SELECT setval('numbers', max(o.id)) FROM orders o
        SELECT max(id), count(*) FROM orders
        SELECT max(id + 1) FROM orders
        SELECT max(total) FROM orders
        SELECT max(id) FROM orders WHERE note LIKE '%z%'
        SELECT * FROM loner FOR UPDATE
        SELECT l.* FROM loner l LEFT JOIN ground g ON true FOR KEY SHARE OF l
        SELECT * FROM names FOR SHARE
        SELECT * FROM base FOR NO KEY UPDATE
        WITH picked AS (SELECT * FROM loner FOR UPDATE) SELECT * FROM picked
        INSERT INTO ground SELECT id FROM loner FOR UPDATE
        MERGE INTO orders USING loner ON loner.id = orders.id WHEN MATCHED THEN DELETE -- since 15
        DO $$ BEGIN PERFORM 1 FROM loner FOR UPDATE; END $$
        INSERT INTO orders (id, customer_id, flag, total, placed) VALUES (5000, 1, true, 1, now())
        INSERT INTO loner SELECT id FROM customers
        INSERT INTO loner SELECT 5
        UPDATE orders SET note = 'x' WHERE id = 5
        UPDATE orders SET note = 'x' WHERE orders.id IN (5, 6) AND note IS NOT NULL
        UPDATE orders SET note = 'x'
        UPDATE orders SET note = 'x' WHERE note LIKE '%5%'
        UPDATE orders SET note = c.email FROM customers c WHERE c.id = orders.customer_id
        DELETE FROM orders WHERE id = 5
        DELETE FROM loner WHERE id > 0
        WITH gone AS (DELETE FROM loner WHERE id > 0 RETURNING id) SELECT count(*) FROM gone
        DO $$ BEGIN ALTER TABLE orders ADD COLUMN x int; UPDATE orders SET x = 1; END $$
        DO $$ BEGIN CREATE TABLE y (id int); CREATE INDEX ON y (id); ALTER TABLE y ADD COLUMN z serial; END $$
        """
        .lines()
        .filter(PostgresqlImpactIT::isKnownToTheServer)
        .map(line -> line.replaceAll(" -- since .*", ""));
  }

  private static boolean isKnownToTheServer(String line) {
    String[] parts = line.split(" -- since ", -1);
    return parts.length == 1 || dialect.version().major() >= Integer.parseInt(parts[1].strip());
  }

  @ParameterizedTest
  @MethodSource("statements")
  void whatAStatementLocksAndWritesIsWhatIsClaimed(String sql) throws Exception {
    Impact claim = claim(sql);
    Measured seen;
    try (Connection connection = DATABASE.connect()) {
      connection.setAutoCommit(false);
      execute(connection, "SET LOCAL TimeZone = 'Europe/Berlin'");
      seen = Measured.running(sql, connection, ROWS);
      connection.rollback();
    }
    Map<String, LockMode> onTables = new TreeMap<>();
    Map<String, LockMode> onOthers = new TreeMap<>();
    for (Impact.Lock lock : claim.locks()) {
      QualifiedName relation = schema.resolve(lock.relation());
      boolean isTable = schema.table(relation).isPresent() || schema.view(relation).isPresent();
      (isTable ? onTables : onOthers).merge(relation.toString(), lock.mode(), Measured::stronger);
    }
    assertThat(onTables).as("tables").isEqualTo(withoutRowShare(seen.tables(), onTables));
    onOthers.forEach((relation, mode) -> assertThat(seen.others()).containsEntry(relation, mode));
    assertThat(claim.work()).as("work, with %d rows read", seen.rowsRead()).isEqualTo(seen.work());
    assertThat(claim.transactional()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE loner ADD COLUMN x int",
        "TRUNCATE loner",
        "LOCK TABLE loner",
        "REINDEX TABLE loner",
        "EXECUTE 'DROP TABLE loner'"
      })
  void aCallOfWhatDoesMoreThanReadAndWriteRowsIsUnknown(String inside) {
    String body = "'BEGIN IF true THEN " + inside.replace("'", "''") + "; END IF; END'";
    Schema before = schema;
    for (Change change :
        dialect
            .read(
                dev.sluice.sql.Statement.of(
                    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS " + body))
            .changes()) {
      before = before.after(change);
    }
    Change call = dialect.read(dev.sluice.sql.Statement.of("SELECT f()")).changes().get(0);
    assertThat(dialect.impact(call, before)).isEqualTo(Impact.UNKNOWN);
  }

  @Test
  void nobodyWaitsForATemporaryTable() {
    Schema before = schema;
    for (Change change :
        dialect.read(dev.sluice.sql.Statement.of("CREATE TEMP TABLE mine (id int)")).changes()) {
      before = before.after(change);
    }
    Change drop = dialect.read(dev.sluice.sql.Statement.of("DROP TABLE mine")).changes().get(0);
    assertThat(dialect.impact(drop, before).locks()).isEmpty();
  }

  /** Whoever writes a child looks up its parents; that blocks nobody but who drops them. */
  private static Map<String, LockMode> withoutRowShare(
      Map<String, LockMode> seen, Map<String, LockMode> claimed) {
    Map<String, LockMode> rest = new TreeMap<>(seen);
    rest.entrySet()
        .removeIf(e -> e.getValue() == LockMode.ROW_SHARE && !claimed.containsKey(e.getKey()));
    return rest;
  }

  /** Of all changes that a statement makes. */
  private static Impact claim(String sql) {
    Reading reading = dialect.read(dev.sluice.sql.Statement.of(sql));
    assertThat(reading.changes()).noneMatch(Change.Unrecognised.class::isInstance);
    return dialect.impacts(reading.changes(), reading.stated(), schema).stream()
        .reduce(Impact.NONE, Impact::and);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
