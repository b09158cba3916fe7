package dev.sluice.dialect.mysql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * While a statement runs, as long as its work takes, a writer of each table waits exactly where its
 * lock is said to keep writers waiting, and a reader never.
 */
class MeanwhileIT {

  /** Of the statement's time: all take the table alone for a moment when they begin and end. */
  private static final double MOST = 0.7;

  private static final Bench MYSQL = new Bench(Engine.MYSQL, MySql::freshDatabase);
  private static final Bench MARIADB = new Bench(Engine.MARIADB, MariaDb::freshDatabase);

  static Stream<Case> mysql() {
    return Case.of("long.txt", Engine.MYSQL).stream();
  }

  static Stream<Case> mariadb() {
    return Case.of("long.txt", Engine.MARIADB).stream();
  }

  @ParameterizedTest
  @MethodSource("mysql")
  void onMysqlWritersWaitWhereTheLockSaysSo(Case one) throws Exception {
    verify(one, MYSQL);
  }

  @ParameterizedTest
  @MethodSource("mariadb")
  void onMariadbWritersWaitWhereTheLockSaysSo(Case one) throws Exception {
    verify(one, MARIADB);
  }

  private static void verify(Case one, Bench bench)
      throws SQLException, InterruptedException, ExecutionException {
    Schema before = bench.schema(one);
    List<Change> changes = bench.read(one.sql()).changes();
    Impact impact = bench.impact().together(changes, before);
    Stated stated = bench.impact().stated(changes, before);
    Map<String, Boolean> claimed = new TreeMap<>();
    before.tables().stream().map(Table::name).forEach(t -> claimed.put(t.name().text(), false));
    for (Lock lock : impact.locks()) {
      claimed.put(before.resolve(lock.relation()).name().text(), lock.mode().blocksWrites());
    }
    Map<String, Boolean> waited = new TreeMap<>();
    for (String table : claimed.keySet()) {
      ServerDatabase database = bench.database(one);
      try (Company company = Company.of(table, database);
          Connection runner = database.connect()) {
        long start = System.nanoTime();
        Bench.execute(runner, Forms.of(one.sql(), stated));
        double took = System.nanoTime() - start;
        waited.put(table, company.longestWriteSince(start) / took > MOST);
        assertThat(company.longestReadSince(start) / took)
            .as("how long a reader of %s waited for %s", table, one)
            .isLessThan(MOST);
      }
    }
    assertThat(waited)
        .as("whose writers wait while %s runs, as %s", one, stated)
        .isEqualTo(claimed);
  }
}
