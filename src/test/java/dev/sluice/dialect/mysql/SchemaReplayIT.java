package dev.sluice.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.drift.Drift;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import dev.sluice.testing.CatalogSchema;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The law of the fold: after every script, what {@link Schema} knows is what the server's catalog
 * holds, names that the server made up included. And of the catalog's reader: it loses nothing of
 * it, and no drift is seen where nothing but the script ran.
 */
class SchemaReplayIT {

  private static final Dialect MYSQL = new MysqlDialect(Engine.MYSQL, new EngineVersion(8, 0, 31));
  private static final Dialect MARIADB =
      new MysqlDialect(Engine.MARIADB, new EngineVersion(11, 4, 5));

  private static final List<String> BOTH =
      List.of(
          // names that are made up
          """
          CREATE TABLE p (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a INT UNIQUE, b INT, c VARCHAR(99), UNIQUE (a), KEY (b), KEY (b), KEY (b, a), UNIQUE KEY (c(10)));
          CREATE TABLE c (id INT PRIMARY KEY, p_id INT, q_id INT, FOREIGN KEY (p_id) REFERENCES p (id), CONSTRAINT named FOREIGN KEY (q_id) REFERENCES p (id) ON DELETE CASCADE);
          ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (a);
          ALTER TABLE c ADD COLUMN x INT UNIQUE, ADD INDEX (x), ADD KEY (x, p_id);
          CREATE INDEX by_q ON c (q_id, p_id);
          ALTER TABLE c DROP FOREIGN KEY named;
          ALTER TABLE c DROP INDEX x_2, RENAME INDEX x TO one_x;
          """,
          // columns
          """
          CREATE TABLE t (a INT, B VARCHAR(20) NOT NULL DEFAULT 'x', d DECIMAL(10,2), e ENUM('x','y'), f TINYINT(1), g BIGINT UNSIGNED, h DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), i TEXT, j DOUBLE, k CHAR, l BLOB(300), m YEAR, n TIMESTAMP NULL, o BIT, p TIME(6), q MEDIUMINT(5) ZEROFILL, r FLOAT, s SET('a','b'), u VARBINARY(16), v BOOL DEFAULT TRUE);
          ALTER TABLE t ADD COLUMN first_ INT FIRST, ADD COLUMN after_ INT NOT NULL AFTER b, ADD COLUMN last_ INT;
          ALTER TABLE t MODIFY a BIGINT NOT NULL AFTER d;
          ALTER TABLE t CHANGE B email VARCHAR(80) NULL;
          ALTER TABLE t CHANGE d amount DECIMAL(12,4) NOT NULL DEFAULT 0 FIRST;
          ALTER TABLE t DROP COLUMN e, DROP f;
          ALTER TABLE t ALTER COLUMN last_ SET DEFAULT 5, ALTER first_ DROP DEFAULT;
          ALTER TABLE t RENAME COLUMN last_ TO final, ADD COLUMN calc INT AS (first_ + 1) STORED, ADD COLUMN virt INT GENERATED ALWAYS AS (first_ * 2) VIRTUAL;
          ALTER TABLE t ADD PRIMARY KEY (first_, after_);
          ALTER TABLE t MODIFY first_ INT;
          ALTER TABLE t ADD COLUMN id SERIAL;
          CREATE TABLE both_keys (id SERIAL PRIMARY KEY);
          CREATE TABLE keys_both (id INT UNIQUE PRIMARY KEY, at TIMESTAMP DEFAULT '2001-01-01 01:01:01.000001') DEFAULT CHARSET=utf8 COLLATE utf8_bin;
          """,
          // bytes
          """
          CREATE TABLE bytes (a VARBINARY(10) NOT NULL DEFAULT '', b VARBINARY(10), c BINARY(2) NOT NULL DEFAULT '');
          """,
          // keys and drops
          """
          CREATE TABLE p (id INT PRIMARY KEY);
          CREATE TABLE t (id INT, a INT, b INT, c INT, KEY ab (a, b), KEY abc (a, b, c), UNIQUE u (b), PRIMARY KEY (id));
          ALTER TABLE t DROP COLUMN c;
          ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, a);
          ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p (id);
          ALTER TABLE t DROP CONSTRAINT fk;
          ALTER TABLE t ADD CONSTRAINT small CHECK (a < 10), ADD CHECK (b > 0);
          ALTER TABLE t DROP CONSTRAINT small;
          DROP INDEX ab ON t;
          ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a), ADD UNIQUE INDEX desc_ (b DESC);
          ALTER TABLE t DROP CONSTRAINT uq;
          """,
          // keys over a part of a column
          """
          CREATE TABLE t (a VARCHAR(50), b INT, c TEXT, PRIMARY KEY (a(10), b DESC), KEY (c(5)));
          ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (b, a(20));
          ALTER TABLE t CHANGE a d VARCHAR(60);
          """,
          // tables
          """
          CREATE TABLE a (id INT PRIMARY KEY, x INT, KEY (x));
          CREATE TABLE b LIKE a;
          RENAME TABLE a TO tmp, b TO a, tmp TO b;
          ALTER TABLE a RENAME TO z;
          CREATE TABLE child (id INT PRIMARY KEY, z_id INT, FOREIGN KEY (z_id) REFERENCES z (id));
          RENAME TABLE z TO parent;
          DROP TABLE b;
          CREATE TABLE IF NOT EXISTS parent (other INT);
          CREATE VIEW v AS SELECT id FROM parent;
          CREATE TABLE early (id INT PRIMARY KEY);
          ALTER TABLE early RENAME TO late, ADD COLUMN x INT;
          ALTER TABLE child ENGINE=InnoDB, COMMENT='c', ROW_FORMAT=DYNAMIC;
          ALTER TABLE child CONVERT TO CHARACTER SET utf8mb4;
          """,
          // one index for foreign keys on the same columns
          """
          CREATE TABLE p (id INT PRIMARY KEY, o INT, UNIQUE (o));
          CREATE TABLE c (id INT PRIMARY KEY, a INT, b INT, e INT, f INT, CONSTRAINT fa FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT fb FOREIGN KEY (b) REFERENCES p (id), CONSTRAINT fe FOREIGN KEY (e) REFERENCES p (id), FOREIGN KEY (f) REFERENCES p (id));
          ALTER TABLE c DROP FOREIGN KEY fa, ADD CONSTRAINT fa2 FOREIGN KEY (a) REFERENCES p (id);
          ALTER TABLE c ADD CONSTRAINT fb2 FOREIGN KEY (b) REFERENCES p (o);
          ALTER TABLE c ADD FOREIGN KEY (e) REFERENCES p (o);
          ALTER TABLE c ADD FOREIGN KEY (f) REFERENCES p (o);
          CREATE TABLE d (a INT, CONSTRAINT one FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT two FOREIGN KEY (a) REFERENCES p (o));
          CREATE TABLE s (id SERIAL PRIMARY KEY);
          CREATE TABLE u (id INT PRIMARY KEY UNIQUE);
          CREATE TABLE v (id SERIAL, PRIMARY KEY (id));
          """,
          // keys that foreign keys point at go and come back in one statement
          """
          CREATE TABLE p (id INT NOT NULL, k INT NOT NULL, x INT, PRIMARY KEY (id), UNIQUE ux (x));
          CREATE TABLE c (id INT PRIMARY KEY, p_id INT, px INT, CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id), CONSTRAINT fx FOREIGN KEY (px) REFERENCES p (x));
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (id, k);
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (k), ADD UNIQUE u (id);
          ALTER TABLE p DROP INDEX u, ADD INDEX u (id, x), DROP INDEX ux, ADD INDEX ux (x);
          ALTER TABLE c DROP INDEX fk, ADD INDEX fk (p_id, id);
          CREATE TABLE tree (id INT, up INT, PRIMARY KEY (id), CONSTRAINT fs FOREIGN KEY (up) REFERENCES tree (id));
          ALTER TABLE tree DROP PRIMARY KEY, ADD PRIMARY KEY (id, up);
          SET foreign_key_checks = 0;
          DROP TABLE p;
          CREATE TABLE p (id INT NOT NULL PRIMARY KEY, x INT UNIQUE);
          SET foreign_key_checks = 1;
          """,
          // columns of indexes
          """
          CREATE TABLE t (a INT, b INT, c INT, d INT, KEY ab (a, b), KEY b (b), KEY abc (a, b, c), FULLTEXT KEY ft (e, f), e TEXT, f TEXT);
          ALTER TABLE t DROP COLUMN b;
          ALTER TABLE t DROP COLUMN a, DROP COLUMN e;
          """,
          // partitions and foreign keys that refer to the table itself
          """
          CREATE TABLE r (id INT NOT NULL, d DATE NOT NULL, PRIMARY KEY (id, d)) PARTITION BY RANGE (YEAR(d)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE);
          ALTER TABLE r DROP PARTITION p0;
          ALTER TABLE r REMOVE PARTITIONING;
          CREATE TABLE tree (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES tree (id));
          ALTER TABLE tree CHANGE parent up INT;
          """);

