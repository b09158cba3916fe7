package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import dev.sluice.testing.CatalogSchema;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real databases of both engines, changed by hand and not, against the statements that made them.
 */
class DriftOnMysqlIT {

  /** Every kind of thing that both catalogs hold. */
  private static final String BOTH =
      """
      CREATE TABLE customers (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(100) NOT NULL UNIQUE, name VARCHAR(20) NOT NULL DEFAULT 'it''s \\\\ x' COMMENT 'the \\\\ "name"', mood ENUM('sad','it''s','a\\\\b') DEFAULT 'sad', tags SET('a','b'), born DATE DEFAULT '2020-1-5', seen DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), at TIMESTAMP NULL, at2 TIMESTAMP NOT NULL DEFAULT '2020-01-01', flags BIT(3) DEFAULT b'101', raw_ VARBINARY(4) DEFAULT 'ab', price DECIMAL(10,2) DEFAULT 1.5, ok BOOL DEFAULT TRUE, code CHAR(3) CHARACTER SET ascii, place POINT NOT NULL, y YEAR, n INT(8) ZEROFILL, d DOUBLE DEFAULT 1e3, t TIME DEFAULT '10:00', big BIGINT DEFAULT -5, note TEXT, doc JSON, bin_ VARCHAR(9) COLLATE utf8mb4_bin, old VARCHAR(9) CHARACTER SET latin1 COLLATE latin1_german1_ci) DEFAULT CHARSET=utf8mb4 COMMENT='all \\\\ of ''them''';
      CREATE TABLE orders (id BIGINT NOT NULL, customer_id INT UNSIGNED, total DECIMAL(10,2) NOT NULL, twice DECIMAL(12,2) AS (total * 2) VIRTUAL, label VARCHAR(40) GENERATED ALWAYS AS (CONCAT('no. ', id, "!")) STORED, note TEXT, g GEOMETRY NOT NULL, PRIMARY KEY (id, total), KEY by_note (note(10), total DESC), FULLTEXT KEY words (note), SPATIAL KEY places (g), UNIQUE KEY one (customer_id, total), CONSTRAINT positive CHECK (total > 0 AND note <> 'it''s'), CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE ON UPDATE SET NULL);
      ALTER TABLE orders ADD COLUMN parent_id BIGINT, ADD KEY (parent_id), ADD CHECK (parent_id > 0);
      ALTER TABLE customers CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
      CREATE INDEX hashed ON orders (label) USING BTREE COMMENT 'it''s';
      CREATE TABLE log (id INT NOT NULL, at DATE NOT NULL, PRIMARY KEY (id, at)) ROW_FORMAT=COMPRESSED PARTITION BY RANGE (YEAR(at)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE);
      CREATE TABLE lists (id INT) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2), PARTITION b VALUES IN (3));
      CREATE TABLE columns_ (a INT, d DATE) PARTITION BY RANGE COLUMNS (a, d) (PARTITION p0 VALUES LESS THAN (1, '2020-01-01'), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE));
      CREATE TABLE hashes (id INT) PARTITION BY LINEAR HASH (id + 1) PARTITIONS 3;
      CREATE TABLE keys_ (id INT PRIMARY KEY) PARTITION BY KEY () PARTITIONS 2;
      CREATE TABLE plain (a INT NOT NULL, `odd ``name` INT, `MiXed` INT) ENGINE=MyISAM;
      CREATE TABLE in_memory (a INT, KEY k (a) USING HASH) ENGINE=MEMORY;
      CREATE VIEW paid (order_id, amount) AS SELECT id, total FROM orders WHERE note <> 'it''s' WITH LOCAL CHECK OPTION;
      CREATE VIEW names AS SELECT p.order_id, c.name FROM paid p JOIN customers c ON c.id = p.order_id;
      CREATE TRIGGER before_order BEFORE INSERT ON orders FOR EACH ROW BEGIN SET NEW.note = 'x'; END;
      CREATE TRIGGER after_order AFTER DELETE ON orders FOR EACH ROW INSERT INTO log VALUES (OLD.id, NOW());
      CREATE PROCEDURE touch(IN a INT, OUT b VARCHAR(20)) BEGIN UPDATE customers SET seen = NOW() WHERE id = a; END;
      CREATE FUNCTION twice(a INT, e ENUM('a','b')) RETURNS DECIMAL(10,2) DETERMINISTIC RETURN a * 2;
      CREATE EVENT clean ON SCHEDULE EVERY 1 DAY DO DELETE FROM log WHERE id < 0;
      """;

