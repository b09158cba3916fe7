package dev.sluice.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rehearse.workload.Application;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.rehearse.workload.Load.Settings;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.Shop;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The sample's versions beside each other: what fails, fails because of the release. */
class SampleLoadIT {

  private static final long ROWS = 500;
  private static final Settings EIGHT_WORKERS = new Settings(8, Duration.ZERO, ROWS, 11);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void theOldVersionsNodesDoNotDisturbEachOther() throws Exception {
    Postgres.Database shop = filled();
    rollOut(shop, Shop.oldVersion(), Shop.oldVersion());
  }

  @Test
  void theNewVersionsNodesDoNotDisturbEachOther() throws Exception {
    Postgres.Database shop = filled();
    Shop.flyway(shop).migrate();
    rollOut(shop, Shop.newVersion(), Shop.newVersion());
  }

  /** By hand what a plan has to reach: the story has a schema on which both versions run. */
  @Test
  void thereIsASchemaOnWhichBothVersionsRun() throws Exception {
    Postgres.Database shop = filled();
    for (String sql : Shop.expandedByHand()) {
      shop.execute(sql);
    }

    rollOut(shop, Shop.oldVersion(), Shop.newVersion());

    assertThat(number(shop, "SELECT count(*) FROM customers WHERE name IS DISTINCT FROM full_name"))
        .isZero();
    assertThat(
            number(
                shop,
                "SELECT count(*) FROM products WHERE search_name IS DISTINCT FROM lower(name)"))
        .isZero();
  }

  private static Postgres.Database filled() throws Exception {
    Postgres.Database shop = Postgres.freshDatabase();
    Shop.apply(shop);
    Shop.fill(shop, ROWS);
    return shop;
  }

  /** Two workers at a time. What both versions sent must have succeeded. */
  private static void rollOut(Postgres.Database shop, Workload oldVersion, Workload newVersion) {
    Application before = new Application("old", oldVersion, shop.dataSource());
    Application after = new Application("new", newVersion, shop.dataSource());
    try (Load load = Load.start(EIGHT_WORKERS, before, after, Clock.systemUTC())) {
      long sent = 0;
      for (int stage = 0; stage <= 4; stage++) {
        load.share(stage / 4.0);
        assertThat(load.settle(PATIENCE)).isTrue();
        sent += 3000;
        while (statements(load) < sent) {
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
      }
      List<Measured> measured = load.stop(PATIENCE);
      nothingFailed(measured.getFirst(), oldVersion);
      nothingFailed(measured.getLast(), newVersion);
    }
  }

  private static long statements(Load load) {
    return load.measured().stream().mapToLong(Measured::statements).sum();
  }

  /** Rare calls come by chance: nine of ten must have come. */
  private static void nothingFailed(Measured measured, Workload workload) {
    assertThat(measured.calls().stream().flatMap(call -> call.failures().stream())).isEmpty();
    assertThat(measured.calls()).hasSizeGreaterThan(workload.calls().size() * 9 / 10);
  }

  private static long number(Postgres.Database shop, String query) throws Exception {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
