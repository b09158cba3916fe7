package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MysqlCopyIT {

  @Test
  void aCopyOnMysqlIsLikeItsSource() throws SQLException {
    assumeTrue(MySql.missing().isEmpty(), MySql.missing());
    aCopyIsLikeItsSource(MySql::freshDatabase);
  }

  @Test
  void aCopyOnMariadbIsLikeItsSource() throws SQLException {
    aCopyIsLikeItsSource(MariaDb::freshDatabase);
  }

  private static void aCopyIsLikeItsSource(Supplier<ServerDatabase> server) throws SQLException {
    ServerDatabase source = server.get();
    source.execute(
        "CREATE TABLE b (id int AUTO_INCREMENT PRIMARY KEY, t varchar(9) COLLATE utf8mb4_bin,"
            + " up varchar(9) GENERATED ALWAYS AS (upper(t)), KEY k (t DESC), CHECK (t <> 'x'))",
        "CREATE TABLE a (id int PRIMARY KEY, b_id int, CONSTRAINT f FOREIGN KEY (b_id)"
            + " REFERENCES b (id) ON DELETE CASCADE)",
        "INSERT INTO b (id, t) VALUES (1, 'A'), (7, NULL)",
        "INSERT INTO a VALUES (1, 7)",
        "CREATE FUNCTION g(n int) RETURNS int DETERMINISTIC RETURN n + 1",
        "CREATE VIEW z AS SELECT id, g(id) AS n FROM b",
        "CREATE VIEW y AS SELECT * FROM z",
        "CREATE TRIGGER tr BEFORE INSERT ON a FOR EACH ROW SET NEW.b_id = g(NEW.b_id)");
    ServerDatabase copy = source.copy();
    assertThat(MysqlCatalog.of(copy)).isEqualTo(MysqlCatalog.of(source)).hasSizeGreaterThan(12);
    assertThat(MysqlRows.of(copy)).isEqualTo(MysqlRows.of(source)).hasSize(7);
    copy.execute("INSERT INTO b (t) VALUES ('n')");
    assertThat(MysqlRows.of(copy)).isNotEqualTo(MysqlRows.of(source));
    copy.drop();
  }
}