  private static final List<String> MYSQL_ALONE =
      List.of(
          """
          CREATE TABLE t (a INT, b INT INVISIBLE, c INT REFERENCES nowhere (id), d VARCHAR(36) DEFAULT (UUID()), j JSON, KEY ((a + 1)), KEY ((a * 2)), KEY hidden (b) INVISIBLE, CHECK (a > 0), e INT CHECK (e > 1));
          ALTER TABLE t ALTER INDEX hidden VISIBLE;
          ALTER TABLE t ADD CHECK (b > 0) NOT ENFORCED, ALTER COLUMN b SET VISIBLE;
          ALTER TABLE t DROP CHECK t_chk_1;
          ALTER TABLE t ADD CONSTRAINT CHECK (a < 99);
          CREATE TABLE p (id INT PRIMARY KEY);
          CREATE TABLE c (a INT, FOREIGN KEY behind (a) REFERENCES p (id));
          CREATE TABLE k (a INT, b INT, c INT, PRIMARY KEY (a, b), UNIQUE u (b, c));
          ALTER TABLE k DROP COLUMN b;
          CREATE TABLE l (a VARCHAR(50), b INT, PRIMARY KEY (a(10), b));
          ALTER TABLE l DROP COLUMN b;
          """);

  private static final List<String> MARIADB_ALONE =
      List.of(
          """
          CREATE TABLE p (id INT PRIMARY KEY);
          CREATE TABLE t (a INT, b INT INVISIBLE, c INT REFERENCES p (id), d UUID DEFAULT UUID(), KEY hidden (b) IGNORED, CHECK (a > 0), e INT CHECK (e > 1));
          ALTER TABLE t ALTER INDEX hidden NOT IGNORED;
          ALTER TABLE t ADD COLUMN IF NOT EXISTS a BIGINT, ADD COLUMN IF NOT EXISTS f INT AFTER a;
          ALTER TABLE t DROP COLUMN IF EXISTS nothing, ADD INDEX IF NOT EXISTS hidden (a);
          ALTER TABLE t ADD CHECK (b > 0);
          CREATE OR REPLACE TABLE p2 (x INT);
          CREATE OR REPLACE TABLE p2 (y INT);
          CREATE SEQUENCE s;
          CREATE TABLE c (a INT, FOREIGN KEY behind (a) REFERENCES p (id));
          """);

