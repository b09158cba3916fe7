package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.testing.ServerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A small release through the command line, on a server that commits every definition by itself.
 */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class ApplyOnMysqlIT {

  private final Engine engine;
  private final ServerDatabase server;

  @TempDir private Path folder;

  ApplyOnMysqlIT(Engine engine) {
    this.engine = engine;
    this.server = ServerDatabase.fresh(engine);
  }

  @BeforeEach
  void firstVersion() throws Exception {
    Files.createDirectory(migrations());
    write(
        "V1__shop.sql",
        """
        CREATE TABLE orders (
          id BIGINT AUTO_INCREMENT PRIMARY KEY,
          note VARCHAR(50) NOT NULL,
          title VARCHAR(20) NOT NULL DEFAULT 'none',
          old_flag INT
        );
        """);
    flyway().migrate();
    server.execute(
        "INSERT INTO orders (note, old_flag) VALUES ('a', 1), ('b', NULL), ('c', 3)",
        "INSERT INTO orders (note, old_flag) SELECT CONCAT(a.note, b.note, c.note, d.note), 7 FROM"
            + " orders a, orders b, orders c, orders d");
    write(
        "V2__release.sql",
        """
        ALTER TABLE orders ADD COLUMN reference VARCHAR(40);
        CREATE INDEX orders_reference ON orders (reference);
        UPDATE orders SET reference = UPPER(note) WHERE reference IS NULL;
        ALTER TABLE orders RENAME COLUMN title TO caption;
        ALTER TABLE orders DROP COLUMN old_flag;
        """);
  }

  private Path migrations() {
    return folder.resolve("sql");
  }

  private void write(String name, String sql) throws IOException {
    Files.writeString(migrations().resolve(name), sql);
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(server.url(), null, null)
        .locations("filesystem:" + migrations())
        .load();
  }

  private Outcome sluice(String... arguments) {
    return Outcome.of(folder, Map.of("FLYWAY_URL", server.url()), arguments);
  }

  private Outcome fine(String... arguments) {
    Outcome outcome = sluice(arguments);
    assertThat(outcome.code()).as("%s: %s", Arrays.toString(arguments), outcome.err()).isZero();
    return outcome;
  }

  private String plan() {
    String plan = folder.resolve("plan.json").toString();
    fine("plan", "sql", "--connect", "--data-changes", "pre-deploy", "-o", plan);
    return plan;
  }

  private List<String> ask(String query) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
    }
    return answers;
  }

  private List<String> columns() throws SQLException {
    return ask(
        "SELECT CONCAT(column_name, ' ', column_type, ' ', is_nullable) FROM"
            + " information_schema.columns WHERE table_schema = DATABASE() AND table_name ="
            + " 'orders' ORDER BY column_name");
  }

  @Test
  void aReleaseIsPlannedAndAppliedAndFlywayIsContent() throws Exception {
    String plan = plan();
    assertThat(sluice("status").out()).startsWith("no release was begun on ");
    fine("apply", plan, "--all", "--yes", "--deployed", "--migrations", "sql");
    assertThat(columns())
        .map(column -> column.replace("bigint(20)", "bigint"))
        .containsExactly(
            "caption varchar(20) NO",
            "id bigint NO",
            "note varchar(50) NO",
            "reference varchar(40) YES");
    assertThat(ask("SELECT COUNT(*) FROM orders WHERE reference = UPPER(note)"))
        .containsExactly("84");
    assertThat(
            ask(
                "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema ="
                    + " DATABASE()"))
        .as("nothing keeps columns in step any more")
        .isEmpty();
    assertThat(sluice("status").out()).contains(": done\n");
    flyway().validate();
    assertThat(flyway().info().pending()).isEmpty();
    assertThat(flyway().migrate().migrationsExecuted).isZero();
    assertThat(sluice("apply", plan, "--all", "--yes", "--migrations", "sql").err())
        .contains("nothing to do");
    assertThat(fine("classify", "sql", "--connect").out())
        .as("the journal's tables are no drift")
        .doesNotContain("sluice_");
  }

  @Test
  void flywaysDefaultSchemaIsWhereItRunsWhateverTheUrlNames() throws Exception {
    String elsewhere = ServerDatabase.fresh(engine).url();
    Map<String, String> environment =
        Map.of("FLYWAY_URL", elsewhere, "FLYWAY_DEFAULT_SCHEMA", server.name());
    String plan = folder.resolve("plan.json").toString();
    for (String[] command :
        List.of(
            new String[] {"plan", "sql", "--connect", "--data-changes", "pre-deploy", "-o", plan},
            new String[] {"apply", plan, "--all", "--yes", "--deployed", "--migrations", "sql"})) {
      Outcome outcome = Outcome.of(folder, environment, command);
      assertThat(outcome.code()).as(outcome.err()).isZero();
    }
    assertThat(columns()).anyMatch(column -> column.startsWith("caption "));
    assertThat(sluice("status").out()).contains(": done\n");
  }

  @Test
  void bothVersionsWorkBetweenThePhasesAndAnAbortGivesBackTheFirst() throws Exception {
    List<String> before = columns();
    fine("apply", plan(), "--phase", "pre-deploy", "--migrations", "sql");
    server.execute(
        "INSERT INTO orders (note, title, old_flag) VALUES ('old', 'of the old', 1)",
        "INSERT INTO orders (note, caption) VALUES ('new', 'of the new')",
        "UPDATE orders SET caption = 'changed' WHERE id = 1",
        "UPDATE orders SET title = 'changed too' WHERE id = 2");
    assertThat(ask("SELECT CONCAT(title, '/', caption) FROM orders WHERE NOT (title <=> caption)"))
        .isEmpty();
    assertThat(flyway().info().pending()).isEmpty();
    assertThat(fine("pause").err() + sluice("status").out()).contains("paused");
    fine("resume");
    assertThat(fine("abort", "--migrations", "sql").out())
        .contains("its migrations are pending again");
    assertThat(columns()).isEqualTo(before);
    assertThat(flyway().info().pending()).hasSize(1);
    assertThat(ask("SELECT title FROM orders WHERE id IN (1, 2) ORDER BY id"))
        .containsExactly("changed", "changed too");
    assertThat(sluice("status").out()).contains(": aborted\n");
  }
}
