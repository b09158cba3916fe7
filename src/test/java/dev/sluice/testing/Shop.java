package dev.sluice.testing;

import dev.sluice.rehearse.workload.Client;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.rehearse.workload.WorkloadReader;
import dev.sluice.sql.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** The story of {@code migrations-sample/}, on a real PostgreSQL. */
public final class Shop {

  /** The migrations, as Flyway's location. */
  public static final Path MIGRATIONS = Path.of("migrations-sample/postgresql");

  /** The last version that is applied; what follows is the pending release. */
  public static final int APPLIED = 12;

  private static final Path WORKLOADS = MIGRATIONS.resolve("workload");

  private Shop() {}

  /** The shop as the old version knows it: versions 1 to 12 and the repeatable of that day. */
  public static void apply(Postgres.Database database) {
    List<Path> copies = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("shop");
      for (Path migration : migrations()) {
        if (version(migration) > 0 && version(migration) <= APPLIED) {
          copies.add(Files.copy(migration, folder.resolve(migration.getFileName())));
        }
      }
      copies.add(
          Files.copy(
              MIGRATIONS.resolve("before/best_sellers.sql"),
              folder.resolve("R__best_sellers.sql")));
      flyway(database, folder).migrate();
      copies.add(folder);
      for (Path copy : copies) {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows for every table of the applied schema; {@code rows} customers and as many orders. */
  public static void fill(Postgres.Database database, long rows) throws SQLException {
    try (Connection connection = database.connect()) {
      new Client(1, rows).sendAll(connection, workload("fill.sql"));
    }
  }

  /** Plain Flyway over the whole folder: the pending release as written, or all of it. */
  public static Flyway flyway(Postgres.Database database) {
    return flyway(database, MIGRATIONS);
  }

  /** What the old application version sends. */
  public static Workload oldVersion() {
    return workload("old.sql");
  }

  /** What the new application version sends. */
  public static Workload newVersion() {
    return workload("new.sql");
  }

  /**
   * By hand what a plan has to reach before the deployment: a schema on which both versions run.
   * Each text is meant for a transaction of its own; full tables are filled in one go.
   */
  public static List<String> expandedByHand() {
    List<String> all = new ArrayList<>();
    for (String asWritten :
        List.of(
            "V13__gift_notes",
            "V14__wishlists",
            "V24__returns",
            "V26__helpful_votes",
            "V30__reviews_without_text",
            "V31__gift_cards",
            "R__best_sellers")) {
      try {
        all.add(Files.readString(MIGRATIONS.resolve(asWritten + ".sql")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    all.add("ALTER TABLE orders ALTER COLUMN erp_reference DROP NOT NULL");
    all.add("ALTER TABLE coupons DROP CONSTRAINT coupons_customer_id_fkey");
    all.add(
        "CREATE VIEW deliveries AS SELECT id, order_id, carrier, tracking, shipped_at FROM shipments");
    all.add(
        """
        ALTER TABLE orders ADD COLUMN public_id uuid;
        ALTER TABLE orders ALTER COLUMN public_id SET DEFAULT gen_random_uuid();
        UPDATE orders SET public_id = gen_random_uuid();
        CREATE UNIQUE INDEX ON orders (public_id);
        """);
    all.add(
        """
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
        """);
    all.add(
        """
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
    return all;
  }

  private static Flyway flyway(Postgres.Database database, Path folder) {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + folder)
        .load();
  }

  private static Workload workload(String file) {
    Path path = WORKLOADS.resolve(file);
    try {
      return WorkloadReader.read(new Source(path.toString(), Files.readString(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** 0 for a repeatable migration. */
  private static int version(Path migration) {
    String name = migration.getFileName().toString();
    return name.startsWith("V") ? Integer.parseInt(name.substring(1, name.indexOf("__"))) : 0;
  }
}
