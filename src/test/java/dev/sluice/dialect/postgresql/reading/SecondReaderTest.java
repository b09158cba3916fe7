package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.schema.Change;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondReaderTest {

  @Test
  void aQueryThatTheGrammarRefusesIsReadByJsqlparser() {
    Reading reading =
        new PostgresqlReader().read("SELECT n FROM (SELECT id AS n FROM shop.orders WHERE paid)");
    assertThat(reading.parsedBy()).isEqualTo(ParsedBy.JSQLPARSER);
    References names = ((Change.Query) reading.changes().get(0)).query().references();
    assertThat(names.relations()).containsExactly(QualifiedName.of("shop", "orders"));
    assertThat(names.names(QualifiedName.of("shop", "orders"), new Name("paid"))).isTrue();
  }

  @Test
  void rowsAreReadWithTheirColumns() {
    Reading reading =
        new PostgresqlReader()
            .read("INSERT INTO t (a, b) SELECT n, f(m) FROM (SELECT x AS n, m FROM u)");
    assertThat(reading.parsedBy()).isEqualTo(ParsedBy.JSQLPARSER);
    Change.Insert insert = (Change.Insert) reading.changes().get(0);
    assertThat(insert.table()).isEqualTo(QualifiedName.of("t"));
    assertThat(insert.columns()).containsExactly(new Name("a"), new Name("b"));
    assertThat(insert.query()).isPresent();
    assertThat(insert.references().writes()).containsExactly(QualifiedName.of("t"));
    assertThat(insert.references().relations()).contains(QualifiedName.of("u"));
    assertThat(insert.references().functions()).contains(QualifiedName.of("f"));
  }

  @Test
  void anUpdateIsReadWithItsAssignments() {
    Reading reading =
        new PostgresqlReader()
            .read("UPDATE t AS x SET a = s.n FROM (SELECT n, id FROM u) WHERE x.id = id");
    assertThat(reading.parsedBy()).isEqualTo(ParsedBy.JSQLPARSER);
    Change.Update update = (Change.Update) reading.changes().get(0);
    assertThat(update.alias()).isEqualTo(Optional.of(new Name("x")));
    assertThat(update.assignments()).singleElement().extracting("column").isEqualTo(new Name("a"));
    assertThat(update.from()).containsExactly(QualifiedName.of("u"));
  }

  @Test
  void aViewIsReadWithItsQuery() {
    Reading reading =
        new PostgresqlReader().read("CREATE VIEW v AS SELECT n FROM (SELECT id AS n FROM u)");
    assertThat(reading.parsedBy()).isEqualTo(ParsedBy.JSQLPARSER);
    Change.CreateView view = (Change.CreateView) reading.changes().get(0);
    assertThat(view.view().name()).isEqualTo(QualifiedName.of("v"));
    assertThat(view.view().query().references().relations()).contains(QualifiedName.of("u"));
  }

  @Test
  void aCheckIsReadWhereOnlyItsExpressionIsTooNew() {
    Reading reading =
        new PostgresqlReader()
            .read(
                "ALTER TABLE t ADD COLUMN b int, ADD CONSTRAINT c CHECK (XMLEXISTS('//a' PASSING BY"
                    + " VALUE x))");
    assertThat(reading.parsedBy()).isEqualTo(ParsedBy.JSQLPARSER);
    assertThat(reading.changes())
        .extracting(Change::label)
        .containsExactly("AddColumn", "AddConstraint");
  }

  /** Each of these JSqlParser takes without an error, and says something else than it does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP INDEX CONCURRENTLY ix",
        "ALTER TABLE t VALIDATE CONSTRAINT c, DROP COLUMN x",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
        "DROP FUNCTION f()",
        "CREATE SCHEMA s CREATE TABLE t (a int)",
        "SELECT * FROM ONLY (t)",
        "ALTER TABLE t ALTER a SET STATISTICS 5",
        "ALTER TABLE t DROP COLUMN a, RENAME b TO c",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "SELECT * INTO t FROM u",
        "CREATE TABLE t (a int, CONSTRAINT c UNIQUE (a))",
        "CREATE FUNCTION f() RETURNS int AS 'select 1' LANGUAGE sql",
        "DO $$ BEGIN DROP TABLE t; END $$",
      })
  void whatItIsKnownToMisreadOrDoesNotModelIsNotBelieved(String sql) {
    Optional<List<Change>> believed = SecondReader.read(sql);
    assertThat(believed.isEmpty() || believed.equals(Optional.of(Statements.read(sql))))
        .as("%s: %s", sql, believed)
        .isTrue();
  }

  @Test
  void anExpressionThatNobodyReadsMayNameAnything() {
    assertThat(new PostgresqlReader().expression("a + ").references())
        .isEqualTo(References.UNKNOWN);
  }
}
