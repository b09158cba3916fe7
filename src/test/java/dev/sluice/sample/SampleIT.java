package dev.sluice.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.rehearse.workload.Client;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.rehearse.workload.Workload.Call;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.Shop;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plain Flyway and the two application versions, on a real PostgreSQL. */
class SampleIT {

  private static final long ROWS = 2000;

  // https://www.postgresql.org/docs/17/errcodes-appendix.html
  private static final String NO_COLUMN = "42703";
  private static final String NO_TABLE = "42P01";
  private static final String NO_VALUE = "22P02";
  private static final String NOT_NULL = "23502";
  private static final String FOREIGN_KEY = "23503";

  private static Postgres.Database applied;
  private static Postgres.Database released;

  @BeforeAll
  static void theShopBeforeAndAfterTheRelease() throws Exception {
    applied = Postgres.freshDatabase();
    Shop.apply(applied);
    Shop.fill(applied, ROWS);
    released = Postgres.freshDatabase();
    Shop.apply(released);
    Shop.fill(released, ROWS);
    Shop.flyway(released).migrate();
  }

  @Test
  void theWholeReleaseIsPendingAndTheChangedRepeatableWithIt() {
    assertThat(Shop.flyway(applied).info().pending())
        .extracting(pending -> pending.getScript().replaceFirst("__.*", ""))
        .containsExactly(
            "V13", "V14", "V15", "V16", "V17", "V18", "V19", "V20", "V21", "V22", "V23", "V24",
            "V25", "V26", "V27", "V28", "V29", "V30", "V31", "R");
  }

  /** The fill asks no foreign key, so that it is quick: the data must fit them all the same. */
  @Test
  void whatFillsTheShopKeepsEveryForeignKey() throws Exception {
    List<String> orphans = new ArrayList<>();
    for (String key :
        rows(
            applied,
            """
            SELECT format('%s.%I', c.conrelid::regclass, a.attname) || ' ' || c.confrelid::regclass
            FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f'""")) {
      String table = key.substring(0, key.indexOf('.'));
      String column = key.substring(key.indexOf('.') + 1, key.indexOf(' '));
      String parent = key.substring(key.indexOf(' ') + 1);
      orphans.addAll(
          rows(
              applied,
              "SELECT '%1$s ' || c.%2$s FROM %1$s c WHERE c.%2$s NOT IN (SELECT id FROM %3$s)"
                  .formatted(table, column, parent)));
    }
    assertThat(orphans).isEmpty();
  }

  @Test
  void everyStatementOfTheOldVersionRunsBeforeTheRelease() throws Exception {
    assertThat(failures(applied, Shop.oldVersion(), Shop.oldVersion())).isEmpty();
  }

  @Test
  void everyStatementOfTheNewVersionRunsAfterTheRelease() throws Exception {
    assertThat(failures(released, Shop.newVersion(), Shop.newVersion())).isEmpty();
  }

  @Test
  void theOldVersionBreaksWherePlainFlywayRanTheRelease() throws Exception {
    assertThat(failures(released, Shop.oldVersion(), Shop.newVersion()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("find customer by email", NO_COLUMN),
                entry("find customers by name", NO_COLUMN),
                entry("register customer", NO_COLUMN),
                entry("rename customer", NO_COLUMN),
                entry("close account", NO_TABLE),
                entry("add address", NOT_NULL),
                entry("place order", NO_COLUMN),
                entry("order history", NO_COLUMN),
                entry("forget order", NO_TABLE),
                entry("ship order", NO_TABLE),
                entry("where is my parcel", NO_TABLE),
                entry("change tracking", NO_TABLE),
                entry("give coupon", NO_TABLE),
                entry("redeem coupon", NO_TABLE),
                entry("coupons of customer", NO_TABLE)));
  }

  @Test
  void theNewVersionBreaksWhereTheReleaseHasNotRun() throws Exception {
    assertThat(failures(applied, Shop.newVersion(), Shop.oldVersion()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("find customer by email", NO_COLUMN),
                entry("find customers by name", NO_COLUMN),
                entry("register customer", NO_COLUMN),
                entry("rename customer", NO_COLUMN),
                entry("product page", NO_COLUMN),
                entry("search products", NO_COLUMN),
                entry("list new product", NO_COLUMN),
                entry("list gift card", NO_COLUMN),
                entry("rename product", NO_COLUMN),
                entry("wish", NO_TABLE),
                entry("wishlist", NO_TABLE),
                entry("wish of new customer", NO_TABLE),
                entry("place order", NO_COLUMN),
                entry("order history", NO_COLUMN),
                entry("order by its public number", NO_COLUMN),
                entry("deliver order", NO_TABLE),
                entry("where is my parcel", NO_TABLE),
                entry("change tracking", NO_TABLE),
                entry("take back order", NO_VALUE),
                entry("forget order", NO_TABLE),
                entry("give stars only", NOT_NULL),
                entry("helpful", NO_COLUMN),
                entry("how well it sells", NO_COLUMN)));
  }

  @Test
  void theNewVersionCannotCloseAnAccountWithACouponItDoesNotKnow() throws Exception {
    Client client = new Client(7, ROWS);
    try (Connection connection = applied.connect()) {
      client.send(connection, Shop.oldVersion().call("register customer").orElseThrow());
      client.send(connection, Shop.oldVersion().call("give coupon").orElseThrow());
      Call close = Shop.newVersion().call("close account").orElseThrow();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> client.send(connection, close))
          .extracting(SQLException::getSQLState)
          .isEqualTo(FOREIGN_KEY);
    }
  }

  @Test
  void plainFlywayOnAHundredThousandRows() throws Exception {
    Postgres.Database database = Postgres.freshDatabase();
    Shop.apply(database);
    long began = System.nanoTime();
    Shop.fill(database, 100_000);
    System.out.printf("fill 100,000 rows: %d ms%n", (System.nanoTime() - began) / 1_000_000);
    began = System.nanoTime();
    MigrateResult result = Shop.flyway(database).migrate();
    System.out.printf("plain Flyway: %d ms%n", (System.nanoTime() - began) / 1_000_000);
    for (MigrateOutput migration : result.migrations) {
      System.out.printf(
          "  %-4s %-28s %5d ms%n",
          migration.version, migration.description, migration.executionTime);
    }
    assertThat(result.migrationsExecuted).isEqualTo(20);
    assertThat(rows(database, "SELECT count(*) FROM customers")).containsExactly("100000");
    assertThat(rows(database, "SELECT count(DISTINCT public_id) FROM orders"))
        .containsExactly("100000");
  }

  /**
   * Call to SQLSTATE, of those that fail.
   *
   * @param fitting sends what fits the schema, so that a call which draws what was kept has
   *     something to draw, and fails for its own reason only
   */
  private static Map<String, String> failures(
      Postgres.Database database, Workload workload, Workload fitting) throws SQLException {
    Map<String, String> failures = new TreeMap<>();
    Client client = new Client(7, ROWS);
    try (Connection connection = database.connect()) {
      for (Call call : workload.calls()) {
        for (Call provider : fitting.calls()) {
          if (!client.serves(call) && !provider.keeps().isEmpty()) {
            client.send(connection, provider);
          }
        }
        try {
          client.send(connection, call);
        } catch (SQLException e) {
          failures.put(call.name(), e.getSQLState());
        }
      }
    }
    return failures;
  }

  /** The first column. */
  private static List<String> rows(Postgres.Database database, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
