package dev.sluice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.drift.Drift;
import dev.sluice.sql.Statement;
import dev.sluice.testing.CatalogSchema;
import dev.sluice.testing.Postgres;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The law of the fold: after every script, what {@link Schema} knows is what the server's catalog
 * holds, names that the server made up included; and reading the catalog gives the same.
 */
class SchemaIT {

  private static final Dialect DIALECT = new PostgresqlDialect(EngineVersion.parse("17"));

  @Test
  void constraintsAndIndexesGetTheNamesThatTheServerMakesUp() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE customer (id serial PRIMARY KEY, email text UNIQUE, age int CHECK (age > 0));
        CREATE TABLE orders (
          id bigint GENERATED ALWAYS AS IDENTITY,
          customer_id int NOT NULL REFERENCES customer,
          a int, b int, UNIQUE (a, b), PRIMARY KEY (id), CHECK (a < b), CHECK (a > 0), CHECK (a < 9),
          FOREIGN KEY (customer_id) REFERENCES customer (id));
        CREATE INDEX ON orders (a);
        CREATE INDEX ON orders (a);
        CREATE INDEX ON orders (a, b DESC);
        CREATE INDEX ON customer (lower(email));
        CREATE INDEX ON customer (lower(email), lower(email));
        CREATE INDEX ON customer ((age + 1));
        CREATE INDEX ON customer ((age::text));
        CREATE INDEX ON customer (((age + 1)::text));
        CREATE UNIQUE INDEX ON customer (email) INCLUDE (age);
        ALTER TABLE orders ADD COLUMN note text UNIQUE, ADD CHECK (b > 0);
        ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;
        """);
  }

  @Test
  void longNamesAreCutAsTheServerCutsThem() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE a_table_whose_name_is_nearly_as_long_as_the_engine_allows_it (
          id serial PRIMARY KEY,
          a_column_with_a_long_name_as_well_because_somebody_likes_them int UNIQUE,
          "größe_in_millimetern_über_alles_gemessen_am_äußersten_punkt" int);
        CREATE INDEX ON a_table_whose_name_is_nearly_as_long_as_the_engine_allows_it
          (a_column_with_a_long_name_as_well_because_somebody_likes_them,
           "größe_in_millimetern_über_alles_gemessen_am_äußersten_punkt");
        CREATE INDEX ON a_table_whose_name_is_nearly_as_long_as_the_engine_allows_it
          ("größe_in_millimetern_über_alles_gemessen_am_äußersten_punkt");
        CREATE TABLE t (
          a_column_with_a_long_name_as_well_because_somebody_likes_them int,
          a_column_with_a_long_name_as_well_because_somebody_likes_it int);
        CREATE INDEX ON t (a_column_with_a_long_name_as_well_because_somebody_likes_them,
           a_column_with_a_long_name_as_well_because_somebody_likes_it);
        """);
  }

  @Test
  void notValidSaysNothingOfATableThatIsMade() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (a int, CONSTRAINT positive CHECK (a > 0) NOT VALID);
        ALTER TABLE t ADD CONSTRAINT small CHECK (a < 100) NOT VALID;
        CREATE TABLE u (LIKE t INCLUDING ALL);
        """);
  }

  @Test
  void aColumnThatTheParentHasTooRefusesNullWhereOneOfBothDoes() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE p (a int, b int NOT NULL, c int DEFAULT 5);
        CREATE TABLE k (a int NOT NULL, b int, c int DEFAULT 6) INHERITS (p);
        """);
  }

  @Test
  void theIndexOfAPartitionedTableTakesThoseOfItsPartitionsAlong() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (5) PARTITION BY RANGE (a);
        CREATE TABLE t_1_1 PARTITION OF t_1 FOR VALUES FROM (0) TO (3);
        CREATE INDEX t_b ON t (b);
        CREATE INDEX t_a ON t (a);
        DROP INDEX t_b;
        CREATE TABLE plain (a int);
        CREATE INDEX ON ONLY plain (a);
        """);
  }

  @Test
  void namesInUseElsewhereInTheSchemaAreAvoided() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE p (id int PRIMARY KEY, items_id int, order_id int);
        CREATE TABLE order_items (id int REFERENCES p, a int CHECK (a > 0));
        CREATE TABLE "order" (items_id int REFERENCES p, items_a int CHECK (items_a > 0));
        CREATE TABLE t_pkey (x int);
        CREATE TABLE t (id serial PRIMARY KEY);
        CREATE TABLE t_id (seq int);
        CREATE SEQUENCE u_id_seq;
        CREATE TABLE u (id serial);
        """);
  }

  @Test
  void aDroppedColumnTakesItsIndexesAndConstraintsAlong() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE p (id int PRIMARY KEY);
        CREATE TABLE t (
          id serial PRIMARY KEY, a int, b int, c int REFERENCES p,
          UNIQUE (a, b), CHECK (a < b), CHECK (b > 0), CONSTRAINT c_positive CHECK (c > 0));
        CREATE INDEX ON t (a);
        CREATE INDEX ON t (b) WHERE a > 0;
        CREATE INDEX ON t ((a + b));
        CREATE INDEX ON t (b) INCLUDE (c);
        ALTER TABLE t DROP COLUMN a;
        ALTER TABLE t DROP COLUMN c;
        ALTER TABLE t DROP COLUMN id;
        """);
  }

  @Test
  void whatIsRenamedKeepsWhatHangsOnIt() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE);
        CREATE TABLE t (id serial PRIMARY KEY, p_id int REFERENCES p, code text REFERENCES p (code),
          CHECK (p_id > 0));
        CREATE INDEX t_p ON t (p_id);
        ALTER TABLE p RENAME TO parent;
        ALTER TABLE parent RENAME COLUMN code TO sign;
        ALTER TABLE t RENAME COLUMN p_id TO parent_id;
        ALTER TABLE t RENAME TO child;
        ALTER TABLE child RENAME CONSTRAINT t_pkey TO child_pkey;
        ALTER INDEX t_p RENAME TO child_parent;
        ALTER INDEX p_code_key RENAME TO parent_sign;
        ALTER TABLE child DROP COLUMN parent_id;
        ALTER TABLE parent DROP COLUMN sign CASCADE;
        """);
  }

  @Test
  void aKeySaidTwiceIsOneKeyUnderTheFirstNameGiven() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE a (k text PRIMARY KEY UNIQUE);
        CREATE TABLE b (k text PRIMARY KEY CONSTRAINT named UNIQUE, l int UNIQUE, UNIQUE (l));
        CREATE TABLE c (k int UNIQUE, l int, UNIQUE (k) DEFERRABLE, UNIQUE (l, k), UNIQUE (k, l),
          UNIQUE (k) INCLUDE (l, "M m"), "M m" int, CONSTRAINT later UNIQUE (l, k));
        ALTER TABLE c ADD COLUMN m int UNIQUE PRIMARY KEY;
        ALTER TABLE c ADD UNIQUE (k), ADD UNIQUE (k);
        """);
  }

  @Test
  void keysAdoptAnIndexUnderTheirOwnName() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (a int, b int NOT NULL);
        CREATE UNIQUE INDEX ta ON t (a);
        CREATE UNIQUE INDEX tb ON t (b);
        ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE USING INDEX ta;
        ALTER TABLE t ADD PRIMARY KEY USING INDEX tb;
        ALTER TABLE t DROP CONSTRAINT t_unique;
        """);
  }

  @Test
  void primaryKeyColumnsBecomeNotNullAndStaySo() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (a int, b int);
        ALTER TABLE t ADD PRIMARY KEY (a, b);
        ALTER TABLE t DROP CONSTRAINT t_pkey;
        ALTER TABLE t ALTER b DROP NOT NULL;
        """);
  }

  @Test
  void columnsChangeAsTold() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (id serial, a int DEFAULT 1, b text, g int GENERATED ALWAYS AS (1 + 1) STORED);
        ALTER TABLE t ALTER a DROP DEFAULT, ALTER a SET NOT NULL, ALTER b SET DEFAULT 'x';
        ALTER TABLE t ALTER b TYPE varchar(20), ALTER g DROP EXPRESSION;
        ALTER TABLE t ALTER id DROP DEFAULT;
        ALTER TABLE t ALTER a ADD GENERATED BY DEFAULT AS IDENTITY;
        ALTER TABLE t ADD COLUMN IF NOT EXISTS b int;
        ALTER TABLE t ADD COLUMN k bigserial;
        ALTER TABLE t DROP COLUMN IF EXISTS nothing;
        ALTER TABLE t ALTER a DROP IDENTITY;
        """);
  }

  @Test
  void droppingAParentWithCascadeTakesTheKeysThatPointAtIt() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE p (id int PRIMARY KEY, code int UNIQUE);
        CREATE TABLE c (p_id int REFERENCES p, code int REFERENCES p (code));
        ALTER TABLE p DROP CONSTRAINT p_code_key CASCADE;
        DROP TABLE p CASCADE;
        """);
  }

  @Test
  void likeCopiesWhatItIsToldTo() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE s (id serial PRIMARY KEY, a int NOT NULL DEFAULT 3, b text UNIQUE,
          i int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS (1) STORED,
          CONSTRAINT s_check CHECK (a > 0));
        CREATE INDEX s_a ON s (a);
        CREATE TABLE bare (LIKE s);
        CREATE TABLE full_copy (LIKE s INCLUDING ALL, more int);
        CREATE TABLE most (LIKE s INCLUDING ALL EXCLUDING INDEXES EXCLUDING DEFAULTS);
        """);
  }

  @Test
  void partitionsAndHeirsFollowTheirParent() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE m (id int NOT NULL, day date NOT NULL, PRIMARY KEY (id, day), CHECK (id > 0))
          PARTITION BY RANGE (day);
        CREATE INDEX m_day ON m (day);
        CREATE TABLE m_2025 PARTITION OF m FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE m_rest PARTITION OF m DEFAULT;
        CREATE INDEX ON m (id);
        ALTER TABLE m ADD COLUMN note text;
        ALTER TABLE m RENAME COLUMN note TO remark;
        CREATE TABLE m_2026 (LIKE m INCLUDING ALL);
        ALTER TABLE m ATTACH PARTITION m_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        ALTER TABLE m DETACH PARTITION m_2025;
        CREATE TABLE animal (name text NOT NULL, CHECK (name <> ''));
        CREATE TABLE dog (breed text) INHERITS (animal);
        ALTER TABLE animal ADD COLUMN legs int DEFAULT 4;
        ALTER TABLE animal ALTER name DROP NOT NULL;
        DROP TABLE m_rest;
        """);
  }

  @Test
  void theSearchPathSaysWhatPlainNamesMean() throws Exception {
    foldsAsTheServer(
        """
        CREATE SCHEMA shop;
        CREATE TABLE item (id int PRIMARY KEY);
        SET search_path TO shop, public;
        CREATE TABLE basket (item_id int REFERENCES item, CHECK (item_id > 0));
        ALTER TABLE item ADD COLUMN name text;
        CREATE INDEX ON item (name);
        CREATE TABLE item (id int);
        ALTER TABLE item ADD COLUMN only_here int;
        CREATE SCHEMA old;
        ALTER TABLE public.item SET SCHEMA old;
        RESET search_path;
        CREATE TABLE plain (id serial PRIMARY KEY);
        """);
  }

  @Test
  void viewsGoWithWhatTheyReadAndFollowItsName() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (id int PRIMARY KEY, a int, b int);
        CREATE VIEW va AS SELECT a FROM t;
        CREATE VIEW vb AS SELECT t.b FROM t;
        CREATE VIEW over_va AS SELECT * FROM va;
        CREATE MATERIALIZED VIEW m AS SELECT id, b FROM t;
        CREATE UNIQUE INDEX m_id ON m (id);
        ALTER TABLE t RENAME TO u;
        ALTER TABLE u RENAME COLUMN a TO c;
        ALTER TABLE u DROP COLUMN c CASCADE;
        ALTER VIEW vb RENAME TO vc;
        CREATE OR REPLACE VIEW vc AS SELECT b, id FROM u;
        ALTER MATERIALIZED VIEW m RENAME TO mm;
        CREATE VIEW gone AS SELECT id FROM u;
        DROP VIEW gone;
        CREATE VIEW over_mm AS SELECT id FROM mm;
        DROP MATERIALIZED VIEW mm CASCADE;
        """);
  }

  @Test
  void enumsDomainsAndSequencesChangeAsTold() throws Exception {
    foldsAsTheServer(
        """
        CREATE TYPE mood AS ENUM ('sad', 'happy');
        ALTER TYPE mood ADD VALUE 'fine' BEFORE 'happy';
        ALTER TYPE mood ADD VALUE 'wild';
        ALTER TYPE mood ADD VALUE IF NOT EXISTS 'wild';
        ALTER TYPE mood ADD VALUE 'so so' AFTER 'sad';
        ALTER TYPE mood RENAME VALUE 'wild' TO 'wilder';
        ALTER TYPE mood RENAME TO feeling;
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE TABLE person (id int, f feeling, p positive);
        CREATE SEQUENCE s OWNED BY person.id;
        CREATE SEQUENCE free OWNED BY person.p;
        ALTER SEQUENCE free OWNED BY NONE;
        CREATE SEQUENCE later;
        ALTER SEQUENCE later OWNED BY person.p;
        ALTER TABLE person DROP COLUMN p;
        DROP TYPE feeling CASCADE;
        ALTER TABLE person RENAME TO people;
        """);
  }

  @Test
  void triggersAndRoutinesGoWithWhatTheyHangOn() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (id int);
        CREATE TABLE u (id int);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
        CREATE FUNCTION once() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
        CREATE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
        CREATE TRIGGER b BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
        CREATE TRIGGER c BEFORE UPDATE ON u FOR EACH ROW EXECUTE FUNCTION touch();
        DROP TRIGGER b ON t;
        ALTER TABLE t RENAME TO tt;
        ALTER TRIGGER a ON tt RENAME TO aa;
        ALTER FUNCTION touch() RENAME TO touched;
        DROP TABLE u;
        DROP FUNCTION once();
        DROP FUNCTION touched() CASCADE;
        """);
  }

  @Test
  void droppingOneOfTwoFunctionsOfANameLeavesTheOther() throws Exception {
    foldsAsTheServer(
        """
        CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
        CREATE FUNCTION f(a int, b numeric(5,2)) RETURNS int LANGUAGE sql AS $$ SELECT 2 $$;
        CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
        CREATE FUNCTION h() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
        DROP FUNCTION f(int);
        DROP FUNCTION g;
        DROP FUNCTION h();
        """);
  }

  @Test
  void aSchemaGoesWithAllThatIsInIt() throws Exception {
    foldsAsTheServer(
        """
        CREATE SCHEMA shop;
        CREATE TABLE shop.item (id serial PRIMARY KEY);
        CREATE TABLE line (item_id int REFERENCES shop.item);
        CREATE VIEW shown AS SELECT id FROM shop.item;
        CREATE TYPE shop.size AS ENUM ('s');
        CREATE SCHEMA kept;
        CREATE TABLE kept.t (id serial PRIMARY KEY, s shop.size);
        ALTER SCHEMA kept RENAME TO held;
        DROP SCHEMA shop CASCADE;
        """);
  }

  @Test
  void aBlockIsFoldedChangeByChange() throws Exception {
    foldsAsTheServer(
        """
        CREATE TABLE t (id int);
        DO $$ BEGIN
          ALTER TABLE t ADD COLUMN a int;
          CREATE INDEX ON t (a);
          ALTER TABLE t RENAME COLUMN a TO b;
          END $$;
        """);
  }

  private static void foldsAsTheServer(String script) throws Exception {
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(script);
    Schema schema = DIALECT.emptySchema();
    for (String sql : statements(script)) {
      List<Change> changes = DIALECT.read(Statement.of(sql)).changes();
      for (Change change : changes) {
        assertThat(change).as(sql).isNotInstanceOf(Change.Unrecognised.class);
        schema = schema.after(change);
      }
    }
    assertThat(Facts.of(schema)).as(script).containsExactlyElementsOf(Facts.of(database));
    Schema read = CatalogSchema.of(database);
    assertThat(Facts.of(read)).as(script).containsExactlyElementsOf(Facts.of(database));
    assertThat(Drift.between(schema, read, DIALECT, n -> true))
        .as(script)
        .isEqualTo(new Drift(List.of(), true));
  }

  /** A statement ends with a line, and the next one is not indented. */
  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";\\s*\\n(?!\\s)", -1)).filter(s -> !s.isBlank()).toList();
  }
}
