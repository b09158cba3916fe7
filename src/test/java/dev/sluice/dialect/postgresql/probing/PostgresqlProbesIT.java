package dev.sluice.dialect.postgresql.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.sql.Statement;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresqlProbesIT {

  /** What stands before every case. */
  private static final String SHOP =
      """
      CREATE SCHEMA archive;
      CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100), name text);
      CREATE TABLE orders (
        id bigint PRIMARY KEY,
        customer_id bigint NOT NULL,
        total numeric(10,2) DEFAULT 0,
        note text,
        placed timestamp(3),
        CONSTRAINT total_positive CHECK (total >= 0),
        CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id));
      ALTER TABLE orders ADD CONSTRAINT id_small CHECK (id < 1000) NOT VALID;
      CREATE INDEX orders_note ON orders (note);
      CREATE UNIQUE INDEX orders_total_key ON orders (total);
      CREATE TABLE counters (
        id integer GENERATED ALWAYS AS IDENTITY,
        doubled integer GENERATED ALWAYS AS (2 * 2) STORED);
      CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE INDEX events_at ON ONLY events (at);
      CREATE INDEX events_2025_at ON events_2025 (at);
      CREATE TABLE events_2026 (id bigint NOT NULL, at date NOT NULL);
      CREATE TABLE parent (id bigint);
      CREATE TYPE mood AS ENUM ('sad', 'happy');
      CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
      CREATE VIEW recent AS SELECT id FROM orders;
      CREATE MATERIALIZED VIEW totals AS SELECT sum(id) FROM orders;
      CREATE SEQUENCE numbers;
      CREATE FUNCTION shout(t text) RETURNS text LANGUAGE sql AS 'SELECT upper(t)';
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER stamp BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE POLICY mine ON orders USING (true);
      CREATE RULE quiet AS ON DELETE TO customers DO INSTEAD NOTHING;
      CREATE STATISTICS orders_stats ON customer_id, total FROM orders;
      """;

  private static final Dialect DIALECT = new PostgresqlDialect(EngineVersion.parse("17"));

  private final Postgres.Database database = Postgres.freshDatabase();

  @BeforeEach
  void openTheShop() throws Exception {
    database.execute(SHOP);
  }

  /** Statements that are not done before, and are done after. */
  static Stream<String> changes() {
    return """
        CREATE TABLE items (id bigint)
        DROP TABLE counters
        DROP TABLE IF EXISTS counters CASCADE
        ALTER TABLE orders RENAME TO purchases
        ALTER TABLE orders SET SCHEMA archive
        ALTER TABLE public.orders SET SCHEMA archive
        ALTER TABLE parent SET UNLOGGED
        ALTER TABLE orders REPLICA IDENTITY FULL
        ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_pkey
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY
        ALTER TABLE orders FORCE ROW LEVEL SECURITY
        ALTER TABLE orders CLUSTER ON orders_note
        ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
        ALTER TABLE events ATTACH PARTITION events_2026 DEFAULT
        ALTER TABLE events DETACH PARTITION events_2025
        ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY
        ALTER TABLE orders ADD COLUMN reference text NOT NULL DEFAULT 'x'
        ALTER TABLE orders ADD COLUMN "Reference" bigint UNIQUE
        ALTER TABLE orders ADD COLUMN serial_number bigserial
        ALTER TABLE orders DROP COLUMN note
        ALTER TABLE orders RENAME COLUMN note TO remark
        ALTER TABLE customers ALTER COLUMN email TYPE varchar(200)
        ALTER TABLE customers ALTER COLUMN email TYPE text
        ALTER TABLE customers ALTER COLUMN name TYPE text COLLATE "C"
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,4)
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(12)
        ALTER TABLE orders ALTER COLUMN total TYPE numeric
        ALTER TABLE orders ALTER COLUMN placed TYPE timestamp(6) with time zone
        ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz USING placed::timestamptz
        ALTER TABLE orders ALTER COLUMN note TYPE mood USING note::mood
        ALTER TABLE orders ALTER COLUMN note TYPE text[] USING ARRAY[note]::text[]
        ALTER TABLE orders ALTER COLUMN note TYPE char USING note::char
        ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'it''s'
        ALTER TABLE orders ALTER COLUMN note SET DEFAULT '100%'::text
        ALTER TABLE orders ALTER COLUMN total SET DEFAULT 5
        ALTER TABLE orders ALTER COLUMN total SET DEFAULT -5
        ALTER TABLE orders ALTER COLUMN customer_id SET DEFAULT 7
        ALTER TABLE orders ALTER COLUMN placed SET DEFAULT CURRENT_TIMESTAMP
        ALTER TABLE orders ALTER COLUMN placed SET DEFAULT now()
        ALTER TABLE orders ALTER COLUMN total DROP DEFAULT
        ALTER TABLE orders ALTER COLUMN note SET NOT NULL
        ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL
        ALTER TABLE orders ALTER COLUMN customer_id ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 5)
        ALTER TABLE counters ALTER COLUMN id DROP IDENTITY
        ALTER TABLE counters ALTER COLUMN doubled DROP EXPRESSION
        ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500
        ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL
        ALTER TABLE orders ADD CONSTRAINT total_small CHECK (total < 1000)
        ALTER TABLE orders ADD CONSTRAINT total_small CHECK (total < 1000) NOT VALID
        ALTER TABLE orders ADD UNIQUE (customer_id, placed)
        ALTER TABLE orders ADD CONSTRAINT total_once UNIQUE USING INDEX orders_total_key
        ALTER TABLE orders ADD UNIQUE USING INDEX orders_total_key
        ALTER TABLE parent ADD PRIMARY KEY (id)
        ALTER TABLE parent ADD FOREIGN KEY (id) REFERENCES orders
        ALTER TABLE parent ADD FOREIGN KEY (id) REFERENCES orders NOT VALID
        ALTER TABLE parent ADD CONSTRAINT apart EXCLUDE USING btree (id WITH =)
        ALTER TABLE orders DROP CONSTRAINT total_positive
        ALTER TABLE orders RENAME CONSTRAINT total_positive TO total_not_negative
        ALTER TABLE orders VALIDATE CONSTRAINT id_small
        ALTER TABLE orders ALTER CONSTRAINT orders_customer DEFERRABLE INITIALLY DEFERRED
        CREATE INDEX orders_placed ON orders (placed)
        CREATE INDEX CONCURRENTLY orders_placed ON public.orders (placed DESC) WHERE total > 5
        CREATE INDEX events_id ON ONLY events (id)
        DROP INDEX orders_note
        DROP INDEX CONCURRENTLY public.orders_note
        ALTER INDEX orders_note RENAME TO orders_remark
        ALTER INDEX events_at ATTACH PARTITION events_2025_at
        CREATE VIEW old_orders (id) AS SELECT id FROM orders
        CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM orders
        CREATE SEQUENCE order_numbers START WITH 100 OWNED BY orders.id
        CREATE TYPE colour AS ENUM ('red', 'green')
        CREATE TYPE span AS (low integer, high integer)
        ALTER TYPE mood ADD VALUE 'it''s' BEFORE 'happy'
        ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'
        CREATE DOMAIN cents AS bigint NOT NULL
        CREATE FUNCTION shout(n integer, VARIADIC rest timestamp with time zone[]) RETURNS text LANGUAGE sql AS 'SELECT ''x'''
        CREATE FUNCTION shout() RETURNS text LANGUAGE sql AS 'SELECT ''x'''
        CREATE FUNCTION feel(m mood) RETURNS text LANGUAGE sql AS 'SELECT ''x'''
        CREATE TRIGGER audit AFTER INSERT ON customers FOR EACH STATEMENT EXECUTE FUNCTION stamp()
        DROP TRIGGER stamp ON orders
        ALTER TABLE orders DISABLE TRIGGER stamp
        CREATE SCHEMA shop
        CREATE EXTENSION citext
        CREATE POLICY yours ON orders FOR SELECT USING (true)
        CREATE RULE loud AS ON DELETE TO orders DO INSTEAD NOTHING
        CREATE STATISTICS more_stats ON total, note FROM orders
        CREATE COLLATION german FROM "C"
        CREATE ROLE probes_role
        DROP VIEW recent
        DROP MATERIALIZED VIEW totals
        DROP SEQUENCE numbers
        DROP TYPE mood
        DROP DOMAIN positive
        DROP FUNCTION shout(text)
        DROP FUNCTION shout(t text)
        DROP FUNCTION shout
        DROP POLICY mine ON orders
        DROP RULE quiet ON customers
        DROP STATISTICS orders_stats
        DROP SCHEMA archive
        DROP ROLE IF EXISTS probes_role
        ALTER VIEW recent RENAME TO latest
        ALTER SEQUENCE numbers RENAME TO figures
        ALTER TYPE mood RENAME TO feeling
        ALTER FUNCTION shout(text) RENAME TO yell
        ALTER POLICY mine ON orders RENAME TO ours
        ALTER VIEW recent SET SCHEMA archive
        ALTER TYPE public.mood SET SCHEMA archive
        ALTER FUNCTION shout(text) SET SCHEMA archive
        ALTER TABLE orders OWNER TO pg_monitor
        """
        .lines();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsNotDoneBeforeAndDoneAfter(String sql) throws Exception {
    Change change = read(sql);
    String probe = DIALECT.probes().done(change).orElseThrow();
    // Roles are of the whole server.
    database.execute(
        sql.startsWith("DROP ROLE")
            ? "CREATE ROLE probes_role"
            : "DROP ROLE IF EXISTS probes_role");
    assertThat(database.ask(probe)).as("before: %s", probe).isEqualTo("0");
    database.execute(DIALECT.writer().write(change));
    assertThat(database.ask(probe)).as("after: %s", probe).isEqualTo("1");
  }

  private static final Pattern GONE = Pattern.compile("\\b(DROP|DETACH|DISABLE)\\b");

  /** What asks for less than there was is done where nothing is; the rest is not. */
  @Test
  void aProbeAnswersWhereNothingIsThere() throws Exception {
    Postgres.Database empty = Postgres.freshDatabase();
    for (String sql : changes().toList()) {
      String answer = empty.ask(DIALECT.probes().done(read(sql)).orElseThrow());
      if (!GONE.matcher(sql).find()) {
        assertThat(answer).as(sql).isEqualTo("0");
      }
    }
  }

  @Test
  void anIndexThatAFailedBuildLeftBehindIsNotDone() throws Exception {
    String sql = "CREATE UNIQUE INDEX CONCURRENTLY customers_name ON customers (name)";
    String probe = DIALECT.probes().done(read(sql)).orElseThrow();
    database.execute("INSERT INTO customers (id, name) VALUES (1, 'a'), (2, 'a')");
    assertThat(failure(sql)).contains("could not create unique index");
    assertThat(database.ask("SELECT to_regclass('customers_name') IS NOT NULL")).isEqualTo("t");
    assertThat(database.ask(probe)).isEqualTo("0");
  }

  @Test
  void aTableIsNotRenamedWhileAViewBearsTheNewName() throws Exception {
    String probe = DIALECT.probes().done(read("ALTER TABLE orders RENAME TO sales")).orElseThrow();
    database.execute("CREATE VIEW sales AS SELECT * FROM orders");
    assertThat(database.ask(probe)).isEqualTo("0");
    database.execute(
        "DROP VIEW sales; ALTER TABLE orders RENAME TO sales;"
            + " CREATE VIEW orders AS SELECT * FROM sales");
    assertThat(database.ask(probe)).isEqualTo("1");
  }

  @Test
  void whatReplacesAnotherIsNotToldByItsName() {
    for (String sql :
        List.of(
            "CREATE OR REPLACE VIEW recent AS SELECT id FROM orders",
            "CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
            "ALTER TABLE orders ALTER COLUMN total TYPE numeric(10,2) USING total * 2",
            "UPDATE orders SET note = 'x'",
            "COMMENT ON TABLE orders IS 'x'")) {
      assertThat(DIALECT.probes().done(read(sql))).as(sql).isEqualTo(Optional.empty());
    }
  }

  private String failure(String sql) {
    try {
      database.execute(sql);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Change read(String sql) {
    List<Change> changes = DIALECT.read(Statement.of(sql)).changes();
    assertThat(changes).as(sql).hasSize(1);
    assertThat(changes.get(0)).as(sql).isNotInstanceOf(Change.Unrecognised.class);
    return changes.get(0);
  }
}
