package dev.sluice.dialect.mysql.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.testing.RealServer;
import dev.sluice.testing.ServerDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MysqlProbesIT {

  /** What stands before every case. */
  private static final List<String> SHOP =
      List.of(
          "CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100), name text)",
          """
          CREATE TABLE orders (
            id bigint NOT NULL,
            customer_id bigint NOT NULL,
            total decimal(10,2) DEFAULT 0,
            tax int CHECK (tax < 100),
            note varchar(50),
            placed datetime(3),
            twice int AS (tax * 2) STORED,
            PRIMARY KEY (id),
            KEY orders_note (note),
            UNIQUE KEY orders_total (total),
            CONSTRAINT total_positive CHECK (total >= 0),
            CONSTRAINT total_over_id CHECK (total < id),
            CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id))
          """,
          "CREATE TABLE parent (id bigint)",
          """
          CREATE TABLE log (id int PRIMARY KEY) PARTITION BY RANGE (id)
            (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))
          """,
          "CREATE VIEW recent AS SELECT id FROM orders",
          "CREATE FUNCTION shout(t text) RETURNS text DETERMINISTIC RETURN upper(t)",
          "CREATE PROCEDURE tidy() DELETE FROM parent",
          "CREATE TRIGGER stamp BEFORE INSERT ON parent FOR EACH ROW SET NEW.id = NEW.id + 1",
          "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM parent");

  private static final String BOTH =
      """
      CREATE TABLE items (id bigint)
      DROP TABLE orders
      ALTER TABLE orders RENAME TO purchases
      RENAME TABLE orders TO purchases
      ALTER TABLE log REMOVE PARTITIONING
      ALTER TABLE log ADD PARTITION (PARTITION p2 VALUES LESS THAN (30))
      ALTER TABLE log DROP PARTITION p0
      ALTER TABLE orders ADD COLUMN reference varchar(20) NOT NULL DEFAULT 'x'
      ALTER TABLE orders ADD COLUMN Reference bigint FIRST
      ALTER TABLE customers DROP COLUMN email
      ALTER TABLE customers RENAME COLUMN email TO mail
      ALTER TABLE customers CHANGE email mail varchar(120) NOT NULL
      ALTER TABLE customers MODIFY email varchar(200)
      ALTER TABLE customers MODIFY email varchar(100) NOT NULL
      ALTER TABLE customers MODIFY email text
      ALTER TABLE customers MODIFY id bigint COMMENT 'counted'
      ALTER TABLE log MODIFY id int COMMENT 'counted'
      ALTER TABLE customers MODIFY email varchar(100) CHARACTER SET ascii
      ALTER TABLE customers MODIFY email varchar(100) COMMENT 'it''s'
      ALTER TABLE customers MODIFY email varchar(100) FIRST
      ALTER TABLE customers MODIFY name text AFTER id
      ALTER TABLE customers MODIFY email enum('a', 'b,c')
      ALTER TABLE customers MODIFY email varchar(100) DEFAULT 'none'
      ALTER TABLE parent MODIFY id bigint unsigned
      ALTER TABLE parent MODIFY id int
      ALTER TABLE orders MODIFY note datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
      ALTER TABLE orders MODIFY total decimal(12,4) DEFAULT 0
      ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'it''s'
      ALTER TABLE orders ALTER COLUMN total SET DEFAULT 5
      ALTER TABLE orders ALTER COLUMN total SET DEFAULT -5.5
      ALTER TABLE orders ALTER COLUMN customer_id SET DEFAULT 7
      ALTER TABLE orders ALTER COLUMN total DROP DEFAULT
      ALTER TABLE orders ALTER COLUMN total SET DEFAULT NULL
      ALTER TABLE orders ADD CONSTRAINT total_small CHECK (total < 1000)
      ALTER TABLE parent ADD PRIMARY KEY (id)
      ALTER TABLE customers ADD CONSTRAINT c_parent FOREIGN KEY (id) REFERENCES orders (id)
      ALTER TABLE parent ADD FOREIGN KEY (id) REFERENCES orders (id)
      ALTER TABLE parent ADD UNIQUE KEY id_once (id)
      ALTER TABLE orders DROP CONSTRAINT total_positive
      ALTER TABLE orders DROP FOREIGN KEY orders_customer
      ALTER TABLE orders DROP INDEX orders_total
      CREATE INDEX orders_placed ON orders (placed)
      CREATE UNIQUE INDEX orders_placed ON orders (placed DESC, id)
      DROP INDEX orders_note ON orders
      ALTER TABLE orders RENAME INDEX orders_note TO orders_remark
      CREATE VIEW old_orders (id) AS SELECT id FROM orders
      DROP VIEW recent
      CREATE FUNCTION whisper(t text) RETURNS text DETERMINISTIC RETURN lower(t)
      CREATE PROCEDURE sweep() DELETE FROM parent
      DROP FUNCTION shout
      DROP PROCEDURE IF EXISTS tidy
      CREATE TRIGGER audit AFTER INSERT ON customers FOR EACH ROW DELETE FROM parent
      DROP TRIGGER stamp
      CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM parent
      DROP EVENT nightly
      ALTER EVENT nightly RENAME TO daily
      """;

  private static final String MYSQL =
      """
      ALTER TABLE orders ALTER INDEX orders_note INVISIBLE
      ALTER TABLE orders ALTER CHECK total_positive NOT ENFORCED
      ALTER TABLE orders DROP CHECK total_positive
      ALTER TABLE orders ALTER COLUMN note SET INVISIBLE
      ALTER TABLE customers MODIFY name json
      """;

  private static final String MARIADB =
      """
      ALTER TABLE orders ALTER INDEX orders_note IGNORED
      ALTER TABLE parent ADD SYSTEM VERSIONING
      CREATE SEQUENCE numbers
      """;

  private static ServerDatabase shop(RealServer on) throws SQLException {
    ServerDatabase database = on.freshDatabase();
    database.execute(SHOP.toArray(String[]::new));
    return database;
  }

  private static Change read(RealServer on, String sql) {
    List<Change> changes = on.dialect().read(Statement.of(sql)).changes();
    assertThat(changes).as(sql).noneMatch(Change.Unrecognised.class::isInstance);
    return changes.getFirst();
  }

  private static Optional<String> done(RealServer on, Change change) {
    return on.dialect().probes().done(change);
  }

  private static Stream<String> statements(RealServer on) {
    return Stream.concat(
        BOTH.lines(),
        switch (on) {
          case MYSQL -> MYSQL.lines();
          case MARIADB -> MARIADB.lines();
        });
  }

  record Case(RealServer on, String sql) {
    @Override
    public String toString() {
      return on + ": " + sql;
    }
  }

  static Stream<Case> changes() {
    return Stream.of(RealServer.values()).flatMap(on -> statements(on).map(s -> new Case(on, s)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsNotDoneBeforeAndDoneAfter(Case one) throws SQLException {
    Change change = read(one.on, one.sql);
    String probe = done(one.on, change).orElseThrow();
    ServerDatabase database = shop(one.on);
    assertThat(database.ask(probe)).as("before: %s", probe).isEqualTo("0");
    database.execute("SET foreign_key_checks = 0", one.on.dialect().writer().write(change));
    assertThat(database.ask(probe)).as("after: %s", probe).isEqualTo("1");
  }

  private static final Pattern GONE = Pattern.compile("\\bDROP\\b(?! DEFAULT)");

  /** What asks for less than there was is done where nothing is; the rest is not. */
  @ParameterizedTest
  @EnumSource
  void aProbeAnswersWhereNothingIsThere(RealServer on) throws SQLException {
    ServerDatabase empty = on.freshDatabase();
    for (String sql : statements(on).toList()) {
      Change change = read(on, sql);
      String answer = empty.ask(done(on, change).orElseThrow());
      assertThat(answer).as(sql).isEqualTo(GONE.matcher(sql).find() ? "1" : "0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableIsNotRenamedWhileAViewBearsTheNewName(RealServer on) throws SQLException {
    ServerDatabase database = shop(on);
    Change rename = read(on, "ALTER TABLE orders RENAME TO sales");
    String probe = done(on, rename).orElseThrow();
    database.execute("CREATE VIEW sales AS SELECT * FROM orders");
    assertThat(database.ask(probe)).isEqualTo("0");
    database.execute("RENAME TABLE sales TO sales_view, orders TO sales", "DROP VIEW sales_view");
    assertThat(database.ask(probe)).isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCatalogDoesNotTellHasNoProbe(RealServer on) {
    for (String sql :
        List.of(
            "CREATE OR REPLACE VIEW recent AS SELECT id FROM orders",
            "ALTER TABLE orders ENGINE = InnoDB",
            "ALTER TABLE orders COMMENT = 'x'",
            "ALTER TABLE orders ALTER COLUMN note SET DEFAULT (concat('a', 'b'))",
            "UPDATE orders SET note = 'x'")) {
      assertThat(done(on, read(on, sql))).as(sql).isEqualTo(Optional.empty());
    }
  }

  /** The probe and the server are of one mind. */
  @ParameterizedTest
  @EnumSource
  void whatKeepsAColumnOrATableIsCounted(RealServer on) throws SQLException {
    ServerDatabase database = shop(on);
    assertThat(column(on, database, "orders", "customer_id")).isEqualTo("1");
    assertThat(column(on, database, "customers", "id")).isEqualTo("1");
    assertThat(column(on, database, "orders", "tax")).isEqualTo("1");
    assertThat(column(on, database, "orders", "total")).isEqualTo("1");
    for (String column : List.of("customer_id", "tax", "total")) {
      assertThat(failure(database, "ALTER TABLE orders DROP COLUMN " + column))
          .as(column)
          .isNotEmpty();
    }
    assertThat(column(on, database, "orders", "note")).isEqualTo("0");
    database.execute("ALTER TABLE orders DROP COLUMN note");
    database.execute("ALTER TABLE orders DROP COLUMN twice");
    assertThat(column(on, database, "orders", "tax")).isEqualTo("0");
    database.execute("ALTER TABLE orders DROP COLUMN tax");
    assertThat(column(on, database, "orders", "gone")).isEqualTo("0");

    assertThat(relation(on, database, "customers")).isEqualTo("1");
    assertThat(failure(database, "DROP TABLE customers")).isNotEmpty();
    assertThat(relation(on, database, "orders")).as("its view does not hold it").isEqualTo("0");
    database.execute("DROP TABLE orders");
    assertThat(relation(on, database, "customers")).isEqualTo("0");
    assertThat(relation(on, database, "gone")).isEqualTo("0");
  }

  private static String column(RealServer on, ServerDatabase database, String table, String column)
      throws SQLException {
    ColumnName name = new ColumnName(QualifiedName.of(table), new Name(column));
    return database.ask(on.dialect().probes().dependents(name).orElseThrow());
  }

  private static String relation(RealServer on, ServerDatabase database, String name)
      throws SQLException {
    return database.ask(on.dialect().probes().dependents(QualifiedName.of(name)).orElseThrow());
  }

  private static String failure(ServerDatabase database, String sql) {
    try {
      database.execute(sql);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
