package dev.sluice.dialect.mysql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.mysql.reading.MysqlReader;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What servers took that are not at hand here: MySQL 8.0.15 and MariaDB 10.11.5 were asked once, as
 * {@link AlterationIT} asks the others each time.
 */
class OlderVersionsTest {

  private static final String TABLE =
      "CREATE TABLE t (id int PRIMARY KEY, a int, b int NOT NULL DEFAULT 1, v varchar(50),"
          + " n varchar(20) NOT NULL, tx text, q point NOT NULL, KEY k_a (a), KEY k_v (v))"
          + " CHARSET utf8mb4";
  private static final String BESIDE_VIRTUAL =
      "CREATE TABLE g (id int PRIMARY KEY, a int, b int, g int AS (a + 1) VIRTUAL, v varchar(50))";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSTANT              | INSTANT        | ALTER TABLE t ADD COLUMN x int
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t ADD COLUMN x int FIRST
          INSTANT              | INSTANT        | ALTER TABLE t ADD COLUMN x int AS (a + 1) VIRTUAL
          COPY, LOCK=SHARED    | INSTANT        | ALTER TABLE t ADD COLUMN x int DEFAULT (1 + 1)
          INSTANT              | INSTANT        | ALTER TABLE t ADD COLUMN x int CHECK (x > 0)
          INSTANT              | COPY, LOCK=SHARED | ALTER TABLE t ADD CHECK (b > 0)
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t DROP COLUMN b
          INPLACE, LOCK=NONE   | NOCOPY, LOCK=NONE | ALTER TABLE t DROP COLUMN a
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t RENAME COLUMN b TO bb
          COPY, LOCK=SHARED    | COPY, LOCK=SHARED | ALTER TABLE t MODIFY b bigint NOT NULL DEFAULT 1
          INPLACE, LOCK=NONE   | INPLACE, LOCK=NONE | ALTER TABLE t MODIFY b int
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t MODIFY b int NOT NULL DEFAULT 1 FIRST
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t MODIFY v varchar(60)
          COPY, LOCK=SHARED    | INSTANT        | ALTER TABLE t MODIFY n varchar(300) NOT NULL
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t MODIFY n varchar(20) COLLATE utf8mb4_bin NOT NULL
          COPY, LOCK=SHARED    | NOCOPY, LOCK=NONE | ALTER TABLE t MODIFY v varchar(50) COLLATE utf8mb4_bin
          INPLACE, LOCK=NONE   | NOCOPY, LOCK=NONE | ALTER TABLE t ADD INDEX i (b)
          INPLACE, LOCK=NONE   | INSTANT        | ALTER TABLE t RENAME INDEX k_a TO k_b
          INPLACE, LOCK=SHARED | INPLACE, LOCK=SHARED | ALTER TABLE t ADD FULLTEXT i (v)
          INPLACE, LOCK=SHARED | NOCOPY, LOCK=SHARED | ALTER TABLE t ADD SPATIAL INDEX i (q)
          COPY, LOCK=SHARED    | COPY, LOCK=SHARED | ALTER TABLE g ADD COLUMN x int AFTER a
          INPLACE, LOCK=NONE   | INPLACE, LOCK=NONE | ALTER TABLE g FORCE
          """)
  void olderServersTakeLess(String mysql, String mariadb, String sql) {
    assertThat(stated(Engine.MYSQL, "8.0.15", sql)).isEqualTo(mysql);
    assertThat(stated(Engine.MARIADB, "10.11.5", sql)).isEqualTo(mariadb);
  }

  private static String stated(Engine engine, String text, String sql) {
    EngineVersion version = EngineVersion.parse(text);
    MysqlReader reader = new MysqlReader(engine, version);
    Schema schema = new MysqlDialect(engine, version).emptySchema();
    for (String table : List.of(TABLE, BESIDE_VIRTUAL)) {
      for (Change change : reader.read(table).changes()) {
        schema = schema.after(change);
      }
    }
    Stated stated =
        new MysqlImpact(engine, version, e -> false, f -> true)
            .stated(reader.read(sql).changes(), schema);
    return Stream.concat(
            stated.algorithm().stream().map(Enum::name),
            stated.lock().stream().map(l -> "LOCK=" + l.text()))
        .collect(Collectors.joining(", "));
  }
}
