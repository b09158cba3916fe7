package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.release.Releases;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.CatalogSchema;
import dev.sluice.testing.Postgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real database that was changed by hand, against the migrations that ran on it. */
class DriftIT {

  private static final Dialect DIALECT = new PostgresqlDialect(EngineVersion.parse("17"));

  private static final String MIGRATIONS =
      """
      CREATE SCHEMA archive;
      CREATE TYPE mood AS ENUM ('sad', 'happy');
      CREATE DOMAIN code AS varchar(10);
      CREATE SEQUENCE numbers;
      CREATE TABLE customers (id bigserial PRIMARY KEY, email varchar(100) UNIQUE, mood mood DEFAULT 'sad');
      CREATE TABLE orders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL,
        total numeric(10, 2) NOT NULL DEFAULT 0, note text, placed timestamptz DEFAULT now(),
        CONSTRAINT total_positive CHECK (total >= 0 AND total < 1000),
        CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE);
      CREATE INDEX orders_placed ON orders (placed DESC) WHERE total > 5;
      CREATE INDEX orders_note ON orders (lower(note));
      CREATE TABLE archive.old (id int);
      CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE VIEW paid AS SELECT id, total FROM orders WHERE total > 0;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE POLICY mine ON orders USING (total > 0);
      """;

  private final Postgres.Database database = Postgres.freshDatabase();

  @Test
  void aDatabaseThatOnlyItsMigrationsChangedHasNone() throws Exception {
    database.execute(MIGRATIONS);
    assertThat(drift()).isEmpty();
  }

