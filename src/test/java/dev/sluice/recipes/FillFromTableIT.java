package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What either version writes while a column is filled from another table. */
class FillFromTableIT {

  private static final String APPLIED =
      """
      CREATE TABLE parents (id bigserial PRIMARY KEY, code text, kind int DEFAULT 1);
      CREATE TABLE items (id bigserial PRIMARY KEY, parent_id bigint, amount int);
      INSERT INTO parents (code) VALUES ('a'), ('b'), (NULL);
      INSERT INTO items (parent_id, amount) VALUES (1, 10), (2, 20), (2, 21), (3, 30), (NULL, 40);
      """;

  private static final String SELECTED =
      """
      ALTER TABLE items ADD COLUMN code varchar(5);
      UPDATE items SET code = (SELECT code FROM parents p WHERE p.id = items.parent_id);
      """;

  private static final String JOINED =
      """
      ALTER TABLE items ADD COLUMN code text;
      UPDATE items i SET code = upper(p.code) FROM parents p WHERE i.parent_id = p.id AND p.kind = 1;
      """;

  private final Postgres.Database database = Postgres.freshDatabase();

  @Test
  void whatTheOldVersionWritesInEitherTableArrives() throws SQLException {
    Plan plan = preDeployed(SELECTED);
    assertThat(codes()).isEqualTo("1=a 2=b 3=b 4=- 5=-");
    database.execute("UPDATE parents SET code = 'c' WHERE id = 2");
    assertThat(codes()).isEqualTo("1=a 2=c 3=c 4=- 5=-");
    database.execute("INSERT INTO items (parent_id) VALUES (1)");
    database.execute("UPDATE items SET parent_id = 2 WHERE id = 1");
    assertThat(codes()).isEqualTo("1=c 2=c 3=c 4=- 5=- 6=a");
    database.execute("UPDATE parents SET code = 'z' WHERE id = 3");
    database.execute("INSERT INTO items (parent_id) VALUES (9)");
    database.execute("INSERT INTO parents (id, code) VALUES (9, 'i')");
    assertThat(codes()).isEqualTo("1=c 2=c 3=c 4=z 5=- 6=a 7=i");
    database.execute("UPDATE parents SET id = 8 WHERE id = 9");
    assertThat(codes()).isEqualTo("1=c 2=c 3=c 4=z 5=- 6=a 7=-");
    database.execute("UPDATE parents SET kind = 7");
    postDeployed(plan);
    database.execute("UPDATE parents SET code = 'late'");
    assertThat(codes()).isEqualTo("1=c 2=c 3=c 4=z 5=- 6=a 7=-");
  }

  @Test
  void whatTheNewVersionWritesStays() throws SQLException {
    Plan plan = preDeployed(SELECTED);
    database.execute("UPDATE items SET code = 'mine' WHERE id = 2");
    database.execute("INSERT INTO items (parent_id, code) VALUES (2, 'own')");
    database.execute("UPDATE parents SET code = 'd' WHERE id = 2");
    database.execute("UPDATE items SET amount = 0");
    assertThat(codes()).isEqualTo("1=a 2=mine 3=d 4=- 5=- 6=own");
    postDeployed(plan);
    assertThat(codes()).isEqualTo("1=a 2=mine 3=d 4=- 5=- 6=own");
  }

  @Test
  void aRowThatTheJoinDoesNotFindKeepsItsValue() throws SQLException {
    Plan plan = preDeployed(JOINED);
    assertThat(codes()).isEqualTo("1=A 2=B 3=B 4=- 5=-");
    database.execute("UPDATE items SET code = 'kept' WHERE id = 5");
    database.execute("UPDATE parents SET kind = 2 WHERE id = 1");
    database.execute("UPDATE parents SET code = 'x' WHERE id IN (1, 2)");
    assertThat(codes()).isEqualTo("1=A 2=X 3=X 4=- 5=kept");
    database.execute("UPDATE items SET parent_id = NULL WHERE id = 2");
    assertThat(codes()).isEqualTo("1=A 2=X 3=X 4=- 5=kept");
    postDeployed(plan);
  }

  private Plan preDeployed(String pending) throws SQLException {
    database.execute(APPLIED);
    Plan plan = Plans.plan(APPLIED, pending);
    assertThat(plan.runnable()).isTrue();
    steps(plan, Phase.PRE_DEPLOY);
    return plan;
  }

  private void postDeployed(Plan plan) throws SQLException {
    steps(plan, Phase.POST_DEPLOY);
    assertThat(database.ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
        .isEqualTo("0");
    assertThat(database.ask("SELECT count(*) FROM pg_proc WHERE proname LIKE '%sluice%'"))
        .isEqualTo("0");
  }

  private void steps(Plan plan, Phase phase) throws SQLException {
    try (Walk walk = new Walk(database)) {
      for (Step step : plan.steps()) {
        if (step.phase() == phase) {
          walk.step(step);
        }
      }
    }
  }

  private String codes() throws SQLException {
    return database.ask(
        "SELECT string_agg(id || '=' || coalesce(code, '-'), ' ' ORDER BY id) FROM items");
  }
}
