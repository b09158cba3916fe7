package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order is meaning: what touches one object keeps its order, and only that. */
class DependenciesTest {

  private static final String SHOP =
      """
      CREATE TABLE customer (id int PRIMARY KEY, email text, name text);
      CREATE TABLE orders (
        id int PRIMARY KEY, customer_id int REFERENCES customer ON DELETE CASCADE,
        note text, code text);
      CREATE TABLE line (order_id int);
      CREATE TYPE mood AS ENUM ('a');
      CREATE TABLE moody (m mood);
      CREATE INDEX orders_note ON orders (note);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO line VALUES (1); RETURN new; END $$;
      CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE FUNCTION tidy() RETURNS void LANGUAGE sql AS $$ DELETE FROM line $$;
      """;

  @Test
  void columnsOfOneTableDoNotDepend() {
    independent("ALTER TABLE orders DROP COLUMN note", "ALTER TABLE orders ADD COLUMN remark text");
    independent("UPDATE orders SET note = ''", "ALTER TABLE orders ADD COLUMN remark text");
    independent("UPDATE customer SET name = ''", "UPDATE customer SET email = lower(email)");
    independent("CREATE INDEX ON orders (note)", "ALTER TABLE orders ALTER code SET NOT NULL");
    independent("ALTER TABLE orders SET (fillfactor = 70)", "ALTER TABLE orders DROP COLUMN code");
  }

  @Test
  void whatHasOneNameDepends() {
    dependent("ALTER TABLE orders DROP COLUMN note", "ALTER TABLE orders ADD COLUMN note jsonb");
    dependent("ALTER TABLE orders ADD COLUMN c int", "ALTER TABLE orders ALTER c SET DEFAULT 1");
    dependent("DROP TABLE line", "CREATE TABLE line (a int)");
    dependent("DROP INDEX orders_note", "CREATE INDEX orders_note ON orders (code)");
  }

  /** MySQL's index names are the table's own. */
  @Test
  void indexesOfTwoTablesAreTwoWhereNamesAreTheTables() {
    String tables = "CREATE TABLE a (x int, KEY k (x));\nCREATE TABLE b (x int, KEY k (x));";
    Dialect mysql = new MysqlDialect(Engine.MYSQL, EngineVersion.parse("8.4"));
    Release both = Releases.on(mysql, tables, "DROP INDEX k ON a", "CREATE INDEX k ON b (x)");
    assertThat(dependences(both)).isEmpty();
    assertThat(both.redefinitions()).isEmpty();
    Release same = Releases.on(mysql, tables, "DROP INDEX k ON a", "CREATE INDEX k ON a (x)");
    assertThat(dependences(same)).isNotEmpty();
    assertThat(same.redefinitions()).hasSize(1);
    Release renamed =
        Releases.on(mysql, tables, "RENAME TABLE a TO c", "ALTER TABLE c DROP INDEX k");
    assertThat(dependences(renamed)).isNotEmpty();
  }

  private static List<Dependencies.Dependence> dependences(Release release) {
    return Dependencies.among(release.subjects()).of(release.subjects().getLast());
  }