  @Test
  void whatMySqlsCatalogHoldsIsWhatTheReplayKnows() throws Exception {
    assumeTrue(MySql.missing().isEmpty(), MySql.missing());
    List<String> differences = new ArrayList<>();
    for (String script : both(MYSQL_ALONE)) {
      differences.addAll(differences(script, MYSQL, MySql.freshDatabase()));
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void whatMariadbsCatalogHoldsIsWhatTheReplayKnows() throws Exception {
    List<String> differences = new ArrayList<>();
    for (String script : both(MARIADB_ALONE)) {
      differences.addAll(differences(script, MARIADB, MariaDb.freshDatabase()));
    }
    assertThat(differences).isEmpty();
  }

  private static List<String> both(List<String> alone) {
    return Stream.concat(BOTH.stream(), alone.stream()).toList();
  }

  /** What only the server has, and what only the replay knows. */
  private static List<String> differences(String script, Dialect dialect, ServerDatabase database)
      throws Exception {
    List<String> statements =
        Arrays.stream(script.split(";\n", -1))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toList();
    Schema schema = Schema.empty(List.of(new Name(database.name())), dialect.conventions());
    for (String sql : statements) {
      for (Change change : dialect.read(Statement.of(sql)).changes()) {
        schema = schema.after(change);
      }
    }
    List<String> differences = new ArrayList<>();
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          differences.add("refused: " + sql + ": " + e.getMessage());
        }
      }
      SortedSet<String> known = Facts.of(schema, database.name(), dialect.engine());
      SortedSet<String> there = Facts.of(connection, database.name(), dialect.engine());
      differences.addAll(differences("server: ", there, "replay: ", known));
      Schema read = CatalogSchema.of(database, dialect);
      differences.addAll(
          differences(
              "server: ", there, "reader: ", Facts.of(read, database.name(), dialect.engine())));
      Drift.between(schema, read, dialect, n -> true)
          .differences()
          .forEach(d -> differences.add("drift: " + d));
    }
    return differences;
  }

  private static List<String> differences(
      String one, SortedSet<String> its, String other, SortedSet<String> theirs) {
    return Stream.concat(
            its.stream().filter(f -> !theirs.contains(f)).map(f -> one + f),
            theirs.stream().filter(f -> !its.contains(f)).map(f -> other + f))
        .toList();
  }
}
