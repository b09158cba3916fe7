package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.migration.Directive.Allow;
import dev.sluice.migration.Directive.Default;
import dev.sluice.migration.Directive.Fill;
import dev.sluice.migration.Directive.Mapping;
import dev.sluice.migration.Directive.Place;
import dev.sluice.migration.Directive.RunIn;
import dev.sluice.migration.Directive.Target;
import dev.sluice.migration.Directive.When;
import dev.sluice.sql.Location;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectivesTest {

  @TempDir Path temp;

  private Migration migration(String sql) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("sql"));
    Files.writeString(folder.resolve("V42__x.sql"), sql);
    FlywaySettings settings =
        FlywaySettings.read(
            new FlywaySettings.Sources(temp, temp.resolve("home"), Map.of(), Map.of()));
    return FlywayMigrations.read(settings, "postgresql", List.of()).all().get(0);
  }

  private Migration besides(String sql, String sidecar) throws IOException {
    Files.createDirectories(temp.resolve("sql"));
    Files.writeString(temp.resolve("sql/V42__x.sql.sluice"), sidecar);
    return migration(sql);
  }

  private List<Directive> first(String sql) throws IOException {
    Migration migration = migration(sql);
    return Directives.of(migration).of(migration.statements().get(0));
  }

  private Place at(int line, int column) {
    return new Place("sql/V42__x.sql", new Location(line, column));
  }

  private Target target(String table, String column) {
    return new Target(QualifiedName.of(table), new Name(column));
  }

  @Test
  void aRuleThatIsNoneIsRefusedAndTheOthersAreNamed() {
    assertRefused(
        "-- sluice: allow table-rewrit: small\nSELECT 1;",
        "sql/V42__x.sql:1:1: allow table-rewrit: there is no such rule, so it allows nothing",
        "  fix: one of table-rewrite, blocking-index-build, table-scan, long-lock");
  }

  @Test
  void everyDirectiveIsReadWithItsPlaceAndReason() throws IOException {
    assertThat(
            first(
                """
                -- sluice: allow table-rewrite: orders has 40 rows
                -- sluice: phase post-deploy: the old version still reads it
                  -- sluice: up orders.cents "price * 100", down "cents / 100"
                -- sluice: fill "'unknown'"
                -- sluice: fill shop.orders."Status" "coalesce(""a"", 0)"
                -- sluice: default `orders`.note "''"
                ALTER TABLE orders ADD cents int;
                """))
        .containsExactly(
            new Allow(at(1, 1), "table-rewrite", "orders has 40 rows"),
            new RunIn(at(2, 1), When.POST_DEPLOY, "the old version still reads it"),
            new Mapping(at(3, 3), target("orders", "cents"), "price * 100", "cents / 100"),
            new Fill(at(4, 1), Optional.empty(), "'unknown'"),
            new Fill(
                at(5, 1),
                Optional.of(new Target(QualifiedName.of("shop", "orders"), new Name("Status"))),
                "coalesce(\"a\", 0)"),
            new Default(at(6, 1), Optional.of(target("orders", "note")), "''"));
  }

  @Test
  void aDirectiveSpeaksOfTheNextStatementOnly() throws IOException {
    Migration migration =
        migration(
            """
            SELECT 1;
            -- a word before
            --sluice: phase pre-deploy: needed at once

            /* and after */
            SELECT 2;
            SELECT 3;
            """);
    Directives directives = Directives.of(migration);
    assertThat(directives.of(migration.statements().get(0))).isEmpty();
    assertThat(directives.of(migration.statements().get(1)))
        .containsExactly(new RunIn(at(3, 1), When.PRE_DEPLOY, "needed at once"));
    assertThat(directives.of(migration.statements().get(2))).isEmpty();
  }

  @Test
  void otherCommentsAreNoDirectives() throws IOException {
    assertThat(
            first(
                """
                -- sluice does this in four steps
                /*
                -- sluice: allow table-rewrite: commented out
                */
                -- see sluice: the docs
                SELECT 1;
                """))
        .isEmpty();
  }

  @Test
  void aMalformedDirectiveIsAnErrorWithPlaceAndForm() {
    assertRefused(
        "-- sluice: allow table-rewrite\n", "sql/V42__x.sql:1:1: ", "allow <rule>: <reason>");
    assertRefused("\n  -- sluice: allow table-rewrite:  \n", "sql/V42__x.sql:2:3: ", "<reason>");
    assertRefused(
        "-- sluice: phase later: x\n",
        "sql/V42__x.sql:1:1",
        "phase pre-deploy|post-deploy: <reason>");
    assertRefused(
        "-- sluice: fill 0\n", "sql/V42__x.sql:1:1: ", "fill [<table>.<column>] \"<expression>\"");
    assertRefused("-- sluice: fill \"\"\n", "sql/V42__x.sql:1:1: ", "fill [");
    assertRefused(
        "-- sluice: up cents \"a\", down \"b\"\n", "sql/V42__x.sql:1:1: ", "up <table>.<column>");
    assertRefused("-- sluice: up t.c \"a\"\n", "sql/V42__x.sql:1:1: ", "down \"<old from new>\"");
    assertRefused(
        "-- sluice: ignore x\n", "sql/V42__x.sql:1:1: no directive", "-- sluice: allow <rule>");
    assertRefused(
        "-- sluice allow table-rewrite: forgot the colon, and\n-- sluice allow: y\n",
        "sql/V42__x.sql:2:1: ",
        "allow <rule>");
  }

  private void assertRefused(String comments, String start, String form) {
    assertThatThrownBy(() -> first(comments + "SELECT 1;"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(start)
        .hasMessageContaining(form);
  }

  @Test
  void aForgottenColonIsNoTrap() throws IOException {
    assertThat(first("-- sluice allow table-rewrite: small\nSELECT 1;"))
        .containsExactly(new Allow(at(1, 1), "table-rewrite", "small"));
  }

  @Test
  void aDirectiveThatSpeaksOfNoStatementIsAnError() {
    String directive = "-- sluice: allow table-rewrite: small";
    assertMisplaced(
        "SELECT 1; " + directive + "\nSELECT 2;", "1:11: a directive behind a statement");
    assertMisplaced(
        "SELECT 1\n" + directive + "\n;SELECT 2;", "2:1: a directive behind a statement");
    assertMisplaced("SELECT\n" + directive + "\n1;", "2:1: a directive inside a statement");
    assertMisplaced("SELECT 1;\n" + directive, "2:1: a directive behind the last statement");
    assertMisplaced("SELECT 1\n" + directive, "2:1: a directive behind the last statement");
  }

  private void assertMisplaced(String sql, String message) {
    assertThatThrownBy(() -> Directives.of(migration(sql)))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("sql/V42__x.sql:" + message);
  }

  @Test
  void twoThatContradictEachOtherAreAnError() {
    assertRefused(
        "-- sluice: phase pre-deploy: a\n-- sluice: phase post-deploy: b\n",
        "sql/V42__x.sql:2:1: ",
        "at sql/V42__x.sql:1:1");
    assertRefused(
        "-- sluice: fill t.a \"0\"\n-- sluice: fill t.b \"0\"\n-- sluice: fill t.a \"1\"\n",
        "sql/V42__x.sql:3:1: ",
        "at sql/V42__x.sql:1:1");
  }

  @Test
  void aFileBesideTheMigrationSpeaksOfAllStatementsOrOfOne() throws IOException {
    Migration migration =
        besides(
            "SELECT 1;\nSELECT\n  2;\n",
            """
            -- for the release of May
            -- sluice: allow table-rewrite: small
              line 3: phase post-deploy: late

            # nothing
            """);
    Directives directives = Directives.of(migration);
    Allow allow =
        new Allow(new Place("sql/V42__x.sql.sluice", new Location(2, 1)), "table-rewrite", "small");
    RunIn late =
        new RunIn(new Place("sql/V42__x.sql.sluice", new Location(3, 3)), When.POST_DEPLOY, "late");
    assertThat(directives.of(migration.statements().get(0))).containsExactly(allow);
    assertThat(directives.of(migration.statements().get(1))).containsExactly(allow, late);
    assertThat(directives.all()).containsExactly(allow, late);
  }

  @Test
  void settingsSpeakOfAMigrationToo() throws IOException {
    Migration migration = migration("SELECT 1;");
    Directives directives =
        Directives.of(migration, "sluice.toml [migration.42]", List.of("fill \"0\""));
    assertThat(directives.all())
        .containsExactly(
            new Fill(
                new Place("sluice.toml [migration.42]", new Location(1, 1)),
                Optional.empty(),
                "0"));
    assertThatThrownBy(() -> Directives.of(migration, "sluice.toml", List.of("fill \"0\"", "fil")))
        .hasMessageStartingWith("sluice.toml:2:1: no directive of Sluice: \"fil\"");
    assertThatThrownBy(() -> Directives.of(migration, "sluice.toml", List.of("line 7: fill \"0\"")))
        .hasMessageStartingWith("sluice.toml:1:1: no statement stands on line 7");
  }
}
