package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement of MySQL and MariaDB says of how it is run is how it is run. */
class StatedTest {

  private static final String TABLE =
      "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(20));\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t ADD INDEX i (a) | MYSQL_NONE | BUILD",
        "ALTER TABLE t ADD INDEX i (a), ALGORITHM=COPY | MYSQL_SHARED | REWRITE",
        "CREATE INDEX i ON t (a) ALGORITHM=COPY LOCK=SHARED | MYSQL_SHARED | REWRITE",
        "CREATE INDEX i ON t (a) LOCK=SHARED | MYSQL_SHARED | BUILD",
        "CREATE INDEX i ON t (a) LOCK=EXCLUSIVE | MYSQL_EXCLUSIVE | BUILD",
        "ALTER TABLE t ADD COLUMN c int | MYSQL_EXCLUSIVE | INSTANT",
        "ALTER TABLE t ADD COLUMN c int, ALGORITHM=COPY | MYSQL_SHARED | REWRITE"
      })
  void aWorseWayThanNeededIsTakenWhereItIsAskedFor(String sql, LockMode lock, Work work) {
    for (Dialect dialect : dialects()) {
      Impact impact = Releases.last(Releases.on(dialect, TABLE, sql + ";")).impact();
      assertThat(impact.locks()).extracting(Impact.Lock::mode).as(sql).containsOnly(lock);
      assertThat(impact.work()).as(sql).isEqualTo(work);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = "ALTER TABLE t ADD COLUMN z int, ADD INDEX iz (z), MODIFY a bigint")
  void allClausesOfAStatementWaitAlike(String sql) {
    for (Dialect dialect : dialects()) {
      List<Subject> subjects = Releases.on(dialect, TABLE, sql + ";").subjects();
      assertThat(subjects).hasSize(3);
      assertThat(subjects).allMatch(s -> s.impact().blocksWritesForLong());
    }
  }

  private static List<Dialect> dialects() {
    return List.of(
        new MysqlDialect(Engine.MYSQL, EngineVersion.parse("8.0.31")),
        new MysqlDialect(Engine.MARIADB, EngineVersion.parse("10.6")));
  }
}