  private static final String MYSQL_ALONE =
      """
      CREATE TABLE m (a INT, b INT INVISIBLE, c VARCHAR(36) DEFAULT (UUID()), d VARCHAR(20) DEFAULT (CONCAT('a', '\\'b')), e POINT NOT NULL SRID 4326, f DATE DEFAULT (CURRENT_DATE), j JSON DEFAULT (JSON_ARRAY()), t VARCHAR(9), KEY calc ((a + 1), b DESC), KEY ((LOWER(t))), KEY hidden (b) INVISIBLE, KEY multi ((CAST(j->'$.x' AS UNSIGNED ARRAY))), CHECK (a > 0) NOT ENFORCED, CHECK (t IN ('a', 'b''c')));
      """;

  private static final String MARIADB_ALONE =
      """
      CREATE SEQUENCE numbers START WITH 5;
      CREATE TABLE m (a INT CHECK (a > 1), b INT INVISIBLE, u UUID DEFAULT UUID(), i INET6, n INT DEFAULT NEXT VALUE FOR numbers, c VARCHAR(1000) COMPRESSED, cc VARCHAR(1000), j JSON, jj JSON CHECK (a > 5), l LONGTEXT CHECK (JSON_VALID(l)), KEY hidden (a) IGNORED, KEY down (a DESC), CHECK (a > 0), UNIQUE KEY long_ (cc(900)), UNIQUE KEY longer (cc));
      CREATE TABLE versioned (a INT) WITH SYSTEM VERSIONING;
      CREATE TABLE versioned_too (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, x INT WITHOUT SYSTEM VERSIONING, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING;
      CREATE TABLE booked (room INT, s DATE, e DATE, PERIOD FOR stay (s, e), UNIQUE (room, stay WITHOUT OVERLAPS));
      CREATE TABLE moved (x INT) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION pn CURRENT);
      CREATE TABLE lists_too (id INT) PARTITION BY LIST (id) (PARTITION a VALUES IN (1), PARTITION b DEFAULT);
      """;

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void aDatabaseThatOnlyItsStatementsChangedHasNone(Engine engine) throws Exception {
    Case made = new Case(engine);
    made.run(BOTH);
    made.run(engine == Engine.MYSQL ? MYSQL_ALONE : MARIADB_ALONE);
    assertThat(made.drift()).isEmpty();
  }

