package dev.sluice.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rehearse.workload.Application;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.rehearse.workload.Load.Settings;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.Shop;
import java.nio.file.Files;
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
    for (String asWritten :
        List.of(
            "V13__gift_notes",
            "V14__wishlists",
            "V24__returns",
            "V26__helpful_votes",
            "V30__reviews_without_text",
            "V31__gift_cards",
            "R__best_sellers")) {
      shop.execute(Files.readString(Shop.MIGRATIONS.resolve(asWritten + ".sql")));
    }
    shop.execute(
        """
        ALTER TABLE orders ALTER COLUMN erp_reference DROP NOT NULL;
        ALTER TABLE coupons DROP CONSTRAINT coupons_customer_id_fkey;
        CREATE VIEW deliveries AS SELECT id, order_id, carrier, tracking, shipped_at FROM shipments;

        ALTER TABLE orders ADD COLUMN public_id uuid;
        ALTER TABLE orders ALTER COLUMN public_id SET DEFAULT gen_random_uuid();
        UPDATE orders SET public_id = gen_random_uuid();
        CREATE UNIQUE INDEX ON orders (public_id);

        ALTER TABLE customers ADD COLUMN full_name varchar(120);
        CREATE FUNCTION sync_customers() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF NEW.full_name IS NULL THEN NEW.full_name := NEW.name; ELSE NEW.name := NEW.full_name; END IF;
          ELSIF NEW.full_name IS DISTINCT FROM OLD.full_name THEN NEW.name := NEW.full_name;
          ELSE NEW.full_name := NEW.name;
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER zz_sync BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION sync_customers();
        UPDATE customers SET full_name = name;
        CREATE INDEX ON customers (full_name);

        ALTER TABLE products ADD COLUMN search_name varchar(200);
        CREATE FUNCTION sync_products() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF NEW.search_name IS NULL THEN NEW.search_name := lower(NEW.name); END IF;
          ELSIF NEW.search_name IS NOT DISTINCT FROM OLD.search_name AND NEW.name <> OLD.name THEN
            NEW.search_name := lower(NEW.name);
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER zz_sync BEFORE INSERT OR UPDATE ON products FOR EACH ROW EXECUTE FUNCTION sync_products();
        UPDATE products SET search_name = lower(name);
        """);

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
