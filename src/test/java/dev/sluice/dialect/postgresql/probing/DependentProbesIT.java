package dev.sluice.dialect.postgresql.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DependentProbesIT {

  private final Postgres.Database database = Postgres.freshDatabase();

  @BeforeEach
  void tables() throws SQLException {
    database.execute(
        """
        CREATE TABLE parents (id bigint PRIMARY KEY, name text DEFAULT 'x' CHECK (name <> ''));
        CREATE INDEX ON parents (name);
        CREATE TABLE children (id bigserial PRIMARY KEY, size integer UNIQUE, note text);
        """);
  }

  @Test
  void whatDropTakesAlongIsNoDependent() throws SQLException {
    assertThat(column("parents", "name")).isEqualTo("0");
    assertThat(column("children", "id")).isEqualTo("0");
    assertThat(relation("parents")).isEqualTo("0");
    assertThat(relation("children")).isEqualTo("0");
  }

  @Test
  void viewsForeignKeysAndGeneratedColumnsAreDependents() throws SQLException {
    keeps("CREATE VIEW v AS SELECT name FROM parents", "parents", "name");
    keeps("ALTER TABLE children ADD FOREIGN KEY (size) REFERENCES parents", "parents", "id");
    keeps(
        "ALTER TABLE children ADD double bigint GENERATED ALWAYS AS (size * 2) STORED",
        "children",
        "size");
    keeps(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
            + " CREATE TRIGGER t BEFORE UPDATE OF note ON children EXECUTE FUNCTION f()",
        "children",
        "note");
    assertThat(relation("parents")).isEqualTo("2");
    assertThat(refused("DROP TABLE parents")).contains("depend");
  }

  @Test
  void whatIsNotThereHasNoDependents() throws SQLException {
    assertThat(column("parents", "gone")).isEqualTo("0");
    assertThat(relation("gone")).isEqualTo("0");
  }

  @Test
  void aTransactionThatHasWrittenBeforeTheTriggerIsWaitedFor() throws SQLException {
    try (Connection writer = database.connect()) {
      writer.setAutoCommit(false);
      try (Statement statement = writer.createStatement()) {
        statement.execute("INSERT INTO parents (id) VALUES (1)");
      }
      database.execute(
          """
          CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
          CREATE TRIGGER t BEFORE UPDATE ON children FOR EACH ROW EXECUTE FUNCTION f();
          """);
      assertThat(older()).isEqualTo("1");
      writer.commit();
      assertThat(older()).isEqualTo("0");
      try (Statement statement = writer.createStatement()) {
        statement.execute("INSERT INTO parents (id) VALUES (2)");
      }
      assertThat(older()).as("a younger one has met the trigger").isEqualTo("0");
    }
  }

  private String older() throws SQLException {
    return ask(new PostgresqlProbes().olderThan(QualifiedName.of("children"), new Name("t")));
  }

  private void keeps(String sql, String table, String column) throws SQLException {
    assertThat(column(table, column)).isEqualTo("0");
    database.execute(sql);
    assertThat(column(table, column)).as(sql).isEqualTo("1");
    assertThat(refused("ALTER TABLE " + table + " DROP COLUMN " + column)).contains("depend");
  }

  /** The probe and the server are of one mind. */
  private String refused(String sql) {
    try {
      database.execute(sql);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String column(String table, String column) throws SQLException {
    return ask(
        new PostgresqlProbes()
            .dependents(new ColumnName(QualifiedName.of(table), new Name(column))));
  }

  private String relation(String name) throws SQLException {
    return ask(new PostgresqlProbes().dependents(QualifiedName.of(name)));
  }

  private String ask(Optional<String> query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query.orElseThrow())) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
