package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flyway.FlywaySettings.Placeholders;
import dev.sluice.migration.Migration;
import dev.sluice.sql.Location;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Source;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.parser.PlaceholderReplacingReader;
import org.flywaydb.core.internal.util.BomStrippingReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpansionTest {

  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void folder() {
    folder = new Folder(temp);
  }

  @Test
  void whatIsSentIsResolvedAndWhatIsShownIsNot() {
    folder.set("placeholders.table", "orders").set("placeholders.pw", "hunter2");
    folder.with(
        "V1__x.sql", "-- ${table}\nALTER TABLE ${table} ADD c text DEFAULT '${PW}' ;\nSELECT 1;");
    Migration migration = folder.only("postgresql");
    Statement alter = migration.statements().get(0);
    assertThat(alter.sql()).isEqualTo("ALTER TABLE orders ADD c text DEFAULT 'hunter2'");
    assertThat(alter.shown()).isEqualTo("ALTER TABLE ${table} ADD c text DEFAULT '${PW}'");
    assertThat(alter.comments()).isEqualTo("-- ${table}\n");
    assertThat(alter.toString()).doesNotContain("hunter2");
    assertThat(migration.toString()).doesNotContain("hunter2");
    assertThat(migration.statements().get(1).location()).isEqualTo(new Location(3, 1));
    assertThat(migration.placeholders()).containsExactly("table", "PW");
  }

  @Test
  void aPlaceholderThatIsAWholeStatementIsShownAsItself() {
    folder.set("placeholders.all", "SELECT 1; SELECT 'hunter2'").set("placeholders.none", "");
    folder.with("V1__x.sql", "${none}SELECT 0;\n${all};\nSELECT 3${none};");
    List<Statement> statements =
        FlywayMigrations.read(folder.settings(), "postgresql", List.of()).all().get(0).statements();
    assertThat(statements)
        .extracting(Statement::sql)
        .containsExactly("SELECT 0", "SELECT 1", "SELECT 'hunter2'", "SELECT 3");
    assertThat(statements)
        .extracting(Statement::shown)
        .containsExactly("SELECT 0", "${all}", "${all}", "SELECT 3");
    assertThat(statements.get(2).span()).isEqualTo(statements.get(1).span());
    assertThat(statements.get(3).location()).isEqualTo(new Location(3, 1));
  }

  @Test
  void aMissingPlaceholderIsNamedWithItsPlaceAndTheWaysToSetIt() {
    folder.with("V1__x.sql", "SELECT 1;\nALTER TABLE ${table} ADD c int;");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V1__x.sql:2:13: the placeholder ${table} has no value")
        .hasMessageContaining("-X.flyway.placeholders.table=…")
        .hasMessageContaining("FLYWAY_PLACEHOLDERS_TABLE");
  }

  @Test
  void aPlaceholderWithoutEndIsRefused() {
    folder.with("V1__x.sql", "SELECT '${x';");
    assertThatThrownBy(() -> folder.read("postgresql"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V1__x.sql:1:9: a placeholder starts with ${ and has no }");
  }

  @Test
  void otherMarksAroundPlaceholdersAreKnown() {
    folder.set("placeholderPrefix", "#[").set("placeholderSuffix", "]]");
    folder.set("placeholders.t", "orders");
    folder.with("V1__x.sql", "SELECT '${x}' FROM #[t]];");
    assertThat(folder.only("postgresql").statements().get(0).sql())
        .isEqualTo("SELECT '${x}' FROM orders");
  }

  @Test
  void replacementCanBeOff() {
    folder.set("placeholderReplacement", "false").with("V1__x.sql", "SELECT '${x}';");
    assertThat(folder.only("postgresql").statements().get(0).sql()).isEqualTo("SELECT '${x}'");
  }

  @Test
  void replacementCanBeOffForOneFile() {
    folder.with("V1__x.sql.conf", "placeholderReplacement=false");
    folder.with("V1__x.sql", "SELECT '${x}';");
    assertThat(folder.only("postgresql").placeholders()).isEmpty();
  }

  @Test
  void flywaysOwnPlaceholdersHaveStandIns() {
    folder
        .set("schemas", "shop,other")
        .with(
            "V1__x.sql",
            "SELECT '${flyway:defaultSchema}', '${flyway:filename}', '${flyway:user}';");
    assertThat(folder.only("postgresql").statements().get(0).sql())
        .isEqualTo("SELECT 'shop', 'V1__x.sql', 'flyway'");
  }

  @Test
  void placesStayRightWithValuesOfEveryLength() {
    folder.set("placeholders.a", "").set("placeholders.b", "x;y\nz").set("placeholders.c", "q");
    folder.with(
        "V1__x.sql",
        "SELECT '${a}${b}${c}';\n/* ${b} */ SELECT '${b}' ${a};\nCOPY t FROM STDIN;\n${c}\t${b}\n\\.\nSELECT 3;");
    List<Statement> statements = folder.only("postgresql").statements();
    assertThat(statements)
        .extracting(Statement::shown)
        .containsExactly("SELECT '${a}${b}${c}'", "SELECT '${b}'", "COPY t FROM STDIN", "SELECT 3");
    assertThat(statements.get(2).data()).hasValue("q\tx;y\nz\n");
    assertThat(statements.get(1).location()).isEqualTo(new Location(2, 12));
    assertThat(statements.get(0).span()).isEqualTo(new Span(0, 21));
  }

  /** The oracle is Flyway's own reader. */
  @Test
  void anyTextIsResolvedAsFlywayResolvesIt() throws IOException {
    String[] parts = {"$", "{", "}", "$${", "${x}", "${Y}", "${e}", "a", "\n", "'", "\ufeff", "${"};
    Map<String, String> values = Map.of("x", "${y}", "y", "$", "e", "");
    Random random = new Random(42);
    int same = 0;
    for (int round = 0; round < 5000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String file = text.toString().replaceAll("\ufeff+", "\ufeff");
      String expected;
      try {
        expected = flyway(file, values);
      } catch (FlywayException | StringIndexOutOfBoundsException e) {
        assertThatThrownBy(() -> ours(file, values)).as(file).isInstanceOf(Problem.class);
        continue;
      }
      assertThat(ours(file, values).text()).as(file).isEqualTo(expected);
      same++;
    }
    assertThat(same).isGreaterThan(1000);
  }

  private static Expansion ours(String file, Map<String, String> values) {
    Placeholders settings = new Placeholders(true, "${", "}", ":", values);
    return Expansion.of(new Source("x.sql", file), settings, values);
  }

  private static String flyway(String file, Map<String, String> values) throws IOException {
    StringBuilder text = new StringBuilder();
    try (PlaceholderReplacingReader reader =
        new PlaceholderReplacingReader(
            "${",
            "}",
            ":",
            values,
            new BomStrippingReader(new BufferedReader(new StringReader(file))))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
