package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Work;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each change is on MySQL and MariaDB, on objects that were there before the release. */
class KindsOnMysqlTest {

  private static final Dialect MYSQL = new MysqlDialect(Engine.MYSQL, new EngineVersion(8, 4, 0));
  private static final Dialect MARIADB =
      new MysqlDialect(Engine.MARIADB, new EngineVersion(11, 4, 0));

  /** The shop before the release. */
  private static final String SHOP =
      """
      CREATE TABLE customer (id int PRIMARY KEY AUTO_INCREMENT, email varchar(100), name varchar(50) NOT NULL,
        UNIQUE KEY email (email)) CHARSET utf8mb3;
      CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id int NOT NULL, total decimal(10, 2) NOT NULL DEFAULT 0, note text,
        code varchar(20), status enum('new', 'paid') NOT NULL DEFAULT 'new', placed date, hidden int INVISIBLE,
        stamp timestamp NULL ON UPDATE CURRENT_TIMESTAMP,
        doubled decimal(12, 2) AS (total * 2) STORED,
        KEY placed (placed), UNIQUE KEY code (code),
        CONSTRAINT total_positive CHECK (total >= 0),
        CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customer (id)) CHARSET utf8mb3;
      CREATE TABLE stock (shop int NOT NULL, sku int NOT NULL, shelf int NOT NULL, spare int, n int, PRIMARY KEY (shop, sku),
        UNIQUE KEY shelf (shelf), UNIQUE KEY spare (spare, n), KEY n (n, spare));
      CREATE TABLE move (id int PRIMARY KEY, shop int, FOREIGN KEY (shop) REFERENCES stock (shop));
      CREATE VIEW short AS SELECT shop, n FROM stock;
      CREATE TABLE line (order_id bigint NOT NULL, at datetime NOT NULL);
      CREATE TABLE log (id int PRIMARY KEY, what text) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10));
      CREATE VIEW paid AS SELECT id, total FROM orders;
      CREATE TRIGGER stamped BEFORE INSERT ON line FOR EACH ROW SET NEW.at = now();
      CREATE PROCEDURE tidy() DELETE FROM line;
      CREATE TABLE tag (id int PRIMARY KEY, name varchar(50) NOT NULL, other varchar(50), n int, UNIQUE KEY name (name))
        CHARSET utf8mb4 COLLATE utf8mb4_bin;
      CREATE TRIGGER tagged BEFORE INSERT ON tag FOR EACH ROW SET NEW.other = 'x';
      CREATE PROCEDURE count_tags() SELECT max(n) FROM tag;
      """;