  @Test
  void everyObjectThatIsGoneIsNamed() throws Exception {
    database.execute(MIGRATIONS);
    database.execute(
        """
        DROP POLICY mine ON orders;
        DROP TRIGGER touched ON orders;
        DROP FUNCTION touch;
        DROP VIEW paid;
        DROP INDEX orders_note;
        ALTER TABLE orders DROP CONSTRAINT total_positive, DROP COLUMN note;
        DROP TABLE archive.old;
        DROP SEQUENCE numbers;
        DROP DOMAIN code;
        ALTER TABLE customers DROP COLUMN mood;
        DROP TYPE mood;
        """);
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "table archive.old is not in the database",
            "domain code is not in the database: varchar(10)",
            "column customers.mood is not in the database: mood",
            "type mood is not in the database: 'sad', 'happy'",
            "sequence numbers is not in the database",
            "policy orders.mine is not in the database",
            "column orders.note is not in the database: text",
            "constraint orders.total_positive is not in the database: CHECK (total >= 0 AND total <"
                + " 1000)",
            "trigger orders.touched is not in the database",
            "index orders_note is not in the database: on orders (lower(note))",
            "view paid is not in the database",
            "function touch is not in the database");
  }

  @Test
  void everyObjectThatIsThereBesideIsNamed() throws Exception {
    database.execute(MIGRATIONS);
    database.execute(
        """
        CREATE TABLE report (id int);
        ALTER TABLE orders ADD COLUMN extra text NOT NULL DEFAULT '';
        ALTER TABLE orders ADD CONSTRAINT note_short CHECK (length(note) < 100) NOT VALID;
        CREATE INDEX by_hand ON orders (customer_id, total);
        CREATE VIEW shown AS SELECT id FROM customers;
        CREATE TYPE size AS ENUM ('s');
        CREATE SEQUENCE more;
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE TRIGGER again BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();
        """);
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "index by_hand is only in the database: on orders (customer_id, total)",
            "function f is only in the database",
            "sequence more is only in the database",
            "trigger orders.again is only in the database",
            "column orders.extra is only in the database: text NOT NULL",
            "constraint orders.note_short is only in the database: CHECK ((length(note) < 100))",
            "table report is only in the database",
            "view shown is only in the database",
            "type size is only in the database: 's'");
  }

  @Test
  void everyPropertyThatDiffersIsNamedWithBothSides() throws Exception {
    database.execute(MIGRATIONS);
    database.execute(
        """
        DROP VIEW paid;
        DROP POLICY mine ON orders;
        ALTER TABLE orders ALTER total TYPE numeric(12, 2), ALTER total DROP NOT NULL, ALTER total SET DEFAULT 1;
        CREATE VIEW paid AS SELECT id, total FROM orders WHERE total > 0;
        CREATE POLICY mine ON orders USING (total > 0);
        ALTER TABLE customers ALTER id DROP DEFAULT;
        ALTER TABLE orders DROP CONSTRAINT total_positive,
          ADD CONSTRAINT total_positive CHECK (total >= 0 AND total < 2000) NOT VALID;
        ALTER TABLE orders DROP CONSTRAINT orders_customer,
          ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);
        ALTER TABLE customers RENAME CONSTRAINT customers_email_key TO one_email;
        DROP INDEX orders_placed;
        CREATE INDEX orders_placed ON orders (placed) WHERE total > 5;
        ALTER INDEX orders_note RENAME TO orders_lower_note;
        ALTER TYPE mood ADD VALUE 'fine';
        """);
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "column customers.id: default is serial in the migrations, none in the database",
            "constraint customers.customers_email_key: name is customers_email_key in the"
                + " migrations, one_email in the database",
            "type mood: values is 'sad', 'happy' in the migrations, 'sad', 'happy', 'fine' in the"
                + " database",
            "constraint orders.orders_customer: definition is FOREIGN KEY (customer_id) REFERENCES"
                + " customers (id) ON DELETE CASCADE in the migrations, FOREIGN KEY (customer_id)"
                + " REFERENCES customers (id) in the database",
            "column orders.total: default is 0 in the migrations, 1 in the database",
            "column orders.total: nullability is NOT NULL in the migrations, NULL in the database",
            "column orders.total: type is numeric(10, 2) in the migrations, numeric(12,2) in the"
                + " database",
            "constraint orders.total_positive: definition is CHECK (total >= 0 AND total < 1000) in"
                + " the migrations, CHECK (((total >= (0)::numeric) AND (total < (2000)::numeric)))"
                + " in the database",
            "constraint orders.total_positive: validity is VALID in the migrations, NOT VALID in"
                + " the database",
            "index orders_note: name is orders_note in the migrations, orders_lower_note in the"
                + " database",
            "index orders_placed: definition is on orders (placed DESC) WHERE total > 5 in the"
                + " migrations, on orders (placed) WHERE (total > (5)::numeric) in the database");
  }

  @Test
  void partitionsComeAndGoAndWhatIsNotTheMigrationsOwnDoesNotCount() throws Exception {
    database.execute(MIGRATIONS);
    database.execute(
        """
        CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE SCHEMA elsewhere;
        CREATE TABLE elsewhere.thing (id int);
        CREATE EXTENSION citext;
        CREATE TABLE flyway_schema_history (version text);
        """);
    assertThat(drift()).isEmpty();
  }

  @Test
  void renamedColumnsAndOtherQuotesAreNone() throws Exception {
    String migrations =
        """
        CREATE TABLE t (a int CHECK (a > 0), b text DEFAULT $$it's$$, c text DEFAULT E'x', d text DEFAULT E'it\\'s',
          e text DEFAULT $q$a\\b$q$, f int, g int GENERATED ALWAYS AS (f * 2) STORED);
        CREATE INDEX t_lower ON t (lower(b));
        CREATE INDEX t_some ON t (f) WHERE f > 5;
        CREATE VIEW v AS SELECT a, f FROM t WHERE f > 0;
        ALTER TABLE t RENAME COLUMN a TO a2;
        ALTER TABLE t RENAME COLUMN b TO b2;
        ALTER TABLE t RENAME COLUMN f TO f2;
        """;
    database.execute(migrations);
    assertThat(drift(Releases.first(migrations).after())).isEmpty();

    database.execute(
        "ALTER TABLE t ALTER b2 SET DEFAULT 'its', DROP CONSTRAINT t_a_check, ADD CONSTRAINT t_a_check CHECK (f2 > 0)");
    assertThat(drift(Releases.first(migrations).after())).hasSize(2);
  }

  @Test
  void aFailedConcurrentBuildIsSeen() throws Exception {
    database.execute(MIGRATIONS);
    database.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_note'::regclass");
    assertThat(drift())
        .containsExactly(
            "index orders_note: validity is valid in the migrations, INVALID in the database");
  }

  @Test
  void aForeignKeyThatClearsOtherColumnsIsAnother() throws Exception {
    if (Integer.parseInt(database.ask("SHOW server_version_num")) < 150000) {
      return;
    }
    String migrations =
        """
        CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
        CREATE TABLE c (x int, y int, CONSTRAINT k FOREIGN KEY (x, y) REFERENCES p ON DELETE SET NULL (x));
        ALTER TABLE c RENAME COLUMN x TO z;
        """;
    database.execute(migrations);
    assertThat(drift(Releases.first(migrations).after())).isEmpty();

    database.execute(
        "ALTER TABLE c DROP CONSTRAINT k, ADD CONSTRAINT k FOREIGN KEY (z, y) REFERENCES p ON DELETE SET NULL");
    assertThat(drift(Releases.first(migrations).after()))
        .containsExactly(
            "constraint c.k: definition is FOREIGN KEY (z, y) REFERENCES p (a, b) ON DELETE SET"
                + " NULL (z) in the migrations, FOREIGN KEY (z, y) REFERENCES p (a, b) ON DELETE"
                + " SET NULL in the database");
  }

  @Test
  void enforcementAndSpansOfTimeAreRead() throws Exception {
    if (Integer.parseInt(database.ask("SHOW server_version_num")) < 180000) {
      return;
    }
    String migrations =
        """
        CREATE EXTENSION btree_gist;
        CREATE TABLE p (a int, during daterange, PRIMARY KEY (a, during WITHOUT OVERLAPS));
        CREATE TABLE u (a int, during daterange, CONSTRAINT one UNIQUE (a, during WITHOUT OVERLAPS));
        CREATE TABLE c (x int, during daterange, CONSTRAINT k FOREIGN KEY (x, PERIOD during) REFERENCES p);
        CREATE TABLE q (a int PRIMARY KEY);
        CREATE TABLE d (x int CONSTRAINT lax REFERENCES q NOT ENFORCED, y int CONSTRAINT k REFERENCES q, z int CONSTRAINT l REFERENCES q NOT ENFORCED);
        ALTER TABLE d ALTER CONSTRAINT k NOT ENFORCED;
        ALTER TABLE d ALTER CONSTRAINT l ENFORCED, ALTER CONSTRAINT l DEFERRABLE INITIALLY DEFERRED;
        """;
    database.execute(migrations);
    assertThat(drift(Releases.first(migrations).after())).isEmpty();

    database.execute(
        """
        ALTER TABLE c DROP CONSTRAINT k;
        ALTER TABLE u DROP CONSTRAINT one, ADD CONSTRAINT one UNIQUE (a, during);
        ALTER TABLE d ALTER CONSTRAINT k ENFORCED;
        """);
    assertThat(drift(Releases.first(migrations).after()))
        .containsExactlyInAnyOrder(
            "constraint c.k is not in the database: FOREIGN KEY (x, during) with PERIOD REFERENCES"
                + " p (a, during)",
            "constraint u.one: definition is UNIQUE (a, during) WITHOUT OVERLAPS in the"
                + " migrations, UNIQUE (a, during) in the database",
            "constraint d.k: validity is NOT ENFORCED in the migrations, VALID in the database");
  }

  private List<String> drift() {
    return drift(Releases.first(MIGRATIONS).after());
  }

  private List<String> drift(Schema replayed) {
    Drift drift =
        Drift.between(
            replayed,
            CatalogSchema.of(database),
            DIALECT,
            n -> !n.equals(QualifiedName.of("public", "flyway_schema_history")));
    assertThat(drift.complete()).isTrue();
    return drift.differences().stream().map(Difference::toString).toList();
  }
}
