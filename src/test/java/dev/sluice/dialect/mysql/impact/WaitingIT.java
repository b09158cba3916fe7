package dev.sluice.dialect.mysql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A statement waits for a transaction that has read a table exactly where EXCLUSIVE is claimed on
 * that table.
 */
class WaitingIT {

  private static final int LOCK_WAIT_TIMEOUT = 1205;

  private static final Bench MYSQL = new Bench(Engine.MYSQL, MySql::freshDatabase);
  private static final Bench MARIADB = new Bench(Engine.MARIADB, MariaDb::freshDatabase);

  static Stream<Case> mysql() {
    return Case.of("brief.txt", Engine.MYSQL).stream();
  }

  static Stream<Case> mariadb() {
    return Case.of("brief.txt", Engine.MARIADB).stream();
  }

  @ParameterizedTest
  @MethodSource("mysql")
  void onMysqlItWaitsForReadersOfWhatItLocksAlone(Case one) throws SQLException {
    verify(one, MYSQL);
  }

  @ParameterizedTest
  @MethodSource("mariadb")
  void onMariadbItWaitsForReadersOfWhatItLocksAlone(Case one) throws SQLException {
    verify(one, MARIADB);
  }

  private static void verify(Case one, Bench bench) throws SQLException {
    Schema before = bench.schema(one);
    List<Change> changes = bench.read(one.sql()).changes();
    assertThat(changes).noneMatch(Change.Unrecognised.class::isInstance);
    Impact impact = bench.impact().together(changes, before);
    assertThat(impact.work()).isEqualTo(Work.INSTANT);
    Set<String> claimed =
        impact.locks().stream()
            .filter(l -> l.mode() == LockMode.MYSQL_EXCLUSIVE)
            .map(l -> before.resolve(l.relation()).name().text())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> others = tables(before);
    others.removeAll(claimed);
    assertThat(waitsForReadersOf(others, one, bench))
        .as("%s waits for readers of one of %s", one, others)
        .isFalse();
    for (String table : claimed) {
      assertThat(waitsForReadersOf(Set.of(table), one, bench))
          .as("%s waits for readers of %s", one, table)
          .isTrue();
    }
  }

  private static Set<String> tables(Schema schema) {
    return schema.tables().stream()
        .map(Table::name)
        .map(QualifiedName::name)
        .map(n -> n.text())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean waitsForReadersOf(Set<String> tables, Case one, Bench bench)
      throws SQLException {
    ServerDatabase database = bench.database(one);
    try (Connection reader = database.connect();
        Connection runner = database.connect()) {
      reader.setAutoCommit(false);
      for (String table : tables) {
        Bench.execute(reader, "SELECT * FROM " + table);
      }
      // One second is the least on MySQL.
      Bench.execute(runner, "SET lock_wait_timeout = 1");
      bench.prepare(one, runner);
      try {
        Bench.execute(runner, one.sql());
        return false;
      } catch (SQLException e) {
        if (e.getErrorCode() == LOCK_WAIT_TIMEOUT) {
          return true;
        }
        throw e;
      } finally {
        reader.rollback();
      }
    }
  }
}