  /** Kind, phase, whether it breaks the old version, whether the new one needs it, statement. */
  private static final String TABLE =
      """
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN x int
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN x int FIRST
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 5
      expand   pre-deploy  works  needed   | ALTER TABLE line ADD COLUMN id int AUTO_INCREMENT PRIMARY KEY
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN x int AS (total + 1) STORED
      expand   pre-deploy  works  needed   | ALTER TABLE orders ADD COLUMN x varchar(36) DEFAULT (uuid())
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ADD COLUMN x int NOT NULL
      replace  pre-deploy  breaks needed   | ALTER TABLE orders ADD COLUMN x enum('a', 'b') NOT NULL
      contract post-deploy breaks optional | ALTER TABLE orders DROP COLUMN note
      contract post-deploy breaks optional | ALTER TABLE orders DROP FOREIGN KEY orders_customer, DROP COLUMN customer_id
      unknown  -           breaks needed   | ALTER TABLE orders DROP COLUMN customer_id
      rename   pre-deploy  breaks needed   | ALTER TABLE orders RENAME COLUMN note TO remark
      rename   pre-deploy  breaks needed   | ALTER TABLE orders CHANGE note remark text
      rename   pre-deploy  breaks needed   | ALTER TABLE orders CHANGE code sku varchar(30) NOT NULL
      expand   pre-deploy  works  optional | ALTER TABLE orders MODIFY code varchar(20)
      expand   pre-deploy  works  optional | ALTER TABLE orders CHANGE code code varchar(20)
      expand   pre-deploy  works  optional | ALTER TABLE orders MODIFY code varchar(20) AFTER id
      expand   pre-deploy  works  needed   | ALTER TABLE orders MODIFY code varchar(40)
      unknown  -           breaks needed   | ALTER TABLE orders MODIFY customer_id bigint NOT NULL
      expand   pre-deploy  works  needed   | ALTER TABLE stock MODIFY shelf bigint NOT NULL
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY code varchar(10)
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY id int
      unknown  -           breaks needed   | ALTER TABLE orders MODIFY customer_id int unsigned NOT NULL
      contract post-deploy breaks optional | ALTER TABLE stock MODIFY shelf int unsigned NOT NULL
      replace  pre-deploy  breaks needed   | ALTER TABLE orders MODIFY code int
      replace  pre-deploy  breaks needed   | ALTER TABLE orders MODIFY placed datetime
      replace  pre-deploy  breaks needed   | ALTER TABLE orders MODIFY doubled decimal(12, 2) AS (total * 3) STORED
      expand   pre-deploy  works  needed   | ALTER TABLE orders MODIFY status enum('new', 'paid', 'sent') NOT NULL DEFAULT 'new'
      replace  pre-deploy  breaks needed   | ALTER TABLE orders MODIFY status enum('paid', 'new') NOT NULL DEFAULT 'new'
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY status enum('new') NOT NULL DEFAULT 'new'
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY code varchar(20) NOT NULL
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY code varchar(40) NOT NULL
      expand   pre-deploy  works  needed   | ALTER TABLE orders MODIFY customer_id int
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY total decimal(10, 2) NOT NULL
      expand   pre-deploy  works  needed   | ALTER TABLE orders MODIFY total decimal(10, 2) NOT NULL DEFAULT 5
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY stamp timestamp NULL
      expand   pre-deploy  works  needed   | ALTER TABLE customer MODIFY name varchar(50) CHARACTER SET utf8mb4 NOT NULL
      contract post-deploy breaks optional | ALTER TABLE customer MODIFY name varchar(50) CHARACTER SET latin1 NOT NULL
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY hidden int
      contract post-deploy breaks optional | ALTER TABLE tag ALTER COLUMN n SET INVISIBLE
      contract post-deploy breaks optional | ALTER TABLE tag MODIFY name varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL
      expand   pre-deploy  works  needed   | ALTER TABLE tag MODIFY other varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
      contract post-deploy breaks optional | ALTER TABLE tag CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
      expand   pre-deploy  works  needed   | ALTER TABLE tag CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
      backfill -           breaks needed   | ALTER TABLE tag ENGINE = MyISAM
      backfill -           breaks needed   | CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO TRUNCATE TABLE line
      expand   pre-deploy  works  needed   | CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO INSERT INTO line VALUES (1, now())
      backfill -           breaks needed   | ALTER EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM line
      backfill -           breaks needed   | ALTER EVENT e DO TRUNCATE TABLE line
      expand   pre-deploy  works  needed   | ALTER EVENT e DO INSERT INTO line VALUES (1, now())
      expand   pre-deploy  works  needed   | ALTER EVENT e ON COMPLETION PRESERVE
      unknown  -           breaks needed   | UPDATE orders SET note = WHERE id = 1
      unknown  -           breaks needed   | INSERT INTO stock (shop) VALUES (1
      unknown  -           breaks needed   | INSERT INTO stock (shop) VALUES (1, 2)
      unknown  -           breaks needed   | ALTER TABLE orders ADD COLUMN x varchar NOT NULL
      unknown  -           breaks needed   | ALTER TABLE customer MODIFY id int
      contract post-deploy breaks optional | ALTER TABLE customer DROP COLUMN name
      expand   pre-deploy  works  needed   | ALTER TABLE orders ALTER note SET DEFAULT ('x')
      contract post-deploy breaks optional | ALTER TABLE orders ALTER total DROP DEFAULT
      contract post-deploy breaks optional | ALTER TABLE orders ALTER note DROP DEFAULT
      expand   pre-deploy  works  optional | ALTER TABLE line ALTER at DROP DEFAULT
      expand   pre-deploy  works  optional | CREATE INDEX i ON orders (note(10))
      expand   pre-deploy  works  optional | ALTER TABLE orders ADD FULLTEXT i (note)
      contract post-deploy breaks optional | ALTER TABLE orders ADD UNIQUE i (placed)
      contract post-deploy breaks optional | ALTER TABLE orders MODIFY placed date, ADD UNIQUE i (placed)
      contract post-deploy breaks optional | DROP INDEX placed ON orders
      contract post-deploy breaks optional | DROP INDEX code ON orders
      expand   pre-deploy  works  optional | ALTER TABLE orders RENAME INDEX placed TO placed_on
      contract post-deploy breaks optional | ALTER TABLE orders ALTER INDEX placed INVISIBLE
      expand   pre-deploy  works  needed   | ALTER TABLE line ADD PRIMARY KEY (order_id)
      expand   pre-deploy  works  needed   | ALTER TABLE stock DROP PRIMARY KEY, ADD PRIMARY KEY (shop, sku, shelf)
      expand   pre-deploy  works  optional | ALTER TABLE stock DROP PRIMARY KEY, ADD PRIMARY KEY (shop, sku)
      expand   pre-deploy  works  needed   | ALTER TABLE stock DROP PRIMARY KEY, ADD PRIMARY KEY (shop, shelf)
      contract post-deploy breaks optional | ALTER TABLE stock DROP PRIMARY KEY, ADD PRIMARY KEY (shop)
      contract post-deploy breaks optional | ALTER TABLE stock DROP PRIMARY KEY, ADD PRIMARY KEY (shop, n)
      contract post-deploy breaks optional | ALTER TABLE stock DROP INDEX spare, ADD UNIQUE spare (spare)
      expand   pre-deploy  works  needed   | ALTER TABLE stock DROP INDEX shelf, ADD UNIQUE shelf (shelf, n)
      expand   pre-deploy  works  needed   | ALTER TABLE stock DROP INDEX shelf, ADD INDEX shelf (shelf)
      expand   pre-deploy  works  optional | ALTER TABLE stock DROP INDEX n, ADD INDEX n (n)
      unknown  -           breaks needed   | ALTER TABLE stock DROP PRIMARY KEY
      unknown  -           breaks needed   | ALTER TABLE stock ADD COLUMN IF NOT EXISTS x int
      unknown  -           breaks needed   | ALTER TABLE stock ADD COLUMN n int
      unknown  -           breaks needed   | ALTER TABLE stock MODIFY n bigint, ALGORITHM=INPLACE
      contract post-deploy breaks optional | ALTER TABLE line ADD CONSTRAINT f FOREIGN KEY (order_id) REFERENCES orders (id)
      expand   pre-deploy  works  needed   | ALTER TABLE orders DROP FOREIGN KEY orders_customer
      contract post-deploy breaks optional | ALTER TABLE orders ADD CHECK (total < 1000)
      expand   pre-deploy  works  optional | ALTER TABLE orders ADD CHECK (total < 1000) NOT ENFORCED
      expand   pre-deploy  works  needed   | ALTER TABLE orders DROP CHECK total_positive
      expand   pre-deploy  works  needed   | ALTER TABLE customer CONVERT TO CHARACTER SET utf8mb4
      contract post-deploy breaks optional | ALTER TABLE customer CONVERT TO CHARACTER SET latin1
      expand   pre-deploy  works  optional | ALTER TABLE orders ENGINE = InnoDB
      expand   pre-deploy  works  optional | ALTER TABLE orders ROW_FORMAT = COMPACT
      expand   pre-deploy  works  optional | ALTER TABLE orders DEFAULT CHARACTER SET utf8mb4
      expand   pre-deploy  works  optional | ALTER TABLE line PARTITION BY HASH (order_id) PARTITIONS 4
      expand   pre-deploy  works  needed   | ALTER TABLE log ADD PARTITION (PARTITION p1 VALUES LESS THAN (20))
      contract post-deploy breaks optional | ALTER TABLE log DROP PARTITION p0
      contract post-deploy breaks optional | ALTER TABLE log TRUNCATE PARTITION p0
      rename   pre-deploy  breaks needed   | RENAME TABLE line TO lines_of_orders
      rename   pre-deploy  breaks needed   | ALTER TABLE line RENAME TO lines_of_orders
      contract post-deploy breaks optional | DROP TABLE line
      contract post-deploy breaks optional | TRUNCATE TABLE line
      none     -           works  optional | DROP TEMPORARY TABLE line
      expand   pre-deploy  works  needed   | CREATE TABLE t (id int PRIMARY KEY)
      expand   pre-deploy  works  needed   | CREATE TABLE t LIKE orders
      backfill pre-deploy  works  needed   | CREATE TABLE t AS SELECT * FROM orders
      expand   pre-deploy  works  needed   | CREATE VIEW v AS SELECT id FROM orders
      expand   pre-deploy  works  needed   | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = ''
      contract post-deploy breaks optional | DROP TRIGGER stamped
      none     pre-deploy  works  optional | DROP TRIGGER IF EXISTS nothere
      contract post-deploy breaks optional | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SIGNAL SQLSTATE '45000'
      contract post-deploy breaks optional | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW IF NEW.note IS NULL THEN SIGNAL SQLSTATE '45000'; END IF
      contract post-deploy breaks optional | DROP PROCEDURE tidy
      contract post-deploy breaks optional | DROP VIEW paid
      expand   pre-deploy  works  optional | CREATE OR REPLACE VIEW paid AS SELECT id, total FROM orders
      expand   pre-deploy  works  needed   | CREATE OR REPLACE VIEW paid AS SELECT id, total, note FROM orders WHERE total > 0
      expand   pre-deploy  works  needed   | ALTER VIEW paid AS SELECT `total`, `o`.`ID` FROM `orders` `o`
      contract post-deploy breaks optional | CREATE OR REPLACE VIEW paid AS SELECT id FROM orders
      contract post-deploy breaks optional | ALTER VIEW paid AS SELECT total FROM orders
      replace  pre-deploy  breaks needed   | CREATE OR REPLACE VIEW paid AS SELECT id, total AS amount FROM orders
      replace  pre-deploy  breaks needed   | ALTER VIEW paid (id, amount) AS SELECT id, total FROM orders
      unknown  -           breaks needed   | CREATE OR REPLACE VIEW paid AS SELECT id, max(total) + 1 FROM orders GROUP BY id
      expand   pre-deploy  works  needed   | INSERT INTO customer (name) VALUES ('x')
      backfill -           breaks needed   | UPDATE orders SET note = '' WHERE note IS NULL
      backfill -           breaks needed   | INSERT INTO customer (id, name) VALUES (1, 'x') ON DUPLICATE KEY UPDATE name = 'x'
      backfill -           breaks needed   | INSERT INTO customer (id, name) SELECT id, note FROM orders ON DUPLICATE KEY UPDATE name = 'x'
      backfill -           breaks needed   | REPLACE INTO customer (id, name) VALUES (1, 'x')
      contract post-deploy breaks optional | DELETE FROM orders WHERE total = 0
      none     -           works  optional | SET foreign_key_checks = 0
      none     pre-deploy  works  optional | ANALYZE TABLE orders
      none     pre-deploy  works  optional | OPTIMIZE TABLE orders
      unknown  -           breaks needed   | THIS IS NO STATEMENT
      """;