  private static final String SHOP =
      """
      CREATE TABLE customers (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(100) NOT NULL, mood ENUM('sad','happy') DEFAULT 'sad', seen DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, UNIQUE KEY one_email (email)) DEFAULT CHARSET=utf8mb4;
      CREATE TABLE orders (id INT NOT NULL, customer_id INT, total DECIMAL(10,2) NOT NULL DEFAULT 0, note VARCHAR(200), extra INT, PRIMARY KEY (id), KEY by_note (note(10)), KEY by_total (total), CONSTRAINT positive CHECK (total >= 0), CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id));
      CREATE TABLE gone (id INT);
      CREATE VIEW paid AS SELECT id FROM orders WHERE total > 0;
      CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW SET NEW.extra = 1;
      CREATE PROCEDURE clean() DELETE FROM orders WHERE id < 0;
      CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM orders WHERE id < 0;
      """;

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void everyObjectThatIsGoneIsNamed(Engine engine) throws Exception {
    Case made = new Case(engine);
    made.run(SHOP);
    made.byHand(
        """
        DROP EVENT nightly;
        DROP PROCEDURE clean;
        DROP TRIGGER touched;
        DROP VIEW paid;
        DROP TABLE gone;
        ALTER TABLE orders DROP FOREIGN KEY fk, DROP KEY by_total, DROP COLUMN extra, DROP CONSTRAINT positive;
        """);
    assertThat(made.drift())
        .containsExactlyInAnyOrder(
            "table gone is not in the database",
            "event nightly is not in the database",
            "procedure clean is not in the database",
            "trigger orders.touched is not in the database",
            "view paid is not in the database",
            "column orders.extra is not in the database: INT",
            "index by_total is not in the database: on orders (total)",
            "constraint orders.fk is not in the database: FOREIGN KEY (customer_id) REFERENCES"
                + " customers (id)",
            "constraint orders.positive is not in the database: CHECK (total >= 0)");
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void everyObjectThatIsThereBesideIsNamed(Engine engine) throws Exception {
    Case made = new Case(engine);
    made.run(SHOP);
    made.byHand(
        """
        CREATE TABLE report (id INT);
        ALTER TABLE orders ADD COLUMN by_hand VARCHAR(9) NOT NULL, ADD CONSTRAINT small CHECK (total < 99), ADD KEY by_extra (extra);
        CREATE VIEW shown AS SELECT id FROM customers;
        CREATE TRIGGER again BEFORE INSERT ON orders FOR EACH ROW SET NEW.extra = 2;
        CREATE FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1;
        CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DO DELETE FROM orders WHERE id < 0;
        """);
    assertThat(made.drift())
        .containsExactlyInAnyOrder(
            "table report is only in the database",
            "view shown is only in the database",
            "trigger orders.again is only in the database",
            "function one is only in the database",
            "event hourly is only in the database",
            "index by_extra is only in the database: on orders (extra)",
            "column orders.by_hand is only in the database: varchar(9) NOT NULL",
            "constraint orders.small is only in the database: CHECK ("
                + (engine == Engine.MYSQL ? "(`total` < 99)" : "`total` < 99")
                + ")");
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void everyPropertyThatDiffersIsNamedWithBothSides(Engine engine) throws Exception {
    Case made = new Case(engine);
    made.run(SHOP);
    made.byHand(
        """
        ALTER TABLE orders MODIFY note VARCHAR(300) CHARACTER SET cp1250, MODIFY extra INT UNSIGNED NOT NULL, ALTER total SET DEFAULT 1, DROP KEY by_note, ADD KEY by_note (note(20)), DROP FOREIGN KEY fk, RENAME KEY by_total TO by_sum;
        ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
        ALTER TABLE customers MODIFY mood ENUM('sad','happy','fine') DEFAULT 'sad', MODIFY seen DATETIME DEFAULT CURRENT_TIMESTAMP, MODIFY email VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
        ALTER TABLE orders MODIFY id INT NOT NULL AUTO_INCREMENT;
        ALTER TABLE gone ENGINE=MyISAM, DEFAULT CHARSET=ascii, MODIFY id INT INVISIBLE, ADD COLUMN x INT;
        """);
    String charset = engine == Engine.MYSQL ? "utf8mb4" : "latin1";
    String unsigned = engine == Engine.MYSQL ? "int unsigned" : "int(10) unsigned";
    String collation = engine == Engine.MYSQL ? "utf8mb4_0900_ai_ci" : "utf8mb4_general_ci";
    assertThat(made.drift())
        .containsExactlyInAnyOrder(
            "index by_note: definition is on orders (note (10)) in the migrations, on orders (note"
                + " (20)) in the database",
            "index by_total: name is by_total in the migrations, by_sum in the database",
            "column customers.email: collation is "
                + collation
                + " in the migrations, utf8mb4_bin in the database",
            "column customers.mood: type is ENUM('sad','happy') in the migrations,"
                + " enum('sad','happy','fine') in the database",
            "column customers.seen: on update is CURRENT_TIMESTAMP in the migrations, none in the"
                + " database",
            "table gone: engine is innodb in the migrations, myisam in the database",
            "column gone.id: visibility is visible in the migrations, INVISIBLE in the database",
            "column gone.x is only in the database: "
                + (engine == Engine.MYSQL ? "int" : "int(11)"),
            "column orders.extra: nullability is NULL in the migrations, NOT NULL in the database",
            "column orders.extra: type is INT in the migrations, " + unsigned + " in the database",
            "constraint orders.fk: definition is FOREIGN KEY (customer_id) REFERENCES customers"
                + " (id) in the migrations, FOREIGN KEY (customer_id) REFERENCES customers (id) ON"
                + " DELETE CASCADE in the database",
            "column orders.id: default is none in the migrations, AUTO_INCREMENT in the database",
            "column orders.note: character set is "
                + charset
                + " in the migrations, cp1250 in the database",
            "column orders.note: type is VARCHAR(200) in the migrations, varchar(300) in the"
                + " database",
            "column orders.total: default is 0 in the migrations, 1.00 in the database");
  }

  /** What a person may change of a table as a whole. */
  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void whatATableIsAsAWholeIsCompared(Engine engine) throws Exception {
    Case made = new Case(engine);
    made.run(
        """
        CREATE TABLE a (id INT, t VARCHAR(9)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
        CREATE TABLE b (id INT, t VARCHAR(9));
        CREATE TABLE c (id INT, t VARCHAR(9)) DEFAULT CHARSET=ascii;
        ALTER TABLE c DEFAULT CHARSET=utf8mb4;
        ALTER TABLE c ADD COLUMN u VARCHAR(9), ADD COLUMN n TEXT CHARACTER SET utf8;
        ALTER TABLE b COLLATE=utf8mb4_bin;
        CREATE TABLE d (a TEXT, b TEXT CHARACTER SET utf8, c TINYTEXT, d LONGTEXT) DEFAULT CHARSET=latin1;
        ALTER TABLE d CONVERT TO CHARACTER SET utf8mb4;
        CREATE TABLE e (a TEXT);
        ALTER TABLE e CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        """);
    assertThat(made.drift()).isEmpty();
    made.byHand(
        """
        ALTER TABLE a CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
        ALTER TABLE b PARTITION BY HASH (id) PARTITIONS 2;
        ALTER TABLE c CONVERT TO CHARACTER SET utf8mb4;
        """);
    assertThat(made.drift())
        .containsExactlyInAnyOrder(
            "table a: collation is utf8mb4_bin in the migrations, utf8mb4_general_ci in the"
                + " database",
            "column a.t: collation is utf8mb4_bin in the migrations, utf8mb4_general_ci in the"
                + " database",
            "table b: partitioning is none in the migrations, partitioned in the database",
            "column c.n: character set is utf8mb3 in the migrations, utf8mb4 in the database",
            "column c.n: type is TEXT in the migrations, mediumtext in the database",
            "column c.t: character set is ascii in the migrations, utf8mb4 in the database");
  }

  /** A database and what the statements make that were told of. */
  private static final class Case {

    private final Dialect dialect;
    private final ServerDatabase database;
    private Schema replayed;

    Case(Engine engine) {
      assumeTrue(engine == Engine.MARIADB || MySql.missing().isEmpty(), MySql.missing());
      database = engine == Engine.MYSQL ? MySql.freshDatabase() : MariaDb.freshDatabase();
      dialect =
          new MysqlDialect(
              engine,
              engine == Engine.MYSQL ? new EngineVersion(8, 0, 31) : new EngineVersion(11, 4, 5));
      replayed = Schema.empty(List.of(new Name(database.name())), dialect.conventions());
    }

    void run(String script) throws SQLException {
      for (String sql : statements(script)) {
        database.execute(sql);
        for (Change change : dialect.read(Statement.of(sql)).changes()) {
          replayed = replayed.after(change);
        }
      }
    }

    void byHand(String script) throws SQLException {
      database.execute(statements(script).toArray(String[]::new));
    }

    private static List<String> statements(String script) {
      return Arrays.stream(script.split(";\n", -1))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    }

    List<String> drift() {
      Drift drift =
          Drift.between(replayed, CatalogSchema.of(database, dialect), dialect, n -> true);
      List<String> told =
          new ArrayList<>(drift.differences().stream().map(Difference::toString).toList());
      if (!drift.complete()) {
        told.add("something was not understood");
      }
      return told;
    }
  }
}
