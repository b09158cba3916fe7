package dev.sluice.dialect.mysql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each statement runs on a real server by the algorithm and under the lock that are claimed for it,
 * is refused by every better one, and does the work that is claimed.
 */
class AlterationIT {

  private static final Bench MYSQL = new Bench(Engine.MYSQL, MySql::freshDatabase);
  private static final Bench MARIADB = new Bench(Engine.MARIADB, MariaDb::freshDatabase);

  static Stream<Case> mysql() {
    return Case.of("mysql.txt", Engine.MYSQL).stream();
  }

  static Stream<Case> mariadb() {
    return Case.of("mysql.txt", Engine.MARIADB).stream();
  }

  @ParameterizedTest
  @MethodSource("mysql")
  void mysqlTakesTheClaimedFormAndRefusesEveryBetterOne(Case one) throws SQLException {
    verify(
        one,
        MYSQL,
        Forms.betterFirst(List.of(Algorithm.INSTANT, Algorithm.INPLACE, Algorithm.COPY)));
  }

  @ParameterizedTest
  @MethodSource("mariadb")
  void mariadbTakesTheClaimedFormAndRefusesEveryBetterOne(Case one) throws SQLException {
    verify(
        one,
        MARIADB,
        Forms.betterFirst(
            List.of(Algorithm.INSTANT, Algorithm.NOCOPY, Algorithm.INPLACE, Algorithm.COPY)));
  }

  static Stream<Case> statedOnMysql() {
    return Case.of("stated.txt", Engine.MYSQL).stream();
  }

  static Stream<Case> statedOnMariadb() {
    return Case.of("stated.txt", Engine.MARIADB).stream();
  }

  @ParameterizedTest
  @MethodSource("statedOnMysql")
  void mysqlDoesTheWorkOfTheWordsInTheStatement(Case one) throws SQLException {
    doesAsItSays(one, MYSQL);
  }

  @ParameterizedTest
  @MethodSource("statedOnMariadb")
  void mariadbDoesTheWorkOfTheWordsInTheStatement(Case one) throws SQLException {
    doesAsItSays(one, MARIADB);
  }

  private static void doesAsItSays(Case one, Bench bench) throws SQLException {
    Reading reading = bench.read(one.sql());
    Impact claimed =
        bench.impact().each(reading.changes(), reading.stated(), bench.schema(one)).getFirst();
    try (Connection connection = bench.database(one).connect()) {
      Footprint footprint = Footprint.of(connection);
      Bench.execute(connection, one.sql());
      assertThat(footprint.work(Footprint.of(connection)))
          .as("the work of %s", one)
          .contains(claimed.work());
    }
    if (claimed.work() != Work.INSTANT) {
      reading
          .stated()
          .lock()
          .ifPresent(
              lock ->
                  assertThat(claimed.locks().getFirst().mode())
                      .as("the lock of %s", one)
                      .isEqualTo(lock));
    }
  }

  private static void verify(Case one, Bench bench, List<Stated> betterFirst) throws SQLException {
    Schema before = bench.schema(one);
    Reading reading = bench.read(one.sql());
    assertThat(reading.changes()).noneMatch(Change.Unrecognised.class::isInstance);
    Stated claimed = bench.impact().stated(reading.changes(), before);
    Work work = bench.impact().together(reading.changes(), before).work();
    assertThat(betterFirst).contains(claimed);
    ServerDatabase database = bench.database(one);
    try (Connection connection = database.connect()) {
      bench.prepare(one, connection);
      List<Stated> better = betterFirst.subList(0, betterFirst.indexOf(claimed));
      for (Stated form : better) {
        assertThat(Bench.run(one.sql(), form, connection))
            .as("%s, by %s, of which %s is claimed", one, form, claimed)
            .isEqualTo(Bench.Answer.REFUSED);
      }
      Footprint footprint = Footprint.of(connection);
      assertThat(Bench.run(one.sql(), claimed, connection))
          .as("%s, by %s", one, claimed)
          .isEqualTo(Bench.Answer.DONE);
      footprint
          .work(Footprint.of(connection))
          .ifPresent(done -> assertThat(done).as("the work of %s", one).isEqualTo(work));
    }
  }
}
