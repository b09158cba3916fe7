package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Postgres;
import dev.sluice.testing.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample's pending release on a real database that may have been changed by hand. */
class ClassifyOnDatabaseIT {

  @TempDir private Path here;
  private final Postgres.Database shop = Postgres.freshDatabase();

  @BeforeEach
  void theShopBeforeItsRelease() throws Exception {
    Shop.apply(shop);
  }

  @Test
  void aDatabaseThatOnlyItsMigrationsMadeHasNoDrift() {
    assertThat(classify().out()).doesNotContain("drift").contains("V13__gift_notes.sql");
    JsonNode drift = json().path("drift");
    assertThat(drift.path("complete").asBoolean()).isTrue();
    assertThat(drift.path("differences").isArray()).isTrue();
    assertThat(drift.path("differences").isEmpty()).isTrue();
  }

  /** But for the repeatable, which the replay cannot know to have run before in another version. */
  @Test
  void catalogAndReplayAreJudgedAlike() {
    JsonNode onDatabase = json().path("migrations");
    JsonNode replayed =
        JsonMapper.shared()
            .readTree(
                Outcome.of(
                        here,
                        "classify",
                        Shop.MIGRATIONS.toAbsolutePath().toString(),
                        "--from",
                        "13",
                        "--engine",
                        "postgresql:17",
                        "--format",
                        "json")
                    .out())
            .path("migrations");
    assertThat(kinds(onDatabase)).isNotEmpty().isEqualTo(kinds(replayed));
  }

  @Test
  void whatWasChangedByHandIsToldAndCounts() throws Exception {
    shop.execute(
        """
        ALTER TABLE orders ADD COLUMN by_hand text;
        DROP INDEX customers_email_idx;
        ALTER TABLE products ALTER COLUMN name DROP NOT NULL;
        """);
    Outcome outcome = classify();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains(
            "drift: the database is not what its migrations made",
            "  column orders.by_hand is only in the database: text\n",
            "  column products.name: nullability is NOT NULL in the migrations, NULL in the"
                + " database\n");
    List<String> told = new ArrayList<>();
    for (JsonNode difference : json().path("drift").path("differences")) {
      told.add(
          difference.path("kind").asString()
              + " "
              + difference.path("object").asString()
              + " "
              + difference.path("what").asString("-"));
    }
    assertThat(told)
        .contains("column orders.by_hand -", "column products.name nullability")
        .hasSize(3);
  }

  private static List<String> kinds(JsonNode migrations) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode migration : migrations) {
      if (migration.path("repeatable").asBoolean()) {
        continue;
      }
      for (JsonNode statement : migration.path("statements")) {
        for (JsonNode change : statement.path("changes")) {
          kinds.add(
              migration.path("file").asString()
                  + ":"
                  + statement.path("line")
                  + " "
                  + change.path("change").asString()
                  + " "
                  + change.path("kind").asString()
                  + " "
                  + change.path("phase").asString("-")
                  + " "
                  // How large a table is only the database knows.
                  + change
                      .path("impact")
                      .toString()
                      .replaceAll(",\"(rows|bytes)\":(\\d+|null)", ""));
        }
      }
    }
    return kinds;
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(classify("--format", "json").out());
  }

  private Outcome classify(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("classify", Shop.MIGRATIONS.toAbsolutePath().toString(), "--url", shop.url()));
    all.addAll(List.of(more));
    return Outcome.of(here, all.toArray(String[]::new));
  }
}
