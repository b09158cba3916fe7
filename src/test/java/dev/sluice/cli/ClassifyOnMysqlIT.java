package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Engine;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A pending release on real databases of both engines, which plain Flyway brought there. */
class ClassifyOnMysqlIT {

  @TempDir private Path here;

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void whatFlywaysHistoryLacksIsPendingAndJudgedOnTheCatalog(Engine engine) throws Exception {
    ServerDatabase shop = shop(engine);
    Outcome outcome = classify(shop);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("V3__note.sql")
        .doesNotContain("V2__orders.sql", "drift", "unknown");
    JsonNode all = JsonMapper.shared().readTree(classify(shop, "--format", "json").out());
    assertThat(all.path("drift").path("complete").asBoolean()).isTrue();
    assertThat(all.path("drift").path("differences").isEmpty()).isTrue();
    assertThat(all.path("engine").asString("")).isEqualTo(engine.id());
    assertThat(changes(all))
        .containsExactly("AddColumn expand", "RedefineColumn expand", "DropColumn contract");
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void whatWasChangedByHandIsToldAndCounts(Engine engine) throws Exception {
    ServerDatabase shop = shop(engine);
    shop.execute(
        "ALTER TABLE orders ADD COLUMN by_hand INT", "ALTER TABLE orders DROP KEY by_total");
    Outcome outcome = classify(shop);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains(
            "drift: the database is not what its migrations made",
            "  column orders.by_hand is only in the database: int",
            "  index by_total is not in the database: on orders (total)\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void sizesAreTheServersEstimates(Engine engine) throws Exception {
    ServerDatabase shop = shop(engine);
    shop.execute(
        "INSERT INTO customers (id, email) VALUES (1, 'a')",
        "INSERT INTO orders (id, customer_id) VALUES "
            + IntStream.range(0, 300)
                .mapToObj(id -> "(" + id + ", 1)")
                .collect(Collectors.joining(", ")),
        "ANALYZE TABLE orders");
    Outcome outcome = Outcome.of(here, "stats", "--url", shop.url());
    assertThat(outcome.err()).isEmpty();
    JsonNode stats = JsonMapper.shared().readTree(outcome.out());
    assertThat(stats.path("engine").asString("")).isEqualTo(engine.id());
    List<String> tables = new ArrayList<>();
    for (JsonNode table : stats.path("tables")) {
      assertThat(table.path("schema").asString("")).isEqualTo(shop.name());
      tables.add(table.path("table").asString(""));
      if (table.path("table").asString("").equals("orders")) {
        assertThat(table.path("rows").asLong()).isBetween(100L, 600L);
        assertThat(table.path("bytes").asLong()).isGreaterThanOrEqualTo(16384);
      }
    }
    assertThat(tables).containsExactly("customers", "flyway_schema_history", "orders");
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void doubleQuotesHoldNamesWhereTheServersSqlModeSaysSo(Engine engine) throws Exception {
    ServerDatabase empty = empty(engine);
    // MariaDB's ORACLE brings ANSI_QUOTES along, and another grammar for bodies.
    String modes = engine == Engine.MYSQL ? "ANSI_QUOTES" : "ANSI_QUOTES,ORACLE";
    ServerDatabase ansi =
        new ServerDatabase(
            empty.name(), empty.url() + "&sessionVariables=sql_mode='" + modes + "'");
    write(
        "V1__ansi.sql",
        """
        CREATE TABLE "orders" ("id" INT PRIMARY KEY, "total" INT DEFAULT 5, "twice" INT AS ("total" * 2), "note" VARCHAR(20) DEFAULT 'say "x"', CONSTRAINT "positive" CHECK ("total" > 0 AND "note" <> 'y'));
        CREATE TRIGGER "touched" BEFORE UPDATE ON "orders" FOR EACH ROW SET NEW."total" = NEW."id";
        CREATE VIEW "paid" AS SELECT "id" FROM "orders";
        """);
    migrate(ansi);
    write(
        "V2__more.sql",
        "ALTER TABLE \"orders\" DROP CONSTRAINT \"positive\", DROP COLUMN \"note\";\n");
    Outcome outcome = classify(ansi, "--format", "json");
    JsonNode all = JsonMapper.shared().readTree(outcome.out());
    assertThat(all.path("drift").path("differences").toString()).isEqualTo("[]");
    assertThat(all.path("drift").path("complete").asBoolean()).isTrue();
    assertThat(changes(all)).containsExactly("DropConstraint expand", "DropColumn contract");
    if (engine == Engine.MARIADB) {
      assertThat(outcome.err())
          .contains("sql_mode has ORACLE, and statements are read as without", "\n  fix: ");
    } else {
      assertThat(outcome.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void otherDatabasesThatMigrationsNameAreReadToo(Engine engine) throws Exception {
    ServerDatabase shop = empty(engine);
    String other = shop.name() + "_other";
    write(
        "V1__both.sql",
        """
        CREATE DATABASE other;
        CREATE TABLE other.customers (id INT PRIMARY KEY);
        CREATE TABLE orders (id INT PRIMARY KEY, c INT, FOREIGN KEY (c) REFERENCES other.customers (id));
        """
            .replace("other", other));
    migrate(shop);
    write("V2__more.sql", "ALTER TABLE orders ADD COLUMN note INT;\n");
    assertThat(classify(shop).out()).contains("V2__more.sql").doesNotContain("drift");
    shop.execute("ALTER TABLE " + other + ".customers ADD COLUMN by_hand INT");
    assertThat(classify(shop).out())
        .contains("column " + other + ".customers.by_hand is only in the database: int");
    shop.execute("DROP TABLE orders", "DROP DATABASE " + other);
  }

  @Test
  void whyTheDriverRefusesAServerIsSaidWithItsOption() throws IOException {
    write("V1__a.sql", "CREATE TABLE a (id INT);\n");
    String plain = MariaDb.withoutTls();
    assertThat(Outcome.of(here, "classify", "sql", "--url", plain + "?user=root").err())
        .contains(
            ": the server is there and speaks no TLS, and the driver was to speak nothing else\n",
            "\n  fix: sslMode=disable in the url, ");
    assertThat(
            Outcome.of(here, "classify", "sql", "--url", plain + "?user=root&sslMode=disable")
                .code())
        .isZero();
    String signedByItself = MariaDb.freshDatabase().url().replace("&sslMode=disable", "");
    assertThat(Outcome.of(here, "classify", "sql", "--url", signedByItself).err())
        .contains(
            ": the server is there, and nothing says that its certificate is its own\n",
            "\n  fix: serverSslCert=FILE in the url ",
            " or sslMode=trust, ");
  }

  private static ServerDatabase empty(Engine engine) {
    assumeTrue(engine == Engine.MARIADB || MySql.missing().isEmpty(), MySql.missing());
    return engine == Engine.MYSQL ? MySql.freshDatabase() : MariaDb.freshDatabase();
  }

  private void migrate(ServerDatabase database) {
    Flyway.configure()
        .dataSource(database.url(), null, null)
        .locations("filesystem:" + here.resolve("sql"))
        .load()
        .migrate();
  }

  private ServerDatabase shop(Engine engine) throws IOException {
    ServerDatabase shop = empty(engine);
    write(
        "V1__customers.sql",
        """
        CREATE TABLE customers (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(100) NOT NULL UNIQUE, extra JSON);
        """);
    write(
        "V2__orders.sql",
        """
        CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL, total DECIMAL(10,2) NOT NULL DEFAULT 0, old_note VARCHAR(20), KEY by_total (total), FOREIGN KEY (customer_id) REFERENCES customers (id));
        CREATE VIEW paid AS SELECT id FROM orders WHERE total > 0;
        DELIMITER //
        CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW BEGIN SET NEW.total = NEW.total; END//
        DELIMITER ;
        """);
    migrate(shop);
    write(
        "V3__note.sql",
        """
        ALTER TABLE orders ADD COLUMN note TEXT;
        ALTER TABLE customers MODIFY email VARCHAR(120) NOT NULL;
        ALTER TABLE orders DROP COLUMN old_note;
        """);
    return shop;
  }

  private void write(String name, String sql) throws IOException {
    Files.createDirectories(here.resolve("sql"));
    Files.writeString(here.resolve("sql").resolve(name), sql);
  }

  private static List<String> changes(JsonNode all) {
    List<String> changes = new ArrayList<>();
    for (JsonNode migration : all.path("migrations")) {
      for (JsonNode statement : migration.path("statements")) {
        for (JsonNode change : statement.path("changes")) {
          changes.add(change.path("change").asString("") + " " + change.path("kind").asString(""));
        }
      }
    }
    return changes;
  }

  private Outcome classify(ServerDatabase shop, String... more) {
    List<String> all =
        new ArrayList<>(List.of("classify", here.resolve("sql").toString(), "--url", shop.url()));
    all.addAll(List.of(more));
    return Outcome.of(here, all.toArray(String[]::new));
  }
}
