package dev.sluice.dialect.mysql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.mysql.writing.Stating;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** A busy machine can keep anybody waiting; what the lock does, it does every time. */
  private static final int ATTEMPTS = 3;

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
    Reading reading = bench.read(one.sql());
    List<Change> changes = reading.changes();
    boolean says = Stating.says(one.sql());
    Impact impact =
        says
            ? bench.impact().each(changes, reading.stated(), before).getFirst()
            : bench.impact().together(changes, before);
    Stated stated = says ? Stated.NOTHING : bench.impact().stated(changes, before);
    Map<String, Boolean> claimed = new TreeMap<>();
    before.tables().stream().map(Table::name).forEach(t -> claimed.put(t.name().text(), false));
    for (Lock lock : impact.locks()) {
      claimed.put(before.resolve(lock.relation()).name().text(), lock.mode().blocksWrites());
    }
    for (int attempt = 1; ; attempt++) {
      Waited waited = waited(claimed.keySet(), one, stated, bench);
      boolean asClaimed = waited.writers().equals(claimed) && waited.readers().isEmpty();
      if (asClaimed || attempt == ATTEMPTS) {
        assertThat(waited.writers())
            .as("whose writers wait while %s runs, as %s", one, stated)
            .isEqualTo(claimed);
        assertThat(waited.readers()).as("whose readers wait while %s runs", one).isEmpty();
        return;
      }
    }
  }

  /**
   * Who waited most of the time that the statement took.
   *
   * @param writers of every table, whether they did
   * @param readers tables whose readers did
   */
  private record Waited(Map<String, Boolean> writers, List<String> readers) {}

  private static Waited waited(Set<String> tables, Case one, Stated stated, Bench bench)
      throws SQLException, InterruptedException, ExecutionException {
    Map<String, Boolean> writers = new TreeMap<>();
    List<String> readers = new ArrayList<>();
    for (String table : tables) {
      ServerDatabase database = bench.database(one);
      try (Company company = Company.of(table, database);
          Connection runner = database.connect()) {
        long start = System.nanoTime();
        Bench.execute(runner, Stating.of(one.sql(), stated));
        double took = System.nanoTime() - start;
        writers.put(table, company.longestWriteSince(start) / took > MOST);
        if (company.longestReadSince(start) / took > MOST) {
          readers.add(table);
        }
      }
    }
    return new Waited(writers, readers);
  }
}