  @Test
  void aUseDependsOnWhatItUses() {
    dependent("CREATE TABLE t (a int)", "CREATE INDEX ON t (a)");
    dependent("ALTER TABLE orders ADD COLUMN c int", "CREATE INDEX ON orders (c)");
    dependent("ALTER TABLE orders ADD COLUMN c int", "CREATE VIEW v AS SELECT c FROM orders");
    dependent("ALTER TABLE orders ADD COLUMN c int", "CREATE VIEW v AS SELECT * FROM orders");
    dependent("CREATE VIEW v AS SELECT note FROM orders", "ALTER TABLE orders DROP COLUMN note");
    independent("CREATE VIEW v AS SELECT code FROM orders", "ALTER TABLE orders DROP COLUMN note");
    dependent("CREATE SCHEMA s", "CREATE TABLE s.t (a int)");
    dependent("CREATE TYPE size AS ENUM ('s')", "ALTER TABLE orders ADD COLUMN s size");
    dependent("ALTER TYPE mood ADD VALUE 'b'", "INSERT INTO moody (m) VALUES ('b')");
    dependent(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
        "CREATE TRIGGER x BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION f()");
    dependent(
        "ALTER TABLE line ADD COLUMN c int",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT c FROM line $$");
  }

  @Test
  void aForeignKeyDependsOnTheKeyThatItPointsAt() {
    dependent(
        "ALTER TABLE customer ADD UNIQUE (email)",
        "ALTER TABLE line ADD COLUMN e text REFERENCES customer (email)");
    dependent(
        "CREATE UNIQUE INDEX ON customer (email)",
        "CREATE TABLE t (e text REFERENCES customer (email))");
    independent(
        "CREATE INDEX ON customer (name)", "CREATE TABLE t (c int REFERENCES customer (id))");
  }

  @Test
  void anUpsertDependsOnTheUniquenessThatItNames() {
    dependent(
        "CREATE UNIQUE INDEX ON customer (email)",
        "INSERT INTO customer (id, email) VALUES (1, '') ON CONFLICT (email) DO NOTHING");
  }

  @Test
  void aRuleDependsOnTheRowsThatWereChangedBeforeIt() {
    dependent("UPDATE orders SET note = ''", "ALTER TABLE orders ALTER note SET NOT NULL");
    dependent("DELETE FROM orders", "CREATE UNIQUE INDEX ON orders (code)");
    dependent("DELETE FROM customer", "ALTER TABLE orders ADD CHECK (code <> '')");
    dependent("UPDATE orders SET note = ''", "ALTER TABLE orders ALTER note TYPE int USING 1");
    independent("UPDATE orders SET code = ''", "ALTER TABLE orders ALTER note SET NOT NULL");
  }

  @Test
  void laterRowsDoNotWaitForARuleThatTheyKeepAnyway() {
    independent("ALTER TABLE orders ADD CHECK (code <> '')", "INSERT INTO orders (id) VALUES (1)");
    independent("ALTER TABLE orders ALTER note SET NOT NULL", "DELETE FROM line");
  }

  @Test
  void rowsAreReadAfterTheyAreWritten() {
    dependent(
        "UPDATE customer SET name = ''",
        "INSERT INTO line SELECT id FROM customer WHERE name = ''");
    dependent("INSERT INTO customer (id) VALUES (1)", "UPDATE customer SET name = ''");
    dependent("ALTER TABLE orders ALTER note SET DEFAULT ''", "INSERT INTO orders (id) VALUES (1)");
    independent("ALTER TABLE orders DROP COLUMN note", "INSERT INTO customer (id) VALUES (1)");
  }

  @Test
  void rowsThatGoAlongAreRowsThatChange() {
    dependent("DELETE FROM customer", "UPDATE orders SET note = ''");
  }

  @Test
  void whetherRowsAreThereIsForThoseWhoWriteWholeRows() {
    dependent("DELETE FROM orders", "ALTER TABLE orders ADD COLUMN c int NOT NULL");
    independent("UPDATE orders SET note = ''", "ALTER TABLE orders ADD COLUMN c int NOT NULL");
    independent(
        "ALTER TABLE orders ALTER note TYPE varchar(9)",
        "ALTER TABLE orders ADD COLUMN c int NOT NULL");
  }

  @Test
  void aTriggerDecidesOnWhatIsWritten() {
    dependent("DROP TRIGGER touched ON orders", "UPDATE orders SET note = ''");
    dependent("UPDATE orders SET note = ''", "TRUNCATE line");
    // Both write to line.
    dependent("UPDATE orders SET note = ''", "UPDATE orders SET code = ''");
  }

  @Test
  void aRoutineDoesWhatItsBodyDoes() {
    dependent("INSERT INTO line VALUES (1)", "SELECT tidy()");
    dependent("ALTER TABLE line RENAME COLUMN order_id TO o", "SELECT never_seen()");
  }

  @Test
  void whatIsNotFullyKnownDependsOnEverything() {
    dependent("ALTER TABLE orders DROP COLUMN note", "THIS IS NO STATEMENT");
    dependent("THIS IS NO STATEMENT", "ALTER TABLE orders DROP COLUMN note");
    independent("SET lock_timeout = '1s'", "THIS IS NO STATEMENT");
  }

  @Test
  void aNewNameDependsOnTheRename() {
    dependent("ALTER TABLE orders RENAME TO purchase", "ALTER TABLE purchase ADD COLUMN c int");
    dependent("ALTER TABLE orders RENAME COLUMN note TO n", "CREATE INDEX ON orders (n)");
    dependent("CREATE INDEX ON orders (note)", "ALTER TABLE orders RENAME COLUMN note TO n");
  }

  @Test
  void aTemporaryTableNeedsItsSession() {
    Release release =
        Releases.of(
            SHOP, "CREATE TEMP TABLE t (a int)", "INSERT INTO t VALUES (1)", "DELETE FROM line");
    assertThat(release.subjects())
        .extracting(Dependencies::needsSession)
        .containsExactly(true, true, false);
  }

  private static void dependent(String earlier, String later) {
    assertThat(between(earlier, later)).as(earlier + "\n" + later).isNotEmpty();
  }

  private static void independent(String earlier, String later) {
    assertThat(between(earlier, later)).as(earlier + "\n" + later).isEmpty();
  }

  private static List<Dependencies.Dependence> between(String earlier, String later) {
    Release release = Releases.of(SHOP, earlier, later);
    return Dependencies.among(release.subjects()).of(Releases.last(release));
  }
}