  static Stream<String> rows() {
    return TABLE.lines().filter(l -> !l.isBlank());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aChangeHasItsKind(String row) {
    String sql = row.substring(row.indexOf('|') + 1).strip();
    Subject subject = Releases.last(Releases.on(MYSQL, SHOP, sql));

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

  @Test
  void aColumnWithoutDefaultGetsTheImplicitValueOfItsType() {
    assertThat(reasons(MYSQL, "ALTER TABLE orders ADD COLUMN x int NOT NULL"))
        .anyMatch(r -> r.startsWith("rows that are there silently get 0"));
  }

  @Test
  void aViewThatReadsWhatGoesOrIsRenamedIsNamed() {
    for (Dialect dialect : List.of(MYSQL, MARIADB)) {
      assertThat(
              reasons(dialect, "ALTER TABLE stock DROP INDEX spare, DROP INDEX n, DROP COLUMN n"))
          .anyMatch(r -> r.startsWith("the view short reads it by this name, and fails"));
      assertThat(reasons(dialect, "RENAME TABLE stock TO goods"))
          .anyMatch(r -> r.startsWith("the view short reads it"));
      assertThat(reasons(dialect, "ALTER TABLE orders RENAME COLUMN note TO remark"))
          .noneMatch(r -> r.contains("view"));
      assertThat(reasons(dialect, "ALTER TABLE orders CHANGE total amount decimal(10, 2) NOT NULL"))
          .noneMatch(r -> r.contains("the view short"));
    }
  }

  @Test
  void codeThatNamesAColumnIsNamedWhereTheColumnGoes() {
    for (Dialect dialect : List.of(MYSQL, MARIADB)) {
      for (String sql :
          List.of(
              "ALTER TABLE tag DROP COLUMN other", "ALTER TABLE tag RENAME COLUMN other TO o")) {
        assertThat(reasons(dialect, sql))
            .anyMatch(r -> r.startsWith("the trigger tagged names it: every INSERT of tag fails"));
      }
      assertThat(reasons(dialect, "ALTER TABLE tag DROP COLUMN n"))
          .anyMatch(r -> r.startsWith("count_tags names it in its body"))
          .noneMatch(r -> r.contains("trigger"));
    }
  }

  @Test
  void aHintNamesAnIndexAndSelectStarMeetsTheOrderOfColumns() {
    assertThat(reasons(MYSQL, "ALTER TABLE orders RENAME INDEX placed TO placed_on"))
        .anyMatch(r -> r.contains("FORCE, USE or IGNORE INDEX (placed) fails"));
    assertThat(reasons(MYSQL, "ALTER TABLE orders MODIFY code varchar(20) AFTER id"))
        .anyMatch(r -> r.startsWith("the same column at another place"));
  }

  @Test
  void mysqlForgetsReferencesBehindAColumnAndMariadbKeepsThem() {
    String sql = "ALTER TABLE line ADD COLUMN customer_id int REFERENCES customer (id)";

    assertThat(reasons(MYSQL, sql)).anyMatch(r -> r.startsWith("MySQL ignores REFERENCES"));
    assertThat(reasons(MARIADB, sql)).noneMatch(r -> r.startsWith("MySQL ignores REFERENCES"));
  }

  @Test
  void aDroppedColumnThatMustHaveAValueGetsADefaultFirst() {
    assertThat(reasons(MYSQL, "ALTER TABLE line DROP COLUMN at"))
        .anyMatch(r -> r.startsWith("companion: it gets a default"));
    assertThat(reasons(MYSQL, "ALTER TABLE orders DROP COLUMN note"))
        .noneMatch(r -> r.startsWith("companion"));
  }

  @Test
  void whatARedefinitionDoesBesidesIsSaidToo() {
    assertThat(reasons(MYSQL, "ALTER TABLE orders CHANGE code sku varchar(30) NOT NULL"))
        .anyMatch(r -> r.contains("the old version says code, the new one sku"))
        .anyMatch(r -> r.contains("the old version still writes NULL"));
  }

  @Test
  void aColumnLeavesItsIndexAndTheIndexStaysOnTheOthers() {
    assertThat(reasons(MYSQL, "ALTER TABLE stock DROP COLUMN n"))
        .contains(
            "index n stays, on spare alone",
            "unique index spare stays, on spare alone: duplicates there stop the statement")
        .contains(
            "view short reads it, stays behind and fails from then on: CREATE OR REPLACE it without"
                + " the column before");
    assertThat(reasons(MYSQL, "ALTER TABLE stock DROP COLUMN shelf"))
        .contains(
            "unique index shelf goes with it",
            "companion: unique index shelf is dropped before the deployment, because it would hold"
                + " what the new version writes");
    assertThat(reasons(MYSQL, "ALTER TABLE stock DROP COLUMN sku"))
        .contains("the primary key stays, on shop alone: duplicates there stop the statement");
    assertThat(reasons(MARIADB, "ALTER TABLE stock DROP COLUMN n"))
        .singleElement()
        .asString()
        .startsWith(
            "MariaDB 11.4 refuses this: the unique index spare is over n and other columns");
  }

  @Test
  void aKeyThatAForeignKeyNeedsIsReplacedInOneStatementOnly() {
    assertThat(reasons(MYSQL, "ALTER TABLE stock DROP PRIMARY KEY"))
        .first()
        .asString()
        .startsWith("MySQL 8.4 refuses this: no index that begins with shop would be left");
    Subject subject =
        Releases.last(
            Releases.on(
                MYSQL, SHOP, "ALTER TABLE stock DROP PRIMARY KEY, ADD PRIMARY KEY (shop, shelf)"));
    assertThat(subject.impact().work()).isEqualTo(Work.REWRITE);
    assertThat(subject.impact().blocksWrites()).isFalse();
  }

  @Test
  void anIndexThatGoesAndComesWithItsForeignKeyIsJudgedWithIt() {
    Release release =
        Releases.on(
            MYSQL,
            SHOP,
            """
            ALTER TABLE orders DROP FOREIGN KEY orders_customer;
            ALTER TABLE orders DROP INDEX orders_customer;
            ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id)
              REFERENCES customer (id) ON DELETE CASCADE;
            """);
    assertThat(release.subjects())
        .hasSize(3)
        .allSatisfy(
            s -> {
              assertThat(s.phase()).contains(Phase.PRE_DEPLOY);
              assertThat(s.reasons())
                  .contains("the same foreign key with other actions: rows already keep it");
            });
  }

  @Test
  void whatReliesOnAKeyIsSaidInTheEnginesWords() {
    assertThat(reasons(MYSQL, "DROP INDEX code ON orders"))
        .contains(
            "an ON DUPLICATE KEY UPDATE or REPLACE of the old version that relies on it inserts"
                + " duplicates");
    assertThat(reasons(MYSQL, "ALTER TABLE orders ADD UNIQUE (placed)"))
        .anyMatch(r -> r.contains("(ON DUPLICATE KEY UPDATE, REPLACE)"));
  }

  @Test
  void aDatabaseThatNobodyNamesIsNotNamed() {
    Subject dropped =
        Releases.last(
            Releases.on(MYSQL, SHOP, "ALTER TABLE orders DROP FOREIGN KEY orders_customer"));

    assertThat(dropped.impact().locks().stream().map(l -> l.relation().toString()))
        .containsExactly("orders", "customer");
  }

  @Test
  void loadingAFileTakesAsLongAsItIs() {
    Subject load = Releases.last(Releases.on(MYSQL, SHOP, "LOAD DATA INFILE 'x' INTO TABLE line"));

    assertThat(load.impact().work()).isEqualTo(Work.SCAN);
  }

  @Test
  void clausesOfOneStatementAreJudgedEachByItself() {
    Release release =
        Releases.on(MYSQL, SHOP, "ALTER TABLE orders ADD COLUMN x int, DROP COLUMN note");

    assertThat(release.subjects().stream().map(Subject::kind))
        .containsExactly(Kind.EXPAND, Kind.CONTRACT);
  }

  private static Iterable<String> reasons(Dialect dialect, String sql) {
    return Releases.last(Releases.on(dialect, SHOP, sql)).reasons();
  }
}
