package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column takes a type of fewer values: what plain PostgreSQL refuses, the plan refuses. */
class NarrowingIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "varchar(20)   | varchar(8)    | 'much too long'",
        "text          | varchar(8)    | '        ninth'",
        "char(20)      | char(8)       | 'much too long'",
        "varbit(8)     | varbit(4)     | B'10101'",
        "varbit(8)     | bit(4)        | B'101'",
        "bit(8)        | bit(4)        | B'10101010'",
        "numeric(10,2) | numeric(4,2)  | 99.999",
        "numeric       | numeric(4,2)  | 99.995",
        "varchar(20)[] | varchar(8)[]  | '{short,much too long}'",
        "varbit(8)[]   | varbit(4)[]   | '{101,10101}'",
        "text          | short         | 'much too long'"
      })
  void aValueThatDoesNotFitStopsThePlanBeforeAnythingIsChanged(String from, String to, String value)
      throws SQLException {
    String applied =
        """
        CREATE DOMAIN short AS varchar(8);
        CREATE TABLE users (id bigint PRIMARY KEY, name %s);
        INSERT INTO users VALUES (1, %s);
        """
            .formatted(from, from.equals("numeric(10,2)") ? "100" : value);
    String change = "ALTER TABLE users ALTER COLUMN name TYPE " + to + ";";
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(applied);
    assertThatThrownBy(() -> database.execute(change)).hasMessageContaining("ERROR");
    SortedSet<String> before = Catalog.of(database.dataSource());
    Plan plan =
        Plans.plan(applied, "-- sluice: phase post-deploy: only one version is there\n" + change);
    List<Step> steps =
        plan.steps().stream()
            .filter(s -> s.action() instanceof Action.Ddl || s.action() instanceof Action.Verify)
            .toList();
    try (Walk walk = new Walk(database)) {
      assertThat(steps.getFirst().action()).isInstanceOf(Action.Verify.class);
      assertThatThrownBy(() -> walk.step(steps.getFirst())).hasMessageContaining("EXISTS");
    }
    assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
  }

  @Test
  void aValueThatDoesNotFitIsRefusedWhileTheNewColumnIsFilled() throws SQLException {
    String applied =
        """
        CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
        INSERT INTO users VALUES (1, 'Ann');
        """;
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(applied);
    Plan plan = Plans.plan(applied, "ALTER TABLE users ALTER COLUMN name TYPE varchar(8);");
    try (Walk walk = new Walk(database)) {
      for (Step step : plan.steps()) {
        walk.step(step);
        if (step.title().startsWith("create sync trigger")) {
          assertThatThrownBy(() -> database.execute("UPDATE users SET name = 'much too long'"))
              .hasMessageContaining("value too long for type character varying(8)");
          database.execute("UPDATE users SET name = 'abcdefgh  '");
        }
      }
    }
    database.execute("DO $$ BEGIN ASSERT (SELECT name = 'abcdefgh' FROM users), 'cut off'; END $$");
  }
}
